"""Submitting a rating. It is never changed afterwards, by anyone."""

import logging
import uuid
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import facts, reach
from peer_xblocks.assessment.editions import editions_of, rubric_of
from peer_xblocks.assessment.models import CaseRecord, Qualification, RatingRecord, Seat
from peer_xblocks.assessment.resolving import locked, resolve_case
from peer_xblocks.assessment.rows import rating_info, rating_of
from peer_xblocks.assessment.values import RatingInfo
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.rating import Rating
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scoring import problems_of
from peer_xblocks.records.api import append, grants, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

log = logging.getLogger(__name__)


def submit(user: AbstractBaseUser, seat_id: UUID | str, rating: Rating, key: str) -> RatingInfo:
    """Submit the rating on the user's own seat; the same again answers the rating that was made.

    When it is the last one, the rule is applied right after, in a transaction of its own. Raises
    InvalidError naming each criterion that is open or wrong, ConflictError when another rating was
    submitted here before.
    """
    seat = reach.own_seat(user, seat_id)
    editions = editions_of(seat.case)
    problems = problems_of(editions.rubric, editions.critical_errors, rating)
    if problems:
        raise InvalidError(problems)
    info = _submit(user, seat, editions.rubric, rating, key[:64])
    _settle_if_due(seat.case_id)
    return info


def mine(user: AbstractBaseUser, programme: str) -> tuple[RatingInfo, ...]:
    """The user's own ratings in a programme, the newest first, at most 100."""
    grants.require(user, programme, *reach.RATERS)
    rows = RatingRecord.objects.filter(assessor_id=user.pk, case__programme=programme)
    newest = rows.select_related("seat", "case").order_by("-submitted_at", "-id")[:100]
    rubrics: dict[str, Rubric] = {}
    found = []
    for row in newest:
        digest = row.case.rubric_sha256
        rubric = rubrics[digest] = rubrics.get(digest) or rubric_of(row.case)
        found.append(rating_info(row, rubric))
    return tuple(found)


@outermost
def _submit(
    user: AbstractBaseUser, seat: Seat, rubric: Rubric, rating: Rating, key: str
) -> RatingInfo:
    case = locked(seat.case_id)
    rating = facts.in_rubric_order(rubric, rating)
    earlier = RatingRecord.objects.filter(seat_id=seat.id, assessor_id=user.pk).first()
    if earlier is not None:
        if earlier.key != key and rating_of(earlier) != rating:
            raise ConflictError(_("You have submitted this rating; it does not change any more."))
        return rating_info(earlier, rubric)
    if RatingRecord.objects.filter(assessor_id=user.pk, key=key).exists():
        raise ConflictError(_("This was already used to submit another rating."))
    now = timezone.now()
    closed = Seat.objects.filter(id=seat.id, holder_id=user.pk).update(
        holder=None, lease_until=None, submitted_at=now
    )
    if not closed:
        raise ConflictError(_("Your time for this seat ran out, and someone else has taken it."))
    qualification = _qualification(user, case)
    row = RatingRecord.objects.create(
        case=case,
        seat=Seat.objects.get(id=seat.id),
        assessor_id=user.pk,
        assessor_urn=people.urn(user, case.programme),
        key=key,
        record_id=f"urn:uuid:{uuid.uuid4()}",
        rating=rating.model_dump_json(),
        qualification=qualification.state if qualification else "",
        submitted_at=now,
    )
    _note_if_last(case)
    append(case.programme, facts.of_rating(row, rubric, rating, qualification))
    return rating_info(row, rubric)


def _note_if_last(case: CaseRecord) -> None:
    """When no seat is left without a rating, the rule is due. Requires the case's lock."""
    if not case.seats.filter(submitted_at__isnull=True).exists():
        case.state = CaseRecord.State.DUE
        case.save(update_fields=["state"])
        for_assessment.set_status(case.submission, Status.RATED)


def _qualification(user: AbstractBaseUser, case: CaseRecord) -> Qualification | None:
    rows = Qualification.objects.filter(
        assessor_id=user.pk, programme=case.programme, rubric_key=case.rubric_key
    )
    return rows.order_by("-id").first()


def _settle_if_due(case_id: int) -> None:
    """Apply the rule now.

    The rating is in already, so a failure here is told to the log and not to the rater.
    """
    try:
        resolve_case(case_id)
    except Exception:
        log.exception("The rule could not be applied; the case stays due and is taken up again.")
