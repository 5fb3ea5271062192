"""The texts of a document, each with the line it begins on."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from peer_xblocks.authoring.refusals import Place
from peer_xblocks.course.files import Document

Wanted = Callable[[dict[str, Any], str, Place], bool]


def _all(data: dict[str, Any], name: str, place: Place) -> bool:
    return True


def stretches(lesson: Document) -> Iterator[tuple[int, str]]:
    """The text parts of a lesson's body."""
    for number, part in lesson.items("parts"):
        if part["kind"] == "text":
            yield lesson.written.line(("parts", number, "markdown")), part["markdown"]


def numbered(lesson: Document) -> Iterator[tuple[int, str]]:
    """The lines of a lesson's body outside its checks and reflections, with their numbers."""
    for first, text in stretches(lesson):
        yield from enumerate(text.split("\n"), start=first)


def texts(data: Any, place: Place, wanted: Wanted = _all) -> Iterator[tuple[Place, str]]:
    """Every text in plain data with its place, of those members of its entries that are wanted."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from texts(item, (*place, number), wanted)
    elif isinstance(data, dict):
        for name, member in data.items():
            if wanted(data, name, place):
                yield from texts(member, (*place, name), wanted)


def found_in(
    document: Document, pattern: re.Pattern[str], *marks: str
) -> Iterator[tuple[int, re.Match[str]]]:
    """Every match of a pattern in the texts of a document that people read, with its line.

    A match holds one of the marks, which are looked for first because it is much faster.
    """
    if not any(mark in document.text for mark in marks):
        return
    for place, text in texts(document.written.data, (), _is_read):
        if any(mark in text for mark in marks):
            for match in pattern.finditer(text):
                yield line_of(document, document.written.line(place), text, match.start()), match


def _is_read(data: dict[str, Any], name: str, place: Place) -> bool:
    return name not in ("sources", "source", "id", "url", "url_name")


def line_of(source: Document, start: int, text: str, offset: int) -> int:
    """The line of a position in a text that was written from line `start` on, perhaps folded.

    In Markdown the lines of the text are those of the file. In folded YAML they are not, so the
    word at the position is looked for from `start` on.
    """
    lines = source.text.split("\n")
    direct = start + text.count("\n", 0, offset)
    word = next(iter(text[offset:].split(maxsplit=1)), "")
    if direct <= len(lines) and word in lines[direct - 1]:
        return direct
    for number in range(start, min(start + 60, len(lines)) + 1):
        if word in lines[number - 1]:
            return number
    return start
