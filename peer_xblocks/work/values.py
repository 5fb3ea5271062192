"""The values that `work.api` takes and answers: what was begun, and what was handed in."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from peer_xblocks.core.captions import Cue, load
from peer_xblocks.core.record import ActorConsent, Named
from peer_xblocks.core.scenario import ActorPart, Mode
from peer_xblocks.core.self_rating import OwnTicks
from peer_xblocks.core.value import Digest, Slug, Value


class Status(StrEnum):
    """How far a submission has come, in the words a trainee sees."""

    WAITING = "waiting"
    BEING_RATED = "being_rated"
    RATED = "rated"
    RELEASED = "released"
    VOIDED = "voided"


CLOSED = frozenset({Status.RELEASED, Status.VOIDED})
"""After these, another attempt can be made."""


class Condition(StrEnum):
    """How a performance was done, where raters need to know it. Never why."""

    NOTES = "notes"
    SIGNED = "signed"


class MoreTime(Value):
    """How much more time a trainee has, in percent; 0 for none. `asked_at` while they ask for it.

    `reason` is "" for whoever may not read it.
    """

    asked_at: datetime | None
    extra_percent: int
    granted_by: str
    granted_at: datetime | None
    reason: str


class TimeOfTrainee(Value):
    """A trainee with the time that they have, for leads."""

    id: int
    name: str
    time: MoreTime


RECORDED = frozenset({Mode.WITH_PARTNER.value, Mode.PROMPTED.value})
"""The modes in which a performance is a recording."""


class Limits(Value):
    """What a recording may be at most, and how finely the recorder of the page records.

    `part_bytes`: the most that is sent at once. `extra_percent`: how much of minutes and bytes was
    granted to one person.
    """

    bytes: int
    minutes: int
    part_bytes: int
    audio_bits: int
    video_bits: int
    extra_percent: int = 0


class RecordingInfo(Value):
    """A recording as it was received; `sha256` and `bytes` are of what arrived.

    `filename` is the trainee's own name for it and may identify a person. `milliseconds` is None
    where nobody could tell.
    """

    id: UUID
    sha256: Digest
    media_type: str
    bytes: int
    filename: str
    origin: Literal["recorded", "uploaded"] = "uploaded"
    milliseconds: int | None = None


class PartInfo(Value):
    """A part of an upload that arrived whole."""

    number: int
    sha256: Digest
    bytes: int


class PartAddress(Value):
    """Where a browser may put one part by itself: an address of the storage, for a while.

    `name` is told when it has arrived.
    """

    name: str
    url: str


class UploadInfo(Value):
    """A recording on its way in: which parts are here. `recording` once it is finished."""

    id: UUID
    key: str
    origin: Literal["recorded", "uploaded"]
    media_type: str
    filename: str
    begun_at: datetime
    parts: tuple[PartInfo, ...]
    recording: RecordingInfo | None

    @property
    def bytes(self) -> int:
        """How much of it is here."""
        return sum(part.bytes for part in self.parts)


class Captions(Value):
    """What is said in a recording, in words. `text` is WebVTT, or a plain transcript."""

    form: Literal["captions", "transcript"]
    language: str
    text: str

    @property
    def cues(self) -> tuple[Cue, ...]:
        """What is said when; nothing for a transcript, which has no times."""
        return load(self.text) if self.form == "captions" else ()


class KeptVersion(Value):
    """What was sent in a save that came too late; nothing of it is lost."""

    from_version: int
    text: str
    answers: dict[str, str]
    mode: str
    recording: RecordingInfo | None
    kept_at: datetime


class Draft(Value):
    """What a trainee has begun in one activity. Version 0: nothing was saved yet.

    `has_kept`: saves that came too late are kept beside it; only `drafts.get` tells.
    `sealed`, likewise: the trainee looked at the rubric for what is performed, so that it stays.
    """

    version: int
    text: str
    answers: dict[str, str]
    mode: str
    recording: RecordingInfo | None
    started_at: datetime | None
    saved_at: datetime | None
    has_kept: bool = False
    sealed: bool = False

    @property
    def performed_recording(self) -> RecordingInfo | None:
        """The recording, where the scene is performed in one: a draft may hold one of before."""
        return self.recording if self.mode in RECORDED else None


class Reflection(Value):
    """A trainee's private words on one prompt, as saved last."""

    id: Slug
    text: str
    version: int
    saved_at: datetime


class SelfRating(Value):
    """How a trainee rated one attempt themselves, by one edition of the rubric. Version 0: opened,
    and nothing ticked yet.
    """

    attempt: int
    version: int
    rubric_sha256: Digest
    ticks: OwnTicks
    saved_at: datetime | None


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


class PartnerInfo(Value):
    """How it stands with the partner whom a trainee sent a link, as the trainee may see it.

    `mode` is how the scene was to be performed when the link was made: what the partner is asked
    to agree to. `fidelity` is None until they say whether they kept to the card.
    """

    mode: str
    made_at: datetime
    expires_at: datetime
    code: str
    consented_at: datetime | None
    declined_at: datetime | None
    fidelity: bool | None

    @property
    def agreed(self) -> bool:
        """Whether they agreed, and have not taken it back."""
        return self.consented_at is not None


class PartnerSheet(Value):
    """What whoever holds a partner's link may see. `actor` only once they agreed."""

    title: str
    minutes: int
    setting: str
    content_note: str
    support: str
    other: str
    mode: str
    expires_at: datetime
    code: str
    declined: bool
    fidelity: bool | None
    actor: ActorPart | None


class Observed(Value):
    """A performance that is watched in the room: the code that tells it from others, and when and
    where.
    """

    code: str
    note: str


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
