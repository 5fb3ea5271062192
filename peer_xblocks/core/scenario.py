"""The script of a role play, in an edition.

What the trainee sees, the actor's card, the assessor's guide.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from peer_xblocks.core.lesson import Source
from peer_xblocks.core.value import (
    CompetencyId,
    Edition,
    ErrorCode,
    Line,
    OptionalProse,
    Prose,
    Slug,
    Value,
)


class Mode(StrEnum):
    """How a role play is performed."""

    WITH_PARTNER = "with_partner"
    PROMPTED = "prompted"
    OBSERVED_LIVE = "observed_live"
    WRITTEN = "written"


class Prompt(Value):
    """One question for the reflection after a performance."""

    id: Slug
    prompt: Line


class TraineePart(Value):
    """What the trainee is told before the scene."""

    brief: Prose
    aims: tuple[Line, ...] = ()
    ways_to_say_no: Prose
    reflection: Annotated[tuple[Prompt, ...], Field(min_length=1)]
    de_role: Prose


class Cue(Value):
    """When one thing happens, the actor does another."""

    when: Line
    then: Line


class PromptedLine(Value):
    """A line of the actor for the prompted mode; `cue` is what one would see or hear."""

    id: Slug
    text: Line
    cue: str = ""


class ActorPart(Value):
    """The actor's card: confidential until the scene is over."""

    name: Line
    age: int = Field(ge=0, le=120)
    pronouns: Line
    character: Prose
    opening_line: Line
    reveals: tuple[Cue, ...] = ()
    escalation: tuple[Cue, ...] = ()
    never: tuple[Line, ...] = ()
    stop_word: Line
    de_role: Prose
    prompted_lines: tuple[PromptedLine, ...] = ()


class ScenarioCritical(Value):
    """A critical error to watch for in this scene."""

    code: ErrorCode
    when: Line


class Anchor(Value):
    """A sketch of a whole performance at one level. It guides; it does not add up."""

    level: int = Field(ge=1, le=4)
    text: Prose


class AssessorPart(Value):
    """The guide for raters."""

    overview: Prose
    listen_for: tuple[Line, ...] = ()
    critical: tuple[ScenarioCritical, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    safeguarding: Prose


class TraineeView(Value):
    """All of a scenario that a trainee may ever see before release.

    Everything a trainee can reach is made from this.

    `other` is the name of the person they talk with. `lines` are what that person says in the
    written and prompted modes; a page shows each only once the one before is answered.
    """

    key: Slug
    edition: int
    title: Line
    code: str
    minutes: int
    modes: tuple[Mode, ...]
    competencies: tuple[CompetencyId, ...]
    setting: Prose
    content_note: Prose
    support: Prose
    brief: Prose
    aims: tuple[Line, ...]
    ways_to_say_no: Prose
    reflection: tuple[Prompt, ...]
    de_role: Prose
    other: Line
    lines: tuple[PromptedLine, ...]


class Scenario(Edition):
    """A scenario in one edition, known by its digest."""

    key: Slug
    title: Line
    code: Line
    edition: int = Field(ge=1)
    rubric: Slug
    minutes: int = Field(ge=1, le=120)
    modes: Annotated[tuple[Mode, ...], Field(min_length=1)]
    competencies: Annotated[tuple[CompetencyId, ...], Field(min_length=1)]
    setting: Prose
    content_note: Prose
    support: Prose
    trainee: TraineePart
    actor: ActorPart
    assessor: AssessorPart
    note_for_authors: OptionalProse = ""
    sources: tuple[Source, ...] = ()

    def trainee_view(self) -> TraineeView:
        """The part for trainees, and nothing else."""
        own = {
            n: getattr(self, n) for n in TraineeView.model_fields if n in type(self).model_fields
        }
        of_trainee = {n: getattr(self.trainee, n) for n in TraineePart.model_fields}
        met = {"other": self.actor.name, "lines": self.actor.prompted_lines}
        return TraineeView.model_validate({**own, **of_trainee, **met})
