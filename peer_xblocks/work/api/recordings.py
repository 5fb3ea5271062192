"""Recordings of a trainee's performances: received, and opened again by their owner."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.work import files
from peer_xblocks.work.models import Recording
from peer_xblocks.work.rows import own_recording, recording_info, rest_of, where
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import RecordingInfo


def receive(
    user: AbstractBaseUser, place: Place, filename: str, chunks: files.Chunks, declared_type: str
) -> RecordingInfo:
    """Take in a file, as a stream or as pieces of bytes, and keep it for this activity.

    Raises InvalidError when it is empty, too large, or neither audio, video nor plain text by its
    own bytes.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    received = files.receive(filename, chunks, declared_type)
    with received.file:
        name = files.store(received)
    try:
        row = Recording.objects.create(
            **where(user, place),
            **rest_of(place),
            filename=_plain_name(filename),
            media_type=received.media_type,
            sha256=received.sha256,
            size=received.size,
            stored_as=name,
            received_at=timezone.now(),
        )
    except BaseException:
        files.storage().delete(name)  # without its row nobody could find it again
        raise
    return _info(row)


def open(user: AbstractBaseUser, recording_id: UUID | str) -> tuple[RecordingInfo, File]:
    """The user's own recording and its bytes; the caller closes the file. Raises NotFoundError."""
    row = own_recording(user, recording_id)
    return _info(row), files.storage().open(row.stored_as)


def remove(user: AbstractBaseUser, recording_id: UUID | str) -> None:
    """Take back a recording that was not handed in. Raises ConflictError when it was."""
    row = own_recording(user, recording_id)
    try:
        row.delete()
    except ProtectedError as error:
        raise ConflictError(_("This recording was handed in, so it stays.")) from error
    transaction.on_commit(lambda: files.storage().delete(row.stored_as))


def _plain_name(filename: str) -> str:
    """The last part of a file name, without characters that could end a header or a line."""
    last = storable(filename).replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:255] or "recording"


def _info(row: Recording) -> RecordingInfo:
    info = recording_info(row)
    assert info is not None
    return info
