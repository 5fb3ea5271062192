"""How an upload ends: put together once, given up, or tidied away.

Putting together reads and writes files for seconds, so it holds no lock in the database. Whoever
does it claims the upload for a while and names beforehand what it will store; a claim whose process
died runs out, and what it left is deleted by the next, or by the daily command.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, NotFoundError
from peer_xblocks.core.place import Place
from peer_xblocks.records.transactions import run
from peer_xblocks.work import files, leftovers, limits, parts
from peer_xblocks.work.api import drafts
from peer_xblocks.work.models import DraftRecord, DraftVersion, Recording, Submission, Upload
from peer_xblocks.work.rows import recording_info, rest_of, where
from peer_xblocks.work.taking_in import discard, keep, take_in
from peer_xblocks.work.values import RecordingInfo

CLAIM = timedelta(minutes=15)


def finish(user: AbstractBaseUser, upload: Upload, count: int) -> RecordingInfo:
    """Put the first `count` parts together, once, and put the recording into the draft."""
    if upload.recording_id is not None:
        return _info(upload.recording)
    pieces = parts.joined(upload, count)
    name = _claim(upload)
    if name is None:
        upload.refresh_from_db()
        return finish(user, upload, count)
    place = Place(
        programme=upload.programme,
        course=upload.course,
        activity=upload.activity,
        activity_type=upload.activity_type,
    )
    row = Recording(**where(user, place), **rest_of(place), filename=upload.filename)
    row.origin, row.stored_as = upload.origin, name
    try:
        take_in(row, pieces, upload.media_type)
        drafts.begin(user, place)
        run(lambda: _keep(user, place, upload, name, row), joins=True)
    except BaseException:
        discard(name)
        Upload.objects.filter(id=upload.id, composing_as=name).update(finishing_since=None)
        raise
    return _info(row)


def abandon(upload: Upload) -> None:
    """Throw an unfinished upload away."""

    def forget() -> None:
        found = Upload.objects.select_for_update().filter(id=upload.id).first()
        if found is None:
            return
        if found.recording_id is not None:
            raise ConflictError(_("This recording is finished already."))
        if _is_claimed(found.finishing_since):
            raise ConflictError(_("This recording is being put together. One moment, please."))
        parts.forget(found)
        found.delete()
        leftovers.delete_later(found.composing_as)

    run(forget, joins=True)


def tidy() -> int:
    """Throw away what was begun long ago and never handed in; how many there were."""
    before = timezone.now() - timedelta(days=limits.keep_days())
    uploads = Upload.objects.filter(recording=None, touched_at__lt=before)
    old = [upload for upload in uploads if not _is_claimed(upload.finishing_since)]
    for upload in old:
        abandon(upload)
    leftovers.delete_old(timezone.now() - timedelta(days=1))
    ids = [*_unheld(before).values_list("id", flat=True)]
    return len(old) + sum(run(lambda one=one: _drop(one, before), joins=True) for one in ids)


def _claim(upload: Upload) -> str | None:
    """The name to store under, None when it was finished just now.

    Raises ConflictError while somebody else is at it.
    """
    now, name = timezone.now(), files.new_name()
    free = Q(finishing_since=None) | Q(finishing_since__lt=now - CLAIM)
    left = upload.composing_as
    mine = Upload.objects.filter(free, id=upload.id, recording=None, composing_as=left)
    if mine.update(finishing_since=now, composing_as=name):
        discard(left)
        return name
    if Upload.objects.filter(id=upload.id, recording__isnull=False).exists():
        return None
    raise ConflictError(_("This recording is being put together. One moment, please."), busy=True)


def _is_claimed(since: datetime | None) -> bool:
    return since is not None and since > timezone.now() - CLAIM


def _keep(user: AbstractBaseUser, place: Place, upload: Upload, name: str, row: Recording) -> None:
    """The recording, the draft that holds it and the end of the upload: all or none."""
    draft = drafts.locked(user, place)
    keep(row)
    ended = Upload.objects.filter(id=upload.id, recording=None, composing_as=name)
    if not ended.update(recording=row, finishing_since=None, composing_as=""):
        raise NotFoundError  # it was given up, or its claim ran out and somebody else took it over
    parts.forget(upload)
    drafts.hold(draft, row)


def _unheld(before: datetime) -> QuerySet[Recording]:
    """Recordings from before that nothing was done with: in no submission and no draft."""
    found = Recording.objects.filter(received_at__lt=before)
    for model in (Submission, DraftRecord, DraftVersion):
        held = model.objects.filter(recording__isnull=False).values("recording")
        found = found.exclude(id__in=held)
    return found


def _drop(recording_id: int, before: datetime) -> int:
    row = Recording.objects.select_for_update().filter(id=recording_id).first()
    if row is None or not _unheld(before).filter(id=recording_id).exists():
        return 0
    row.delete()
    leftovers.delete_later(row.stored_as, row.playable_as)
    return 1


def _info(row: Recording | None) -> RecordingInfo:
    info = recording_info(row)
    if info is None:
        raise NotFoundError
    return info
