"""What one certifying body requires, as one of us read it, with source, date and confidence.

`null` means *not found* and never *none*; where a source says that there is no such requirement, it
says `none`. Only the body itself says what it accepts.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from peer_xblocks.core.lesson import HoursKind
from peer_xblocks.core.value import Edition, Line, Slug, Value


class Confidence(StrEnum):
    """How far something can be relied on.

    High: a statute, a rule or the body's own page, seen in a stored copy. Medium: such a page of
    uncertain age, or a kept directory. Low: partial, old or conflicting.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ProfileSource(Value):
    """A page that was read. `dated` is what it says of its own age, `as_of` when one of us read it.

    "undated" is an answer to the first, too.
    """

    id: Slug
    title: Line
    url: Line
    dated: Line
    as_of: date


def _counted(given: object) -> object:
    if given == "none" or (type(given) is int and given >= 0):
        return given
    raise ValueError('a figure is a whole number, or "none" where a source says that none is asked')


Count = Annotated[int | Literal["none"], BeforeValidator(_counted)]
"""How many, or none."""


class _Stated(Value):
    """Something that sources say."""

    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]
    confidence: Confidence
    note: str = ""


class Figure(_Stated):
    """A number that is required, or `none` where a source says that none is.

    `limit` tells a minimum from a most that a body may ask for; `per_months` stands where a number
    is counted over another time than the period of renewal.
    """

    value: Count
    limit: Literal["at_least", "at_most"] = "at_least"
    per_months: int | None = Field(default=None, ge=1)


class Answer(_Stated):
    """Whether something is required."""

    value: Literal["required", "none"]


Topic = Literal[
    "approval",
    "live",
    "topics",
    "education",
    "lived_experience",
    "experience",
    "supervision",
    "ethics",
    "identity",
    "residence",
    "background",
    "renewal",
    "reciprocity",
    "records",
]


class Statement(_Stated):
    """A requirement in words. `none` where a source says that there is no such requirement."""

    topic: Topic
    text: Line
    none: bool = False


class Training(Value):
    """Hours of training that must be shown.

    `hours` is null where the number was not found, `kinds` where it was not found which kinds of
    hours count. `own` is whether only the body's own course counts.
    """

    what: Line
    hours: Figure | None
    kinds: Annotated[tuple[HoursKind, ...], Field(min_length=1)] | None
    own: bool = False


class Numbers(Value):
    """Every number that bodies are compared by. Each is stated, if only as null."""

    min_age: Figure | None
    recovery_months: Figure | None
    experience_hours: Figure | None
    supervision_hours: Figure | None
    references: Figure | None
    exam_percent: Figure | None
    renewal_months: Figure | None
    renewal_hours: Figure | None
    renewal_ethics_hours: Figure | None


class Profile(Edition):
    """One certification of one body. `name` is short, for lists."""

    key: Slug
    name: Line
    body: Line
    credential: Line
    jurisdiction: Line
    level: Literal["guidance", "national", "employer", "state"]
    confidence: Confidence
    sources: Annotated[tuple[ProfileSource, ...], Field(min_length=1)]
    training: Annotated[tuple[Training, ...], Field(min_length=1)]
    exam: Answer | None
    numbers: Numbers
    statements: tuple[Statement, ...] = ()
    unknown: tuple[Line, ...] = ()

    def source(self, source_id: str) -> ProfileSource | None:
        """The source with this id, or None."""
        return next((one for one in self.sources if one.id == source_id), None)

    @property
    def approval(self) -> tuple[Statement, ...]:
        """Whose training the body accepts."""
        return tuple(one for one in self.statements if one.topic == "approval")
