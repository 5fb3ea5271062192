"""What requests and answers hold beyond the values of `core` and the `api` packages."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, RootModel

from peer_xblocks.assessment.values import (
    AssessorInfo,
    Case,
    QualificationState,
    RatingInfo,
    SeatInfo,
    Waiting,
)
from peer_xblocks.core.rating import Markers, Rating
from peer_xblocks.core.record import CompetencyStanding, Envelope, Goal, Kind
from peer_xblocks.core.value import Slug, Value
from peer_xblocks.work.values import SubmissionInfo


class Problem(Value):
    """How every error is answered: a stable code, a sentence, and one for each wrong part."""

    code: str
    sentence: str
    problems: dict[str, str]


class InProgramme(Value):
    """In which programme something is asked for."""

    programme: Slug


class DraftBody(Value):
    """A draft and the version that it was made from; 0 for the first.

    `markers` are the person's own; without them those that are kept stay.
    """

    version: Annotated[int, Field(ge=0, le=2_147_483_647)]
    rating: Rating
    markers: Markers | None = None


class ReleaseRequest(Value):
    """What the trainee reads with a result."""

    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=2)]
    message: Annotated[str, Field(max_length=4_000)] = ""


class QualifyRequest(Value):
    """How far somebody may rate from now on, by which rubrics."""

    rubrics: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=200)]
    state: QualificationState


class Lease(Value):
    """Until when a held seat is the person's; null once it is rated."""

    lease_until: datetime | None


class Queue(Value):
    """What an assessor holds and what waits for them, without a name."""

    held: tuple[SeatInfo, ...]
    waiting: tuple[Waiting, ...]


class OwnRecordBody(Value):
    """One record about the person; `body` is there for own acts and for a release."""

    id: str
    index: int
    kind: Kind
    seq: int
    at: datetime
    acting_as: str
    submission: str | None
    scenario: str
    body: dict[str, Any] | None


class ReadingBody(Value):
    """That a certifying body was shown one record on one day (UTC), how, and how often."""

    record_id: str
    kind: Kind | None
    body: str
    how: str
    on: date
    last_at: datetime
    times: int


class RowBody(Value):
    """One record in a list."""

    id: str
    index: int
    kind: Kind
    subject: str | None
    subject_name: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    acting_as: str
    scenario: str


class PageBody(Value):
    """One page of records, newest first, and how many are withheld by their subjects."""

    rows: tuple[RowBody, ...]
    number: int
    pages: int
    total: int
    withheld: int


class CheckpointBody(Value):
    """A signed statement about the log, and the verifier key that it can be checked with."""

    origin: str
    size: int
    note: str
    at: datetime
    vkey: str


class OpenedBody(Value):
    """A record with all that is needed to check it offline.

    `record` leaves the overall impression of a rating out, which is for setting the standard;
    `canonical` holds each byte that was committed to.
    """

    record: Envelope
    index: int
    canonical: str
    salt: str
    proof: str
    note: str
    checkpoint: CheckpointBody | None


class SubmissionList(RootModel[tuple[SubmissionInfo, ...]]):
    """The person's own submissions."""


class RatingList(RootModel[tuple[RatingInfo, ...]]):
    """The person's own ratings."""


class CaseList(RootModel[tuple[Case, ...]]):
    """What waits for a lead."""


class AssessorList(RootModel[tuple[AssessorInfo, ...]]):
    """Who rates in a programme."""


class OwnRecordList(RootModel[tuple[OwnRecordBody, ...]]):
    """What is recorded about the person."""


class ReadingList(RootModel[tuple[ReadingBody, ...]]):
    """Who was shown what."""


class StandingList(RootModel[tuple[CompetencyStanding, ...]]):
    """What competencies stand at."""
