"""What an assessor has noted so far on a held seat. Nobody else ever sees it."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import handing, reach
from peer_xblocks.assessment.models import RatingDraftRecord, RatingDraftVersion, Seat
from peer_xblocks.assessment.rows import draft_value
from peer_xblocks.assessment.values import RatingDraft
from peer_xblocks.core.errors import ConflictError, StaleError
from peer_xblocks.core.rating import Rating
from peer_xblocks.records.transactions import run


def save(user: AbstractBaseUser, seat_id: UUID | str, version: int, rating: Rating) -> RatingDraft:
    """Keep what is noted so far, however incomplete; `version` is the one it was made from.

    Renews the lease.

    Raises StaleError, with `kept` and `draft` (RatingDrafts), when it was saved elsewhere since,
    and ConflictError when the rating was submitted already.
    """
    seat = reach.own_seat(user, seat_id)
    if seat.submitted_at is not None:
        raise ConflictError(_("You have submitted this rating; it does not change any more."))
    noted = rating.model_dump_json()
    if version < 1:
        _begin(user, seat)
    row, late = run(lambda: _save(user, seat, version, noted), joins=True)
    if late is not None:
        kept = RatingDraft(version=late.from_version, rating=rating, saved_at=late.kept_at)
        raise StaleError(kept=kept, draft=draft_value(row))
    return draft_value(row)


def kept(user: AbstractBaseUser, seat_id: UUID | str) -> tuple[RatingDraft, ...]:
    """The user's saves on a seat that came too late, the newest first."""
    seat = reach.own_seat(user, seat_id)
    rows = RatingDraftVersion.objects.filter(draft__seat=seat, draft__assessor_id=user.pk)
    return tuple(
        RatingDraft(
            version=row.from_version,
            rating=Rating.model_validate_json(row.rating),
            saved_at=row.kept_at,
        )
        for row in rows.order_by("-id")[:20]
    )


def _save(
    user: AbstractBaseUser, seat: Seat, version: int, rating: str
) -> tuple[RatingDraftRecord, RatingDraftVersion | None]:
    handing.renew(seat)
    rows = RatingDraftRecord.objects.filter(seat=seat, assessor_id=user.pk)
    if saved := _saved(rows, version, rating):
        return saved, None
    row, _made = rows.select_for_update().get_or_create(
        seat=seat, assessor_id=user.pk, defaults={"saved_at": timezone.now()}
    )
    if row.version and row.rating == rating:
        return row, None
    now = timezone.now()
    if row.version != version:
        late = row.kept.create(from_version=max(version, 0), rating=rating, kept_at=now)
        return row, late
    row.rating, row.version, row.saved_at = rating, row.version + 1, now
    row.save(update_fields=["rating", "version", "saved_at"])
    return row, None


def _saved(
    rows: QuerySet[RatingDraftRecord], version: int, rating: str
) -> RatingDraftRecord | None:
    """Save in one statement what comes next and says something new, as nearly every save does."""
    saved = RatingDraftRecord(version=version + 1, rating=rating, saved_at=timezone.now())
    changed = {name: getattr(saved, name) for name in ("version", "rating", "saved_at")}
    return saved if rows.filter(version=version).exclude(rating=rating).update(**changed) else None


def _begin(user: AbstractBaseUser, seat: Seat) -> None:
    """Make the draft's row when it is missing, before the transaction that locks it."""
    if not seat.drafts.filter(assessor_id=user.pk).exists():
        row = RatingDraftRecord(seat=seat, assessor_id=user.pk, saved_at=timezone.now())
        RatingDraftRecord.objects.bulk_create([row], ignore_conflicts=True)
