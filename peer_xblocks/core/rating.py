"""One assessor's judgement of one performance.

What was ticked, seen and said. Levels come from `scoring`.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from peer_xblocks.core.value import ErrorCode, Line, Slug, Value

Text = Annotated[str, Field(max_length=4_000)]
Moment = Annotated[int, Field(ge=0, le=86_400_000)]
"""A moment of a recording, in milliseconds from its start."""


class CriterionState(StrEnum):
    """Whether the performance gave an opportunity to see this criterion."""

    RATED = "rated"
    NO_OPPORTUNITY = "no_opportunity"


class Evidence(Value):
    """What a level rests on: a quote, a time, or (with a recording) a pin, which is both.

    It may name the `behaviour` of its criterion that it shows. A record leaves that out:
    `docs/decisions/0013-what-a-pin-names.md`.
    """

    kind: Literal["quote", "time", "pin"]
    text: Text = ""
    start_ms: Moment | None = None
    end_ms: Moment | None = None
    behaviour: Slug | None = None

    def naming_only(self, behaviours: Collection[str]) -> Self:
        """The same, without the behaviour it names when that is none of these."""
        if self.behaviour is None or self.behaviour in behaviours:
            return self
        return self.model_copy(update={"behaviour": None})


class Marker(Value):
    """A moment that a rater marked while listening, in a word of their own.

    No part of a rating: it stays with the rater's draft until they make evidence of it.
    """

    at_ms: Moment
    mark: Annotated[Line, Field(max_length=60)]
    behaviour: Slug | None = None


MOST_MARKERS = 300
Markers = Annotated[tuple[Marker, ...], Field(max_length=MOST_MARKERS)]
"""All that a rater marked in one performance."""


class CriterionRating(Value):
    """What one rater saw for one criterion.

    `chosen_level` only where the criterion has plain levels.
    """

    criterion: Slug
    state: CriterionState = CriterionState.RATED
    behaviours: tuple[Slug, ...] = ()
    chosen_level: Annotated[int, Field(ge=1, le=4)] | None = None
    reason: Text = ""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=50)] = ()
    comment: Text = ""
    confirmed_empty: bool = False


class SeenError(Value):
    """A critical error that a rater saw, with the observation it rests on."""

    code: ErrorCode
    observation: Text


class Rating(Value):
    """Everything one assessor decided about one performance."""

    criteria: tuple[CriterionRating, ...] = ()
    critical_errors: tuple[SeenError, ...] = ()
    overall_comment: Text = ""
    asks_for_third: bool = False
    asks_reason: Text = ""
    overall_impression: Annotated[int, Field(ge=1, le=4)] | None = None

    def of(self, criterion_id: str) -> CriterionRating | None:
        """What was rated for the criterion with this id, or None."""
        return next((c for c in self.criteria if c.criterion == criterion_id), None)

    @property
    def names_moments(self) -> bool:
        """Whether any of its evidence stands at a time of the performance."""
        pieces = (piece for rated in self.criteria for piece in rated.evidence)
        return any(piece.start_ms is not None for piece in pieces)
