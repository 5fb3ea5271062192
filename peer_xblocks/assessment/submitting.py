"""The one transaction in which a rating comes in: row, seat and record, or none of them."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import facts
from peer_xblocks.assessment.models import CaseRecord, Qualification, RatingRecord, Seat
from peer_xblocks.assessment.resolving import locked
from peer_xblocks.assessment.rows import rating_info, rating_of
from peer_xblocks.assessment.values import RatingInfo
from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.rating import Rating
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.records.api import append, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status


@outermost
def submit_rating(
    user: AbstractBaseUser, seat: Seat, rubric: Rubric, rating: Rating, key: str
) -> tuple[RatingInfo, bool]:
    """Keep and record a rating on the user's own seat; the same again answers the first.

    Answers as well whether it leaves the case due, as the last one does. Requires a rating that
    `scoring.problems_of` finds nothing wrong with. Raises ConflictError when another rating was
    submitted or the seat lost.
    """
    case = locked(seat.case_id)
    rating = facts.in_rubric_order(rubric, rating)
    earlier = _earlier(user, seat, rating, key)
    if earlier is not None:
        return rating_info(earlier, rubric), case.state == CaseRecord.State.DUE
    rated, is_last = _closed(user, seat)
    qualification = _qualification(user, case)
    row = RatingRecord.objects.create(
        case=case,
        seat=rated,
        assessor_id=user.pk,
        assessor_urn=people.urn(user, case.programme),
        key=key,
        record_id=f"urn:uuid:{uuid.uuid4()}",
        rating=rating.model_dump_json(),
        qualification=qualification.state if qualification else "",
        submitted_at=rated.submitted_at,
    )
    if is_last:
        _note_due(case)
    append(case.programme, facts.of_rating(row, rubric, rating, qualification))
    return rating_info(row, rubric), is_last


def _earlier(user: AbstractBaseUser, seat: Seat, rating: Rating, key: str) -> RatingRecord | None:
    """The same rating, if it is in already. Raises ConflictError when another one is, or when the
    key was used for another seat.
    """
    same_seat_or_key = Q(seat_id=seat.id) | Q(key=key)
    own = RatingRecord.objects.filter(same_seat_or_key, assessor_id=user.pk)
    found = list(own.select_related("case", "seat"))
    for row in found:
        if row.seat_id != seat.id:
            continue
        if rating_of(row) != rating:  # whatever the key: nobody may think that this one counts
            raise ConflictError(_("You have submitted this rating; it does not change any more."))
        return row
    if found:
        raise ConflictError(_("This was already used to submit another rating."))
    return None


def _closed(user: AbstractBaseUser, seat: Seat) -> tuple[Seat, bool]:
    """Close the user's seat: the seat, and whether no other of its case is left without a rating.

    Requires the case's lock.
    """
    seats = {one.id: one for one in Seat.objects.filter(case_id=seat.case_id)}
    closed, now = seats.pop(seat.id), timezone.now()
    held = Seat.objects.filter(id=seat.id, holder_id=user.pk)
    if not held.update(holder=None, lease_until=None, submitted_at=now):
        raise ConflictError(_("Your time for this seat ran out, and someone else has taken it."))
    closed.holder, closed.lease_until, closed.submitted_at = None, None, now
    return closed, all(one.submitted_at for one in seats.values())


def _note_due(case: CaseRecord) -> None:
    """All ratings are in, so the rule is due. Requires the case's lock."""
    case.state = CaseRecord.State.DUE
    case.save(update_fields=["state"])
    for_assessment.set_status(case.submission, Status.RATED)


def _qualification(user: AbstractBaseUser, case: CaseRecord) -> Qualification | None:
    rows = Qualification.objects.filter(
        assessor_id=user.pk, programme=case.programme, rubric_key=case.rubric_key
    )
    return rows.order_by("-id").first()
