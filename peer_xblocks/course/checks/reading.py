"""A lesson is as easy to read as the course promises, and not made for children.

Asked of what is told: not of the turns of a dialogue, which are as people speak, nor of headings,
tables and checks.
"""

import re
from collections.abc import Iterator

from peer_xblocks.core import reading_level
from peer_xblocks.core.lesson import Lesson, Text
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.sources import Sources

_ASIDE = re.compile(r"^!!! .*(?:\n(?:    .*|[ \t]*$))*", re.MULTILINE)
_HEADING_OR_TABLE = re.compile(r"^(?:#|\||\{:).*$", re.MULTILINE)
_CITATION = re.compile(r"\[@[^\]]*\]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"\n\s*(?:[-*+]|\d+\.)\s+")


def level_kept(sources: Sources) -> Iterator[Problem]:
    """Every lesson is near the grades that the course aims at."""
    aim = sources.standards.reading_grade
    if aim is None:
        return
    for lesson in sources.lessons:
        grade = reading_level.grade(paragraphs_of(lesson.value))
        if grade is None or aim.lowest - aim.below <= grade <= aim.highest + aim.above:
            continue
        is_hard = grade > aim.highest
        sentence = (
            f"This reads like US grade {grade:.1f}; "
            f"the course aims at grades {aim.lowest} to {aim.highest}."
        )
        hint = (
            "Shorter sentences and everyday words help."
            if is_hard
            else "It may talk down to people: join some sentences, and use the exact word."
        )
        yield lesson.problem(1, "reading-hard" if is_hard else "reading-easy", sentence, hint)


def paragraphs_of(lesson: Lesson) -> list[str]:
    """The paragraphs and list items that a lesson tells, as plain words."""
    texts = [part.markdown for part in lesson.parts if isinstance(part, Text)]
    found = []
    for text in texts:
        told = _HEADING_OR_TABLE.sub("", _ASIDE.sub("", text))
        told = _LINK.sub(r"\1", _CITATION.sub("", told))
        blocks = [item for block in re.split(r"\n\s*\n", told) for item in _ITEM.split(block)]
        found += [" ".join(block.split()) for block in blocks if block.strip()]
    return found
