"""The stretches of Markdown in a source, each with the line it begins on."""

import re
from collections.abc import Iterator

from peer_xblocks.course.files import Document

ASIDE = re.compile(r"^!!!")


def stretches(lesson: Document) -> Iterator[tuple[int, str]]:
    """The text parts of a lesson's body."""
    for number, part in lesson.items("parts"):
        if part["kind"] == "text":
            yield lesson.written.line(("parts", number, "markdown")), part["markdown"]


def numbered(lesson: Document) -> Iterator[tuple[int, str]]:
    """The lines of a lesson's body outside its checks and reflections, with their numbers."""
    for first, text in stretches(lesson):
        yield from enumerate(text.split("\n"), start=first)


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
