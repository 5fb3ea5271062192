"""The shapes of a curriculum's own files, and what is known of a file that was read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, Field

from peer_xblocks.authoring.refusals import Place, Written
from peer_xblocks.core.course import AssignmentType
from peer_xblocks.core.portfolio import Portfolio
from peer_xblocks.core.problem import Problem
from peer_xblocks.core.value import CompetencyId, Line, Prose, Slug, Value

Held = TypeVar("Held")

_Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]


class ReadingGrade(Value):
    """US grades that lessons aim at, and how far one may be below or above."""

    lowest: int = Field(ge=1, le=18)
    highest: int = Field(ge=1, le=18)
    below: int = Field(ge=0, default=0)
    above: int = Field(ge=0, default=0)


class Standards(Value):
    """What this course promises of its lessons and dialogues, beyond what any course must keep.

    A `complete` course teaches, practices and assesses every competency, or says why not.
    """

    checks_per_lesson: int = Field(ge=0, default=0)
    scenes_per_dialogue: int = Field(ge=0, default=0)
    endings_per_dialogue: int = Field(ge=0, default=0)
    reading_grade: ReadingGrade | None = None
    complete: bool = False


class CourseFile(Value):
    """What `course.yaml` says."""

    title: Line
    org: _Key
    number: _Key
    run: _Key
    language: Line = "en"
    start: AwareDatetime
    end: AwareDatetime
    short_description: Line
    overview: Prose
    framework: Line
    grading: Annotated[tuple[AssignmentType, ...], Field(min_length=1)]
    pass_at: int = Field(ge=0, le=100)
    modules: Annotated[tuple[Line, ...], Field(min_length=1)]
    portfolio: Portfolio | None = None
    standards: Standards = Standards()


class ModuleFile(Value):
    """What `module.yaml` says."""

    title: Line
    url_name: Slug
    summary: Line
    kind: Literal["primary", "supporting"] = "primary"
    lessons: tuple[Line, ...] = ()
    dialogues: tuple[Line, ...] = ()
    plans: tuple[Line, ...] = ()
    role_plays: tuple[Line, ...] = ()
    guides: tuple[Line, ...] = ()


class Gap(StrEnum):
    """What a competency lacks that a complete course gives it."""

    TAUGHT = "taught"
    PRACTICED = "practiced"
    ASSESSED = "assessed"
    SECOND_SCENARIO = "second_scenario"
    EVIDENCE = "evidence"


class Reason(Value):
    """Why something is missing, for some competencies or, without a list, for all."""

    missing: Gap
    competencies: tuple[CompetencyId, ...] = ()
    reason: Line


class Evidence(Value):
    """What shows competencies that a role play alone cannot show."""

    competencies: Annotated[tuple[CompetencyId, ...], Field(min_length=1)]
    by: Line


class BlueprintFile(Value):
    """What `blueprint.yaml` says: reasons for empty cells, and evidence of other kinds."""

    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Document:
    """One file that was read, perhaps with faults: its name for people, its text, its plain data.

    What it says is asked with care, since anything may stand anywhere.
    """

    file: str
    text: str
    written: Written

    def problem(self, where: Place | int, code: str, sentence: str, hint: str = "") -> Problem:
        """A problem of this file, at a place in its data or on a line."""
        line = where if isinstance(where, int) else self.written.line(where)
        return Problem(file=self.file, line=line, code=code, sentence=sentence, hint=hint)

    def at(self, *place: str | int) -> Any:
        """What stands at a place in the data; None where there is no such place."""
        found = self.written.data
        for step in place:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    @property
    def members(self) -> set[str]:
        """The names of what stands in the file, at its top."""
        return set(self.written.data) if isinstance(self.written.data, dict) else set()

    def word(self, *place: str | int) -> str:
        """The text at a place, or "" where there is none."""
        found = self.at(*place)
        return found if isinstance(found, str) else ""

    def words(self, *place: str | int) -> list[tuple[Place, str]]:
        """The texts of the list at a place, each with its own place."""
        return [((*place, n), item) for n, item in self.items(*place) if isinstance(item, str)]

    def items(self, *place: str | int) -> list[tuple[int, Any]]:
        """The items of the list at a place, counted from 0."""
        found = self.at(*place)
        return list(enumerate(found)) if isinstance(found, list) else []


@dataclass(frozen=True)
class Source(Document, Generic[Held]):
    """A file without faults of its own, and the value that it holds."""

    value: Held
