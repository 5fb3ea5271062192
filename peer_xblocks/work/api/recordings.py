"""Recordings of a trainee's performances: received at once, and opened again by their owner.

One that comes in parts arrives through `work.api.uploads`.
"""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work import files, leftovers, limits, playable
from peer_xblocks.work.models import Recording
from peer_xblocks.work.rows import own_recording, recording_info, rest_of, where
from peer_xblocks.work.taking_in import discard, keep, take_in
from peer_xblocks.work.values import Limits, RecordingInfo


def receive(
    user: AbstractBaseUser, place: Place, filename: str, chunks: files.Chunks, declared_type: str
) -> RecordingInfo:
    """Take in a file, as a stream or as pieces of bytes, and keep it for this activity.

    Raises InvalidError when it is empty, too large or too long, or neither audio, video nor plain
    text by its own bytes.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    row = Recording(**where(user, place), **rest_of(place), filename=filename)
    row.stored_as = files.new_name()
    take_in(row, chunks, declared_type)
    try:
        run(lambda: keep(row), joins=True)
    except BaseException:
        discard(row.stored_as)
        raise
    return _info(row)


def open(user: AbstractBaseUser, recording_id: UUID | str) -> tuple[RecordingInfo, File]:
    """The user's own recording and its bytes as they arrived; the caller closes the file.

    Raises NotFoundError.
    """
    row = own_recording(user, recording_id)
    return _info(row), files.opened(row.stored_as, row.size)


def play(user: AbstractBaseUser, recording_id: UUID | str) -> playable.Playable:
    """The user's own recording as a player wants it; the caller closes its file.

    Raises NotFoundError.
    """
    return playable.of(own_recording(user, recording_id))


def remove(user: AbstractBaseUser, recording_id: UUID | str) -> None:
    """Take back a recording that was not handed in. Raises ConflictError when it was."""
    row = own_recording(user, recording_id)

    def forget() -> None:
        try:
            row.delete()
        except ProtectedError as error:
            raise ConflictError(_("This recording was handed in, so it stays.")) from error
        leftovers.delete_later(row.stored_as, row.playable_as)

    run(forget, joins=True)


def site_limits() -> Limits:
    """How large and how long a recording may be here."""
    return limits.of_site()


def limits_of(user: AbstractBaseUser, programme: str) -> Limits:
    """How large and how long a recording of the user's own may be."""
    return limits.of_person(user.pk, programme)


def _info(row: Recording) -> RecordingInfo:
    info = recording_info(row)
    assert info is not None
    return info
