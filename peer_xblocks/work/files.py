"""How a recording comes in and where it stays: streamed, measured, looked at, and only then stored.

Files go through Django storage: the alias `peer_xblocks` where the site defines it, the default
storage otherwise. They lie in a folder of their own and are only ever served by views of ours that
check who asks.
"""

import hashlib
import mimetypes
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import InvalidStorageError, Storage, default_storage, storages
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.work.sniffing import HEAD_BYTES, Utf8Check, is_web_page, media_type_of

FOLDER = "peer_xblocks/recordings"
DEFAULT_MAX_BYTES = 200 * 1024 * 1024
TEXT_MAX_BYTES = 1024 * 1024
_IN_MEMORY_BYTES = 1024 * 1024
_CHUNK_BYTES = 64 * 1024


class Readable(Protocol):
    """Anything that gives bytes on `read`."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


Chunks = Readable | Iterable[bytes]


class Received(NamedTuple):
    """A file that came in whole and is what it says it is. `file` vanishes when it is closed."""

    file: IO[bytes]
    sha256: str
    size: int
    media_type: str


def storage() -> Storage:
    """Where recordings stay."""
    try:
        return storages["peer_xblocks"]
    except InvalidStorageError:
        return default_storage


def max_bytes() -> int:
    """How large a recording may be: the setting PEER_XBLOCKS_UPLOAD_MAX_BYTES, 200 MiB when it is
    not set.
    """
    return int(getattr(settings, "PEER_XBLOCKS_UPLOAD_MAX_BYTES", DEFAULT_MAX_BYTES))


def receive(filename: str, chunks: Chunks, declared_type: str) -> Received:
    """Read a file to its end into a temporary one, hashing it, and say what it is.

    Raises InvalidError as soon as it is too large, or when its bytes are not what its name and type
    claim; nothing of it stays then.
    """
    held = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 (the caller closes it)
    try:
        return _receive(held, filename, chunks, declared_type)
    except BaseException:
        held.close()
        raise


def store(received: Received) -> str:
    """Keep a received file for good; the name under which the storage has it."""
    name = f"{FOLDER}/{received.sha256[:2]}/{uuid.uuid4()}"
    received.file.seek(0)
    return storage().save(name, File(received.file, name=name))


def _receive(held: IO[bytes], filename: str, chunks: Chunks, declared_type: str) -> Received:
    digest, text, size, head, limit = hashlib.sha256(), Utf8Check(), 0, b"", max_bytes()
    for chunk in _pieces(chunks):
        size += len(chunk)
        if size > limit:
            raise _refusal(_("This file is larger than %s MB.") % (limit // (1024 * 1024)))
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
        digest.update(chunk)
        text.feed(chunk)
        held.write(chunk)
    text.feed(b"", final=True)
    if not size:
        raise _refusal(_("This file is empty."))
    claimed = _claimed(filename, declared_type)
    media_type = _agreed(claimed, media_type_of(head, claimed), head, size, text.is_plain)
    return Received(held, digest.hexdigest(), size, media_type)


def _pieces(chunks: Chunks) -> Iterator[bytes]:
    if hasattr(chunks, "read"):
        while chunk := chunks.read(_CHUNK_BYTES):
            yield chunk
    else:
        yield from chunks


def _claimed(filename: str, declared_type: str) -> str:
    """What the browser says it is, else what the name says; empty when neither says anything
    useful.
    """
    declared = declared_type.partition(";")[0].strip().lower()
    if declared in ("", "application/octet-stream"):
        declared = mimetypes.guess_type(filename)[0] or ""
    return declared


def _agreed(claimed: str, seen: str | None, head: bytes, size: int, is_plain: bool) -> str:
    """The media type when the bytes are something we take and do not contradict the claim."""
    claims_media = claimed.startswith(("audio/", "video/"))
    if seen and (claims_media or not claimed):
        return seen
    if seen:
        raise _refusal(_("This file is a recording, but its name or type says something else."))
    if claims_media:
        raise _refusal(
            _("This file says that it is a recording, but its content is something else.")
        )
    if claimed not in ("", "text/plain") or not is_plain or is_web_page(head):
        raise _refusal(_("Only audio, video and plain text can be handed in."))
    if size > TEXT_MAX_BYTES:
        raise _refusal(_("This text is longer than 1 MB."))
    return "text/plain"


def _refusal(sentence: str) -> InvalidError:
    return InvalidError({"recording": sentence}, sentence)
