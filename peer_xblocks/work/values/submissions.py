"""What was handed in, as its owner, `assessment` and raters may know it."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from peer_xblocks.core.record import ActorConsent, Named
from peer_xblocks.core.value import Digest, Slug, Value
from peer_xblocks.work.values.accommodations import Condition
from peer_xblocks.work.values.company import Observed
from peer_xblocks.work.values.recordings import RecordingInfo


class Status(StrEnum):
    """How far a submission has come, in the words a trainee sees."""

    WAITING = "waiting"
    BEING_RATED = "being_rated"
    RATED = "rated"
    RELEASED = "released"
    VOIDED = "voided"


CLOSED = frozenset({Status.RELEASED, Status.VOIDED})
"""After these, another attempt can be made."""


class HandIn(Value):
    """Everything a trainee hands in at once.

    `actors` are those who agreed without a link; a link's own answer takes their place.
    `answers` are the reflection that goes with this performance, by prompt id: assessors read them.
    An empty `consent_bodies` means that no certifying body may see the submission.
    """

    mode: str
    text: str | None = None
    recording_id: UUID | None = None
    answers: dict[str, str] = {}
    conditions: tuple[Condition, ...] = ()
    consent_bodies: tuple[Slug, ...] = ()
    consent_statement: str = ""
    scenario_sha256: Digest
    rubric_sha256: Digest
    errors_sha256: Digest
    scenario: Named
    rubric: Named
    title: str = ""
    formative: bool = False
    language: str = "en"
    started_at: datetime | None = None
    actors: tuple[ActorConsent, ...] = ()


class SubmissionInfo(Value):
    """One submission, as its owner may see it. `media` is the media type of the performance, ""
    where it was watched in the room.
    """

    id: UUID
    attempt: int
    programme: Slug
    activity: str
    scenario: Named
    title: str
    submitted_at: datetime
    status: Status
    record_id: str
    mode: str
    media: str
    formative: bool
    recording: RecordingInfo | None


class Handed(Value):
    """What `assessment` needs to know of a submission to have it rated.

    It names the trainee: never show it to a rater. `performance_sha256` is "" where nothing but the
    room holds the performance.
    """

    id: UUID
    trainee_id: int
    subject: str
    programme: Slug
    course: str
    activity: str
    activity_type: str
    attempt: int
    scenario: Named
    scenario_sha256: Digest
    rubric: Named
    rubric_sha256: Digest
    errors_sha256: Digest
    performance_sha256: Digest | Literal[""]
    title: str
    mode: str
    media: str
    formative: bool
    submitted_at: datetime
    status: Status
    record_id: str


class Performance(Value):
    """What is rated: the words, or the recording, and the reflection handed in with it.

    Neither words nor a recording where it was `observed`.
    """

    text: str | None
    recording: RecordingInfo | None
    answers: dict[str, str]
    conditions: tuple[Condition, ...] = ()
    actors: tuple[ActorConsent, ...] = ()
    observed: Observed | None = None

    @property
    def milliseconds(self) -> int | None:
        """How long the recording is; None for none, or where nobody could tell."""
        return self.recording.milliseconds if self.recording else None
