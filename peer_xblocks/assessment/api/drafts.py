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
from peer_xblocks.core.rating import Rating
from peer_xblocks.records.transactions import run


def save(user: AbstractBaseUser, seat_id: UUID | str, version: int, rating: Rating) -> RatingDraft:
    """Keep what is noted so far, however incomplete; `version` is the one it was made from.

    Renews the lease.

    Raises StaleError, with `kept` and `draft` (RatingDrafts), when it was saved elsewhere since;
    ConflictError when the rating was submitted already; SeatLostError when the seat is somebody
    else's by now, and what was sent is kept then as well.
    """
    noted = rating.model_dump_json()
    try:
        seat = reach.own_seat(user, seat_id)
        if seat.submitted_at is not None:
            raise ConflictError(_("You have submitted this rating; it does not change any more."))
        if version < 1:
            notes.begin_draft(user, seat)
        row, late = run(lambda: _save(user, seat, version, noted), joins=True)
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
    user: AbstractBaseUser, seat: Seat, version: int, rating: str
) -> tuple[RatingDraftRecord, RatingDraftVersion | None]:
    if not handing.renew(seat):
        raise SeatLostError
    rows = RatingDraftRecord.objects.filter(seat=seat, assessor_id=user.pk)
    if saved := _saved(rows, version, rating):
        return saved, None
    row, _made = rows.select_for_update().get_or_create(
        seat=seat, assessor_id=user.pk, defaults={"saved_at": timezone.now()}
    )
    if row.version and row.rating == rating:
        return row, None
    if row.version != version:
        return row, notes.keep_late(row, version, rating)
    row.rating, row.version, row.saved_at = rating, row.version + 1, timezone.now()
    row.save(update_fields=["rating", "version", "saved_at"])
    return row, None


def _saved(
    rows: QuerySet[RatingDraftRecord], version: int, rating: str
) -> RatingDraftRecord | None:
    """Save in one statement what comes next and says something new, as nearly every save does."""
    saved = RatingDraftRecord(version=version + 1, rating=rating, saved_at=timezone.now())
    changed = {name: getattr(saved, name) for name in ("version", "rating", "saved_at")}
    return saved if rows.filter(version=version).exclude(rating=rating).update(**changed) else None


def _keep_of_lost(user: AbstractBaseUser, seat_id: UUID | str, version: int, rating: str) -> None:
    """Keep what was sent to a seat that was lost meanwhile, unless the draft holds the same."""
    row = RatingDraftRecord.objects.filter(seat__uuid=str(seat_id), assessor_id=user.pk).first()
    if row is not None and row.rating != rating and not row.kept.filter(rating=rating).exists():
        notes.keep_late(row, version, rating)
