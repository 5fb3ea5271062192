"""Seats and what is noted on them; nothing a rater gets names a trainee or another rater."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from peer_xblocks.core.rating import Markers, Rating
from peer_xblocks.core.record import ActorConsent, Named
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.core.value import Slug, Value
from peer_xblocks.work.values import Condition, RecordingInfo

Letter = Literal["A", "B", "C"]
"""How a rater is named to trainees and, until a result is signed, to everyone: by seat."""


class TieKind(StrEnum):
    """What ties an assessor to a trainee."""

    TRAINER = "trainer"
    SUPERVISOR = "supervisor"
    FAMILY = "family"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    OTHER = "other"


class Waiting(Value):
    """A submission in the queue, without a name and without what others took.

    `observed` is when and where it was watched in the room, "" where a file holds it.
    """

    scenario: Named
    title: str
    submitted_at: datetime
    waiting_seconds: int
    media_type: str
    observed: str = ""


class SeatInfo(Value):
    """A seat that an assessor holds or held. Which one it is would tell of another rater."""

    id: UUID
    programme: Slug
    scenario: Named
    title: str
    mode: str
    media_type: str
    submitted_at: datetime
    taken_at: datetime
    lease_until: datetime | None


class RatingDraft(Value):
    """What an assessor has noted so far on a seat. Version 0: nothing was saved yet.

    The markers are the assessor's own and go nowhere with the rating.
    """

    version: int
    rating: Rating
    markers: Markers = ()
    saved_at: datetime | None


class Desk(Value):
    """Everything a rater needs for one seat, and nothing that tells who performed.

    `observed` is when and where the performance was watched, "" where a file holds it; `watched`,
    whether the rater said that they were there.
    """

    seat: SeatInfo
    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors
    text: str | None
    recording: RecordingInfo | None
    answers: dict[str, str]
    conditions: tuple[Condition, ...]
    actors: tuple[ActorConsent, ...] = ()
    observed: str = ""
    watched: bool = False
    draft: RatingDraft
    submitted: bool


class LostSeat(Value):
    """What an assessor noted on a seat that somebody else has by now, or that was withdrawn.

    `kept` are saves that came too late, the newest first.
    """

    title: str
    rubric: Rubric
    critical_errors: CriticalErrors
    draft: RatingDraft
    kept: tuple[RatingDraft, ...]


class RatingInfo(Value):
    """A rating of one's own, as submitted."""

    id: UUID
    seat_id: UUID
    record_id: str
    scenario: Named
    title: str
    submitted_at: datetime
    rating: Rating
    levels: dict[str, int | None]


class TieInfo(Value):
    """A declared tie. `until` is when it ended or ends; both None means always."""

    id: int
    assessor_id: int
    assessor: str
    trainee_id: int
    trainee: str
    kind: TieKind
    since: datetime | None
    until: datetime | None
    declared_by: str


class Person(Value):
    """Somebody of the programme, to choose among."""

    id: int
    name: str


class SeatState(StrEnum):
    """How far one seat has come, as a lead sees it."""

    OPEN = "open"
    KEPT = "kept"
    HELD = "held"
    LAPSED = "lapsed"
    DONE = "done"


class SeatInProgress(Value):
    """One seat of a submission that is being rated, for a lead: who has it, and nothing noted.

    `for_nobody` says that it is open and that nobody who rates in the programme may take it.
    """

    id: UUID
    state: SeatState
    assessor: str
    lease_until: datetime | None
    for_nobody: bool = False


class InProgress(Value):
    """A submission that is being rated, for a lead. It names no trainee and no rating.

    `observed` is when and where it was watched in the room, so that a lead can keep its seats for
    those who were there. `needs_assessor` says that fewer people may take its open seats than
    there are.
    """

    submission_id: UUID
    title: str
    scenario: Named
    submitted_at: datetime
    third: bool
    seats: tuple[SeatInProgress, ...]
    observed: str = ""
    needs_assessor: bool = False
