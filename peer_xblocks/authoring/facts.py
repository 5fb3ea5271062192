"""Facts that age: their file, and the places `{{fact-id}}` in lessons that they are put into."""

import re
from collections.abc import Mapping
from typing import Any

from peer_xblocks.authoring.attempt import Attempt, of_model
from peer_xblocks.authoring.refusals import Written
from peer_xblocks.core.fact import Fact, Facts

MARK = re.compile(r"\{\{\s*(?P<id>[^{}\n]*?)\s*\}\}")
"""A place for a fact."""

MEMBERS = ("objectives", "parts")
"""Where in a lesson facts may stand."""


def attempt(text: str, file: str) -> Attempt[Facts]:
    """An attempt at the facts that a text holds."""
    return of_model(Facts, text, file)


def filled(written: Written, facts: Mapping[str, Fact]) -> Written:
    """The data of a lesson with its facts put in, and the facts that it uses beside it.

    An unknown place stays as it is written. The lines stay right, since a fact is one line.
    """
    used: dict[str, Fact] = {}

    def put(match: re.Match[str]) -> str:
        fact = facts.get(match["id"])
        if fact is None:
            return match[0]
        used[fact.id] = fact
        return fact.text

    data = {
        name: _mapped(member, put) if name in MEMBERS else member
        for name, member in written.data.items()
    }
    if used:
        data["facts"] = list(used.values())
    return Written(written.file, data, written.lines, written.raw)


def _mapped(data: Any, put: Any) -> Any:
    if isinstance(data, str):
        return MARK.sub(put, data) if "{{" in data else data
    if isinstance(data, list):
        return [_mapped(item, put) for item in data]
    if isinstance(data, dict):
        return {name: _mapped(member, put) for name, member in data.items()}
    return data
