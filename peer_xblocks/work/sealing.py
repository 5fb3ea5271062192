"""Which performance a trainee has looked at the rubric for: from then on it stays as it is.

They see the behaviours when they rate themselves before handing in. Whoever could go on changing
what they performed would be assessed on the list, and not on the scene.
"""

import hashlib

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.scenario import Mode
from peer_xblocks.work.models import DraftRecord, SelfRatingRecord, Submission

PERFORMED = ("text", "mode", "recording")
"""The parts of a draft that are the performance."""


def digest_of(row: DraftRecord) -> str:
    """The SHA-256 of what a draft performs, as a submission names it; "" for nothing yet, and for
    what is watched in the room: nobody here can tell whether it has been performed.
    """
    if row.mode == Mode.OBSERVED_LIVE:
        return ""
    if row.recording is not None and row.mode != Mode.WRITTEN:
        return row.recording.sha256
    return hashlib.sha256(row.text.encode()).hexdigest() if row.text.strip() else ""


def is_sealed(row: DraftRecord) -> bool:
    """Whether the trainee has looked at the rubric for what the draft performs now."""
    performed = digest_of(row)
    return bool(performed) and _open_ones(row).filter(performance_sha256=performed).exists()


def refuse_change(row: DraftRecord, given: dict[str, object]) -> None:
    """Raise ConflictError when what is given changes a performance that stays as it is."""
    changes = any(name in given and getattr(row, name) != given[name] for name in PERFORMED)
    if changes and is_sealed(row):
        raise ConflictError(
            _(
                "You have looked at the trainers’ list for this performance, so it stays as it is. "
                "Hand it in, or do the scene over."
            )
        )


def of_each() -> QuerySet[SelfRatingRecord]:
    """The self-rating of the attempt that is being made, for each draft of an outer query."""
    where = {name: OuterRef(name) for name in ("owner_id", "programme", "activity")}
    return SelfRatingRecord.objects.filter(**where, submission=None).order_by("-attempt")


def attach(submission: Submission) -> None:
    """Tie the self-rating of the attempt that is handed in to its submission."""
    _open_ones(submission).filter(attempt=submission.attempt).update(submission=submission)


def _open_ones(row: DraftRecord | Submission) -> QuerySet[SelfRatingRecord]:
    where = {"owner_id": row.owner_id, "programme": row.programme, "activity": row.activity}
    return SelfRatingRecord.objects.filter(**where, submission=None)
