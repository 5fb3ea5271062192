"""What a trainee has begun, and what is theirs alone."""

from datetime import datetime

from peer_xblocks.core.scenario import Mode
from peer_xblocks.core.self_rating import OwnTicks
from peer_xblocks.core.value import Digest, Slug, Value
from peer_xblocks.work.values.recordings import RecordingInfo

RECORDED = frozenset({Mode.WITH_PARTNER.value, Mode.PROMPTED.value})
"""The modes in which a performance is a recording."""


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
