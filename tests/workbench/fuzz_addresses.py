"""Every address of the site and every handler of every block, found by walking them: what is added
later is asked too.
"""

import importlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.urls import URLResolver
from test_doors import handlers_of

ROOT = Path(__file__).parents[2]
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_FIELD = re.compile(r'\bname="([A-Za-z_-]{1,40})"')
_ASKED = re.compile(r'\bsent\.\w+\(\s*"([\w-]+)"')


@dataclass(frozen=True)
class Address:
    """Where something can be asked: a route with its parts, and the block for a handler."""

    name: str
    route: str
    tag: str = ""

    @property
    def parts(self) -> list[str]:
        """What stands in the route for something else."""
        return _PART.findall(self.route)

    @property
    def is_rest(self) -> bool:
        """Whether it is one for machines."""
        return "api/v1/" in self.route

    def path(self, parts: dict[str, str]) -> str:
        """The path with these parts, each quoted already."""
        return "/" + _PART.sub(lambda found: parts[found[1]], self.route)


def every() -> list[Address]:
    """All addresses, in the order of the site."""
    from peer_xblocks.standalone import urls

    return [*_routes(urls.urlpatterns, ""), *_handlers()]


def _routes(patterns: list[Any], before: str) -> Iterator[Address]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif one.name != "handler":
            yield Address(route or "home", route)


def _handlers() -> Iterator[Address]:
    """By the entry points that the package declares, installed or not yet."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    for tag, place in declared["xblock.v1"].items():
        module, name = place.split(":")
        for handler in handlers_of(getattr(importlib.import_module(module), name)):
            yield Address(f"{tag} {handler}", f"handler/<{tag}>/{handler}", tag)


@cache
def fields_of_blocks() -> tuple[str, ...]:
    """What the blocks' forms and handlers call their fields."""
    rooms = [ROOT / "peer_xblocks/web/templates/peer_xblocks/blocks", ROOT / "peer_xblocks/blocks"]
    forms = {n for file in rooms[0].glob("*.html") for n in _FIELD.findall(file.read_text())}
    asked = {n for file in rooms[1].glob("*.py") for n in _ASKED.findall(file.read_text())}
    return tuple(sorted(forms | asked))


@cache
def words() -> tuple[str, ...]:
    """Every word that a field may have to be one of."""
    for name in ("assessment.values", "work.values", "core.rating", "core.record", "core.scenario"):
        importlib.import_module(f"peer_xblocks.{name}")
    ours = [one for one in StrEnum.__subclasses__() if one.__module__.startswith("peer_xblocks")]
    return tuple(sorted({str(member) for one in ours for member in one}))


class Asked(QueryDict):
    """Fields that note by which names they were asked for."""

    names: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        """As in a QueryDict."""
        self.names.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As in a QueryDict."""
        self.names.add(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        """As in a QueryDict."""
        self.names.add(key)
        return super().getlist(key, default)

    def __contains__(self, key: object) -> bool:
        """As in a QueryDict."""
        self.names.add(str(key))
        return super().__contains__(key)


class NotesWhatIsAsked:
    """Middleware: the fields of a request note by which names a page asks for them."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Let the request through."""
        for fields in (request.GET, request.POST):
            fields.__class__ = Asked
        return self.get_response(request)
