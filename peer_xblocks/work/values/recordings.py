"""Recordings and what is being sent of them, with the limits that hold."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from peer_xblocks.core.captions import Cue, load
from peer_xblocks.core.value import Digest, Value


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
