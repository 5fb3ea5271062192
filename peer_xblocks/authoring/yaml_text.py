"""Writes values as YAML that is good to read: long text folded, short lists on one line."""

import re
from enum import Enum
from typing import Any

import yaml
from pydantic import BaseModel

WIDTH = 100

_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,30}")
_FOLDABLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]+( [^\s\x00-\x1f\x7f-\x9f]+)+")


class _Dumper(yaml.CSafeDumper):
    """The safe dumper, without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    style = None
    if text.endswith("\n"):
        style = '"'  # the last line ends of a block are the reader's to keep or drop
    elif "\n" in text:
        style = "|"
    elif len(text) > WIDTH - 20 and _FOLDABLE.fullmatch(text):
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: Any, items: list[Any]) -> Any:
    short = bool(items) and all(isinstance(i, str) and _SHORT.fullmatch(i) for i in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short or not items)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def dump(data: dict[str, Any]) -> str:
    """The YAML text of plain data; reading it gives the same data."""
    return str(
        yaml.dump(
            data,
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
            width=WIDTH,
        )
    )


def plain(value: BaseModel, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A value as plain data without what goes without saying: its defaults."""
    found = _plain(value.model_dump(exclude_defaults=True))
    return {name: member for name, member in found.items() if name not in leave_out}


def _plain(data: Any) -> Any:
    if isinstance(data, Enum):
        return data.value
    if isinstance(data, dict):
        return {name: _plain(member) for name, member in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(item) for item in data]
    return data
