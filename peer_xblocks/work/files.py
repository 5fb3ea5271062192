"""How a file comes in and where it stays: streamed, hashed, looked at, and only then stored.

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

from django.core.files import File
from django.core.files.storage import InvalidStorageError, Storage, default_storage, storages
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.work import s3
from peer_xblocks.work.sniffing import (
    HEAD_BYTES,
    Utf8Check,
    is_other_text,
    is_web_page,
    media_type_of,
)

FOLDER = "peer_xblocks/recordings"
TEXT_MAX_BYTES = 1024 * 1024
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


def receive(filename: str, chunks: Chunks, declared_type: str, most_bytes: int) -> Received:
    """Read a file to its end into a temporary one, hashing it, and say what it is.

    Raises InvalidError as soon as it is too large, or when its bytes are not what its name and type
    claim; nothing of it stays then.
    """
    held = tempfile.NamedTemporaryFile(prefix="peer-xblocks-")  # noqa: SIM115 (the caller closes it)
    try:
        return _receive(held, filename, _at_most(chunks, most_bytes), declared_type)
    except BaseException:
        held.close()
        raise


def new_name() -> str:
    """A name that nothing is stored under, and that tells nothing."""
    name = str(uuid.uuid4())
    return f"{FOLDER}/{name[:2]}/{name}"


def store(file: IO[bytes], name: str) -> str:
    """Keep a file for good; the name under which the storage has it."""
    file.seek(0)
    return storage().save(name, File(file, name=name))


def opened(name: str, size: int) -> File:
    """A stored file, to read any part of it; the caller closes it."""
    return s3.opened(storage(), name, size) or storage().open(name)


def discard(*names: str) -> None:
    """Delete stored files. One that is gone already is no error; "" stands for none."""
    for name in filter(None, names):
        storage().delete(name)


def discard_folder(name: str) -> None:
    """Delete every stored file right below a name, also those that no row knows of."""
    try:
        _folders, found = storage().listdir(name)
    except FileNotFoundError:
        return
    discard(*(f"{name}/{one}" for one in found), name)


def _receive(
    held: IO[bytes], filename: str, chunks: Iterator[bytes], declared_type: str
) -> Received:
    digest, text, size, head = hashlib.sha256(), Utf8Check(), 0, b""
    for chunk in chunks:
        size += len(chunk)
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
        digest.update(chunk)
        text.feed(chunk)
        held.write(chunk)
    held.flush()
    text.feed(b"", final=True)
    if not size:
        raise refusal(_("This file is empty."))
    claimed = _claimed(filename, declared_type)
    media_type = _agreed(claimed, media_type_of(head, claimed), head, size, text)
    return Received(held, digest.hexdigest(), size, media_type)


def _at_most(chunks: Chunks, most_bytes: int) -> Iterator[bytes]:
    """The pieces. Raises InvalidError as soon as they are more than that together."""
    size = 0
    for chunk in _pieces(chunks):
        size += len(chunk)
        if size > most_bytes:
            raise refusal(_("This is larger than %s MB.") % (most_bytes // (1024 * 1024)))
        yield chunk


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


def _agreed(claimed: str, seen: str | None, head: bytes, size: int, text: Utf8Check) -> str:
    """The media type when the bytes are something we take and do not contradict the claim."""
    claims_media = claimed.startswith(("audio/", "video/"))
    if seen and (claims_media or not claimed):
        return seen
    if seen:
        raise refusal(_("This file is a recording, but its name or type says something else."))
    if claims_media:
        raise refusal(
            _("This file says that it is a recording, but its content is something else.")
        )
    if claimed in ("", "text/plain") and not text.is_utf8 and is_other_text(head):
        raise refusal(_("This text is not in UTF-8. Save it as UTF-8 text, and add it again."))
    if claimed not in ("", "text/plain") or not text.is_plain or is_web_page(head):
        raise refusal(_("Only audio, video and plain text can be handed in."))
    if size > TEXT_MAX_BYTES:
        raise refusal(_("This text is longer than 1 MB."))
    return "text/plain"


def refusal(sentence: str) -> InvalidError:
    """The error for a recording that cannot be taken."""
    return InvalidError({"recording": sentence}, sentence)
