"""The course as a whole.

Modules in order, each with its lessons, dialogues, plans and role plays, and how the course is
graded.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.framework import Framework
from peer_xblocks.core.guide import Guide
from peer_xblocks.core.lesson import Lesson
from peer_xblocks.core.plan import PlanTemplate
from peer_xblocks.core.portfolio import Portfolio
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.value import Line, Prose, Slug, Value


class AssignmentType(Value):
    """One line of Open edX's grading policy. `weight` in percent."""

    type: Line
    short_label: Line
    weight: int = Field(ge=0, le=100)
    min_count: int = Field(ge=0, default=1)
    drop_count: int = Field(ge=0, default=0)


class Module(Value):
    """A part of the course: what trainees do, in its order, then guides for trainers alone."""

    url_name: Slug
    title: Line
    summary: Line
    kind: Literal["primary", "supporting"] = "primary"
    lessons: tuple[Lesson, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()
    plans: tuple[PlanTemplate, ...] = ()
    role_plays: tuple[RolePlay, ...] = ()
    guides: tuple[Guide, ...] = ()


class Course(Value):
    """A whole course, checked.

    `pass_at` is the course's own grade in percent and says nothing of certification.
    """

    title: Line
    org: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]
    number: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]
    run: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]
    language: Line = "en"
    start: datetime
    end: datetime
    short_description: Line
    overview: Prose
    grading: tuple[AssignmentType, ...]
    pass_at: int = Field(ge=0, le=100)
    framework: Framework
    portfolio: Portfolio | None = None
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """The course key, as Open edX writes it."""
        return f"course-v1:{self.org}+{self.number}+{self.run}"
