"""A page for trainers alone: how to lead the live sessions of a module, and what to mind."""

from typing import Annotated, Literal

from pydantic import Field

from peer_xblocks.core.fact import Fact
from peer_xblocks.core.lesson import HoursKind, Source, Text
from peer_xblocks.core.value import CompetencyId, Line, Slug, Value


class Step(Value):
    """One thing that is done in a session, and how long it takes."""

    what: Line
    minutes: int = Field(ge=1, le=240)


class Session(Value):
    """A meeting of trainees that a guide leads through. Breaks are not in its agenda.

    Its time is the sum of its agenda, so that hours can be shown and not only claimed.
    """

    id: Slug
    title: Line
    kind: Literal[HoursKind.LIVE, HoursKind.PRACTICUM]
    competencies: tuple[CompetencyId, ...] = ()
    agenda: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return sum(step.minutes for step in self.agenda)


class Guide(Value):
    """A guide as trainers read it. `minutes` is their own reading, and no training of anybody."""

    url_name: Slug
    title: Line
    minutes: int = Field(ge=1, le=600)
    sessions: tuple[Session, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    parts: Annotated[tuple[Text, ...], Field(min_length=1)]
