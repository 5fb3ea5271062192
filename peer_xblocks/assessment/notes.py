"""The rows of what an assessor notes on a seat. Only its author is ever shown any of it."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from peer_xblocks.assessment.models import RatingDraftRecord, RatingDraftVersion, Seat
from peer_xblocks.assessment.rows import MARKERS
from peer_xblocks.assessment.values import RatingDraft
from peer_xblocks.core.rating import Markers, Rating

MOST_SHOWN = 20
Columns = dict[str, str]
"""What a save says: the rating, and the markers unless it knows nothing of them."""


def columns(rating: Rating, markers: Markers | None) -> Columns:
    """What a draft's row keeps of a save."""
    noted = {"rating": rating.model_dump_json()}
    if markers is not None:
        noted["markers"] = MARKERS.dump_json(markers).decode()
    return noted


def says(draft: RatingDraftRecord, noted: Columns) -> bool:
    """Whether a draft says the same already."""
    return all(getattr(draft, name) == words for name, words in noted.items())


def said_by(draft: RatingDraftRecord) -> Columns:
    """All that a draft says."""
    return {"rating": draft.rating, "markers": draft.markers}


def begin_draft(user: AbstractBaseUser, seat: Seat) -> None:
    """Make the draft's row when it is missing, before the transaction that locks it."""
    if not seat.drafts.filter(assessor_id=user.pk).exists():
        row = RatingDraftRecord(seat=seat, assessor_id=user.pk, saved_at=timezone.now())
        RatingDraftRecord.objects.bulk_create([row], ignore_conflicts=True)


def keep_late(draft: RatingDraftRecord, version: int, noted: Columns) -> RatingDraftVersion:
    """Keep a save that came too late beside the draft; the same once more is kept once."""
    version = max(version, 0)
    same = draft.kept.filter(from_version=version, **noted).first()
    if same is not None:
        return same
    return draft.kept.create(from_version=version, kept_at=timezone.now(), **noted)


def late_saves(user: AbstractBaseUser, seat: Seat) -> tuple[RatingDraft, ...]:
    """The user's saves on a seat that came too late, the newest first."""
    rows = RatingDraftVersion.objects.filter(draft__seat=seat, draft__assessor_id=user.pk)
    return tuple(map(late_value, rows.order_by("-id")[:MOST_SHOWN]))


def late_value(row: RatingDraftVersion) -> RatingDraft:
    """A late save as its author sees it; its version is the one it was made from."""
    return RatingDraft(
        version=row.from_version,
        rating=Rating.model_validate_json(row.rating),
        markers=MARKERS.validate_json(row.markers),
        saved_at=row.kept_at,
    )
