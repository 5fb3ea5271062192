"""The course: sources read and checked, built for Open edX; and such archives read again."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peer_xblocks.core.course import Course
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.course import checks, pages, reading, whole
from peer_xblocks.course.archive import static_files
from peer_xblocks.course.builder import build
from peer_xblocks.course.outline import Block, Chapter, Outline, Section, Unit
from peer_xblocks.course.pages import write as write_pages
from peer_xblocks.course.reader import read
from peer_xblocks.course.sources import Sources

__all__ = [
    "Block",
    "Chapter",
    "Findings",
    "Outline",
    "Section",
    "Unit",
    "build",
    "check",
    "read",
    "read_pages",
    "read_sources",
    "static_files",
    "write_pages",
]


def read_sources(curriculum: Path, rubrics: Path) -> Course:
    """The course of a curriculum and its rubrics.

    Raises ProblemsError with all problems of all files.
    """
    return _course_of(reading.read(Path(curriculum), Path(rubrics)))


def read_pages(curriculum: Path, rubrics: Path) -> dict[str, str]:
    """The generated pages of the manual, by file name.

    Raises ProblemsError with all problems of all files.
    """
    found = reading.read(Path(curriculum), Path(rubrics))
    return pages.made(found, _course_of(found))


def _course_of(found: Sources) -> Course:
    problems = checks.problems_of(found)
    if problems:
        raise ProblemsError(problems)
    return whole.course_of(found)


@dataclass(frozen=True)
class Findings:
    """What there is to say of a curriculum: problems, and what is only worth another look."""

    problems: list[Problem]
    warnings: list[Problem]


def check(curriculum: Path, rubrics: Path, today: date) -> Findings:
    """All problems of a curriculum and its rubrics in order, and the warnings of a day."""
    found = reading.read(Path(curriculum), Path(rubrics))
    warnings = checks.warnings_of(found, today)
    try:
        _course_of(found)
    except ProblemsError as error:
        return Findings(error.problems, warnings)
    return Findings([], warnings)
