"""Who reaches which row.

What is out of reach is not found, in the same words as what does not exist.
"""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.core.errors import ForbiddenError, NotFoundError, SeatLostError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants

RATERS = (Role.ASSESSOR, Role.LEAD)


def own_seat(user: AbstractBaseUser, seat_id: UUID | str) -> Seat:
    """A seat that the user holds or has rated, with its case.

    Raises NotFoundError for any other id; SeatLostError for one that they held and noted something
    on; ForbiddenError when the user's grant as an assessor or a lead has ended since.
    """
    seat = _first(Seat.objects.select_related("case"), "uuid", seat_id)
    is_own = seat.assessor_id == user.pk and (seat.holder_id or seat.submitted_at)
    if not is_own and not seat.drafts.filter(assessor_id=user.pk).exists():
        raise NotFoundError
    grants.require(user, seat.programme, *RATERS)
    if not is_own:
        raise SeatLostError
    return seat


def lost_seat(user: AbstractBaseUser, seat_id: UUID | str) -> Seat:
    """A seat that the user held, noted something on and lost, with its case.

    Raises NotFoundError for any other id.
    """
    try:
        own_seat(user, seat_id)
    except SeatLostError:
        return Seat.objects.select_related("case").get(uuid=str(seat_id))
    raise NotFoundError


def case_of_lead(user: AbstractBaseUser, submission_id: UUID | str) -> CaseRecord:
    """The case of a submission in a programme where the user is a lead.

    Raises NotFoundError otherwise.

    Raises ForbiddenError while the user holds a seat of it: a rater sees nothing of the others; and
    for an own submission, which a lead who takes the course sees as any trainee does.
    """
    case = current(submission_id)
    if Role.LEAD not in grants.roles(user, case.programme):
        raise NotFoundError
    if case.trainee_id == user.pk:
        raise ForbiddenError(_("This is your own submission, so another lead has to see to it."))
    if case.seats.filter(holder_id=user.pk).exists():
        raise ForbiddenError(_("You hold a seat of this submission: submit your rating first."))
    return case


def current(submission_id: UUID | str) -> CaseRecord:
    """The case of a submission in its latest round. Raises NotFoundError."""
    return _first(CaseRecord.objects.order_by("-round"), "submission", submission_id)


def has_rated(user: AbstractBaseUser, case: CaseRecord) -> bool:
    """Whether the user rated this submission, in any round, and so may sign nothing about it."""
    rated = Seat.objects.filter(assessor_id=user.pk, submitted_at__isnull=False)
    return rated.filter(case__submission=case.submission).exists()


def has_seat(user: AbstractBaseUser, case: CaseRecord) -> bool:
    """Whether the user has, or had, a seat of this submission in this round."""
    return case.seats.filter(assessor_id=user.pk).exists()


def refuse_rater(user: AbstractBaseUser, case: CaseRecord) -> None:
    """Raise ForbiddenError when the user rated this submission."""
    if has_rated(user, case):
        raise ForbiddenError(_("You rated this submission, so another lead has to sign it."))


def _first(rows: QuerySet, field: str, value: UUID | str):
    row = rows.filter(**{field: str(value)}).first()
    if row is None:
        raise NotFoundError
    return row
