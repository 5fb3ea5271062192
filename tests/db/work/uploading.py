"""A browser's part in an upload: it cuts a recording into pieces and sends them."""

from hashlib import sha256
from uuid import UUID

from django.contrib.auth.models import User

from peer_xblocks.work.api import uploads
from peer_xblocks.work.values import RecordingInfo, UploadInfo
from tests import media
from tests.db.work.scene import place

WHOLE = media.made("webm", 3)


def digest(piece: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(piece).hexdigest()


def cut(whole: bytes = WHOLE, count: int = 4) -> list[bytes]:
    """A recording in pieces."""
    size = -(-len(whole) // count)
    return [whole[at : at + size] for at in range(0, len(whole), size)]


def begun(user: User, key: str = "take-1", activity: str = "one", **how: str) -> UploadInfo:
    """An upload that was begun."""
    given = {"origin": "recorded", "media_type": "audio/webm;codecs=opus", **how}
    return uploads.begin(user, place(activity), key, **given)


def send(user: User, upload_id: UUID, number: int, piece: bytes) -> UploadInfo:
    """Send one piece."""
    return uploads.put(user, upload_id, number, piece, digest(piece))


def sent(user: User, pieces: list[bytes] | None = None, key: str = "take-1") -> UploadInfo:
    """An upload of which every piece has arrived."""
    info = begun(user, key)
    for number, piece in enumerate(pieces or cut(), 1):
        info = send(user, info.id, number, piece)
    return info


def finished(user: User, pieces: list[bytes] | None = None, key: str = "take-1") -> RecordingInfo:
    """A recording that came in parts."""
    pieces = pieces or cut()
    return uploads.finish(user, sent(user, pieces, key).id, len(pieces))
