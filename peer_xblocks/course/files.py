"""The shapes of a curriculum's own files, and what is known of a file that was read."""

from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AwareDatetime, Field

from peer_xblocks.authoring.refusals import Place, Written
from peer_xblocks.core.course import AssignmentType
from peer_xblocks.core.problem import Problem
from peer_xblocks.core.value import Line, Prose, Slug, Value

Held = TypeVar("Held")

_Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]


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


class ModuleFile(Value):
    """What `module.yaml` says."""

    title: Line
    url_name: Slug
    summary: Line
    kind: Literal["primary", "supporting"] = "primary"
    lessons: tuple[Line, ...] = ()
    role_plays: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Source(Generic[Held]):
    """One file that was read: its name for people, its text, its data with lines, and its value."""

    file: str
    text: str
    written: Written
    value: Held

    def problem(self, where: Place | int, code: str, sentence: str, hint: str = "") -> Problem:
        """A problem of this file, at a place in its data or on a line."""
        line = where if isinstance(where, int) else self.written.line(where)
        return Problem(file=self.file, line=line, code=code, sentence=sentence, hint=hint)
