"""Recordings that come in parts: while they are recorded, over a line that breaks, from a page that
was closed in between.

A part that was answered is kept until its upload is finished, given up or tidied away. Whatever is
sent again counts once.
"""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.work import files, finishing, limits, parts, s3
from peer_xblocks.work.models import Upload
from peer_xblocks.work.rows import rest_of, upload_info, where
from peer_xblocks.work.taking_in import plain_name
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import PartAddress, RecordingInfo, UploadInfo


def storage_origin() -> str:
    """The origin to which a page sends parts by itself, for the site's headers; "" for its own."""
    return s3.origin(files.storage()) or ""


def begin(
    user: AbstractBaseUser,
    place: Place,
    key: str,
    *,
    origin: str,
    media_type: str,
    filename: str = "",
) -> UploadInfo:
    """Begin an upload in an activity; the same `key` again answers the one that it began.

    `origin` is "recorded" or "uploaded". Raises ConflictError when too many are unfinished.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    key, media_type = storable(key)[:64], storable(media_type)[:255]
    if not key or origin not in ("recorded", "uploaded"):
        raise InvalidError({"recording": _("This could not be read.")})
    if begun := Upload.objects.filter(owner_id=user.pk, key=key).first():
        return _of_place(begun, place)
    if _unfinished(user).count() >= limits.MOST_UNFINISHED:
        raise ConflictError(
            _("There are many recordings that you began and did not finish. Throw some away first.")
        )
    now = timezone.now()
    row = Upload(
        **where(user, place),
        **rest_of(place),
        key=key,
        origin=origin,
        media_type=media_type,
        filename=plain_name(filename),
        begun_at=now,
        touched_at=now,
    )
    Upload.objects.bulk_create([row], ignore_conflicts=True)  # two at once are one
    return _of_place(Upload.objects.get(owner_id=user.pk, key=key), place)


def unfinished(user: AbstractBaseUser, place: Place) -> tuple[UploadInfo, ...]:
    """What the user began to send in this activity and did not finish, the newest first."""
    found = _unfinished(user).filter(**where(user, place)).order_by("-id")
    return tuple(upload_info(row) for row in found.prefetch_related("parts"))


def get(user: AbstractBaseUser, upload_id: UUID | str) -> UploadInfo:
    """The user's own upload: which parts are here. Raises NotFoundError."""
    return upload_info(_own(user, upload_id))


def put(
    user: AbstractBaseUser, upload_id: UUID | str, number: int, content: bytes, sha256: str
) -> UploadInfo:
    """Keep one part.

    Raises InvalidError when its digest is another one or it is too large, ConflictError when
    another part of this number is here.
    """
    upload = _own(user, upload_id)
    if upload.recording_id is None:
        parts.put(upload, number, content, sha256)
    return upload_info(upload)


def address(
    user: AbstractBaseUser, upload_id: UUID | str, number: int, size: int
) -> PartAddress | None:
    """Where the storage itself takes a part of this size; None where it takes none from browsers.

    After that `arrived` is to be called.
    """
    upload = _own(user, upload_id)
    return parts.address(upload, number, size) if upload.recording_id is None else None


def arrived(
    user: AbstractBaseUser, upload_id: UUID | str, number: int, address_name: str, sha256: str
) -> UploadInfo:
    """Keep a part that was sent to the storage itself, once it is there and whole.

    Raises InvalidError when it is not.
    """
    upload = _own(user, upload_id)
    if upload.recording_id is None:
        parts.arrived(upload, number, address_name, sha256)
    return upload_info(upload)


def finish(user: AbstractBaseUser, upload_id: UUID | str, count: int) -> RecordingInfo:
    """Put the first `count` parts together, keep the recording and put it into the draft, once.

    Again it answers the same recording and changes nothing. Raises ConflictError, with `missing`
    (numbers of parts), while some are not here, or while it is being put together; InvalidError
    when what was sent is no recording. The parts stay in each of these cases.
    """
    upload = _own(user, upload_id)
    grants.require(user, upload.programme, Role.TRAINEE)
    return finishing.finish(user, upload, count)


def abandon(user: AbstractBaseUser, upload_id: UUID | str) -> None:
    """Throw an unfinished upload away, with its parts. Raises ConflictError once it is finished."""
    finishing.abandon(_own(user, upload_id))


def tidy() -> int:
    """Throw away what was begun long ago and never handed in; how many there were.

    For the operator's command: it asks nobody.
    """
    return finishing.tidy()


def _unfinished(user: AbstractBaseUser) -> QuerySet[Upload]:
    return Upload.objects.filter(owner_id=user.pk, recording=None)


def _own(user: AbstractBaseUser, upload_id: UUID | str) -> Upload:
    found = Upload.objects.filter(uuid=str(upload_id), owner_id=user.pk).first()
    if found is None:
        raise NotFoundError
    return found


def _of_place(upload: Upload, place: Place) -> UploadInfo:
    """The upload. Raises ConflictError when its key was used in another activity."""
    if (upload.programme, upload.activity) != (place.programme, place.activity):
        raise ConflictError(_("This was already used for another recording."))
    return upload_info(upload)
