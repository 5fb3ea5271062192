"""What an assessor has noted so far on a held seat. Nobody else ever sees it."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import handing, notes, reach
from peer_xblocks.assessment.models import RatingDraftRecord, RatingDraftVersion, Seat
from peer_xblocks.assessment.rows import draft_value
from peer_xblocks.assessment.values import RatingDraft
from peer_xblocks.core.errors import ConflictError, SeatLostError, StaleError
from peer_xblocks.core.rating import Markers, Rating
from peer_xblocks.records.transactions import run


def save(
    user: AbstractBaseUser,
    seat_id: UUID | str,
    version: int,
    rating: Rating,
    markers: Markers | None = None,
    *,
    over: bool = False,
) -> RatingDraft:
    """Keep what is noted so far, however incomplete; `version` is the one it was made from.

    Without `markers` those that are kept stay. With `over` it takes the place of a draft that the
    user knows was saved elsewhere, at `version`, which is kept beside it. Renews the lease.

    Raises StaleError, with `kept` and `draft` (RatingDrafts), when it was saved elsewhere since;
    ConflictError when the rating was submitted already; SeatLostError when the seat is somebody
    else's by now, and what was sent is kept then as well.
    """
    noted = notes.columns(rating, markers)
    try:
        seat = reach.own_seat(user, seat_id)
        if seat.submitted_at is not None:
            raise ConflictError(_("You have submitted this rating; it does not change any more."))
        if version < 1:
            notes.begin_draft(user, seat)
        row, late = run(lambda: _save(user, seat, version, noted, over=over), joins=True)
    except SeatLostError:
        _keep_of_lost(user, seat_id, version, noted)
        raise
    if late is not None:
        raise StaleError(kept=notes.late_value(late), draft=draft_value(row))
    return draft_value(row)


def kept(user: AbstractBaseUser, seat_id: UUID | str) -> tuple[RatingDraft, ...]:
    """The user's saves on a seat that came too late, the newest first."""
    return notes.late_saves(user, reach.own_seat(user, seat_id))


def _save(
    user: AbstractBaseUser, seat: Seat, version: int, noted: notes.Columns, *, over: bool
) -> tuple[RatingDraftRecord, RatingDraftVersion | None]:
    if not handing.renew(seat):
        raise SeatLostError
    rows = RatingDraftRecord.objects.filter(seat=seat, assessor_id=user.pk)
    if not over and (saved := _saved(rows, version, noted)):
        return saved, None
    row, _made = rows.select_for_update().get_or_create(
        seat=seat, assessor_id=user.pk, defaults={"saved_at": timezone.now()}
    )
    if row.version and notes.says(row, noted):
        return row, None
    if row.version != version:
        return row, notes.keep_late(row, version, noted)
    if over and row.version:
        notes.keep_late(row, version, notes.said_by(row))
    for name, words in noted.items():
        setattr(row, name, words)
    row.version, row.saved_at = row.version + 1, timezone.now()
    row.save(update_fields=[*noted, "version", "saved_at"])
    return row, None


def _saved(
    rows: QuerySet[RatingDraftRecord], version: int, noted: notes.Columns
) -> RatingDraftRecord | None:
    """Save in one statement what comes next and says something new, as nearly every save does.

    One that says nothing of markers has to read which are kept, and goes the long way.
    """
    if "markers" not in noted:
        return None
    saved = RatingDraftRecord(version=version + 1, saved_at=timezone.now(), **noted)
    changed = {"version": saved.version, "saved_at": saved.saved_at, **noted}
    return saved if rows.filter(version=version).exclude(**noted).update(**changed) else None


def _keep_of_lost(
    user: AbstractBaseUser, seat_id: UUID | str, version: int, noted: notes.Columns
) -> None:
    """Keep what was sent to a seat that was lost meanwhile, unless the draft holds the same."""
    row = RatingDraftRecord.objects.filter(seat__uuid=str(seat_id), assessor_id=user.pk).first()
    if row is None or notes.says(row, noted) or row.kept.filter(**noted).exists():
        return
    notes.keep_late(row, version, noted)
