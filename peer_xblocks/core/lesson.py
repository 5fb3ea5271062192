"""A lesson: Markdown, knowledge checks and private reflections, in the order they are read."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from peer_xblocks.core.fact import Fact
from peer_xblocks.core.value import CompetencyId, Line, Prose, Slug, Value


class HoursKind(StrEnum):
    """What sort of training time it is; certifying bodies count them apart."""

    SELF_PACED = "self_paced"
    LIVE = "live"
    PRACTICUM = "practicum"


class Source(Value):
    """Where a fact comes from. `status` is `recalled` until one of us has read it."""

    id: Slug
    title: Line
    author: str = ""
    url: str = ""
    as_of: date
    status: Literal["checked", "recalled"]


class Text(Value):
    """A stretch of Markdown; `[@id]` cites a source."""

    kind: Literal["text"] = "text"
    markdown: Prose


class Option(Value):
    """One answer of a knowledge check, with feedback that teaches."""

    id: Slug
    text: Line
    feedback: Prose
    correct: bool = False


class Check(Value):
    """A knowledge check: one right option, or with `multiple` several."""

    kind: Literal["check"] = "check"
    id: Slug
    question: Prose
    multiple: bool = False
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _has_right_answers(self) -> Self:
        right = sum(option.correct for option in self.options)
        if right == 0 or (right > 1 and not self.multiple):
            raise ValueError("a check has one correct option, or several and `multiple: true`")
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("an option's id stands twice")
        return self

    @property
    def right(self) -> frozenset[str]:
        """Ids of the correct options."""
        return frozenset(option.id for option in self.options if option.correct)


class Reflection(Value):
    """A question answered for oneself alone."""

    kind: Literal["reflection"] = "reflection"
    id: Slug
    prompt: Prose
    hint: str = ""


Part = Annotated[Text | Check | Reflection, Field(discriminator="kind")]


class Lesson(Value):
    """A lesson as a trainee reads it. `minutes` counts reading and activities together.

    `facts` are those that its words hold, each with its date.
    """

    url_name: Slug
    title: Line
    minutes: int = Field(ge=1, le=600)
    hours_kind: HoursKind = HoursKind.SELF_PACED
    competencies: tuple[CompetencyId, ...] = ()
    objectives: tuple[Line, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]

    @property
    def checks(self) -> tuple[Check, ...]:
        """The knowledge checks, in order."""
        return tuple(part for part in self.parts if isinstance(part, Check))

    @property
    def reflections(self) -> tuple[Reflection, ...]:
        """The private reflections, in order."""
        return tuple(part for part in self.parts if isinstance(part, Reflection))

    @model_validator(mode="after")
    def _has_no_doubles(self) -> Self:
        ids = [part.id for part in self.parts if not isinstance(part, Text)]
        doubles = sorted({i for i in ids if ids.count(i) > 1})
        if doubles:
            raise ValueError(f'the id "{doubles[0]}" stands twice in this lesson')
        return self
