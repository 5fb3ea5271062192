"""What is being rated just now, and who has it: for leads, who keep a seat for somebody, take one
back, or hand it on. They see nothing that anybody noted.
"""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peer_xblocks.assessment import eligible, handing, noticing, reach
from peer_xblocks.assessment.eligible import WhyNot
from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.assessment.rows import scenario_name
from peer_xblocks.assessment.values import InProgress, NoticeKind, Person, SeatInProgress, SeatState
from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, people
from peer_xblocks.records.transactions import run
from peer_xblocks.work.api import for_assessment

State = CaseRecord.State
LONGEST = 200
SENTENCES = {
    WhyNot.OWN: gettext_lazy("It is their own submission."),
    WhyNot.SEATED: gettext_lazy("They have the other seat of this submission."),
    WhyNot.EXCLUDED: gettext_lazy("They passed it on, or know its ratings."),
    WhyNot.TIED: gettext_lazy("They are tied to the trainee, and nobody tied may sit here."),
    WhyNot.UNQUALIFIED: gettext_lazy("They are not qualified for this rubric."),
}


def in_progress(user: AbstractBaseUser, programme: str) -> tuple[InProgress, ...]:
    """The submissions that are being rated, the oldest first, at most 200.

    None on which the user has a seat or which they handed in: a rater hears nothing of others.
    """
    grants.require(user, programme, Role.LEAD)
    own = Seat.objects.filter(case=OuterRef("pk"), assessor_id=user.pk)
    rows = CaseRecord.objects.filter(
        ~Exists(own), programme=programme, state__in=(State.RATING, State.NEEDS_THIRD)
    ).exclude(trainee_id=user.pk)
    oldest = rows.order_by("submitted_at", "id")[:LONGEST]
    found = list(oldest.prefetch_related("seats__assessor", "seats__assigned_to"))
    notes = for_assessment.observed_notes(case.submission for case in found)
    stuck = eligible.for_nobody(
        [seat for case in found for seat in case.seats.all() if _state(seat) is SeatState.OPEN]
    )
    short = eligible.too_few_for(
        [seat for case in found for seat in case.seats.all() if seat.assessor_id is None]
    )
    return tuple(_progress(case, notes.get(case.submission, ""), stuck, short) for case in found)


def short_of_assessors(user: AbstractBaseUser, programme: str) -> int:
    """How many submissions that are being rated wait for another assessor to join, for a lead."""
    return sum(one.needs_assessor for one in in_progress(user, programme))


def choices(user: AbstractBaseUser, seat_id: UUID | str) -> tuple[tuple[Person, str], ...]:
    """Everybody who rates in the programme, each with a sentence on what keeps them from the seat;
    "" when nothing does.
    """
    seat = _of_lead(user, seat_id)
    return tuple(
        (Person(id=one.user.pk, name=people.called(one.user)), _sentence(one.why_not))
        for one in eligible.raters(seat)
    )


def assign(
    user: AbstractBaseUser, seat_id: UUID | str, assessor: AbstractBaseUser
) -> SeatInProgress:
    """Keep a seat for one assessor, who gets it with their next press; whoever holds it loses it.

    What they noted stays theirs to read. Raises InvalidError for somebody who may not rate it,
    ConflictError when it is rated already.
    """
    seat = _of_lead(user, seat_id)
    wanted = next((one for one in eligible.raters(seat) if one.user.pk == assessor.pk), None)
    if wanted is None:
        raise InvalidError({"assessor": _("This person is no assessor in this programme.")})
    if wanted.why_not is not None:
        raise InvalidError({"assessor": _sentence(wanted.why_not)})
    return run(lambda: _assign(seat, assessor.pk), joins=True)


def free(user: AbstractBaseUser, seat_id: UUID | str) -> SeatInProgress:
    """Open a seat to everybody again; whoever holds it loses it."""
    seat = _of_lead(user, seat_id)
    return run(lambda: _assign(seat, None), joins=True)


def _assign(seat: Seat, assessor_id: int | None) -> SeatInProgress:
    if seat.holder_id == assessor_id and assessor_id is not None:
        return _seat(seat)
    if handing.give_up(seat, keep_for=assessor_id):
        now = int(timezone.now().timestamp())
        noticing.tell([seat.holder_id], seat.programme, NoticeKind.SEAT_GONE, seat.uuid, now)
    else:
        is_open = Seat.objects.filter(id=seat.id, assessor=None)
        if not is_open.update(assigned_to_id=assessor_id):
            raise ConflictError(_("This seat changed in the meantime. Please look again."))
    if assessor_id is not None:
        noticing.tell([assessor_id], seat.programme, NoticeKind.SEAT_KEPT, seat.uuid)
    return _seat(Seat.objects.select_related("assessor", "assigned_to").get(id=seat.id))


def _of_lead(user: AbstractBaseUser, seat_id: UUID | str) -> Seat:
    """A seat that is not rated yet, for a lead of its programme who has none of that submission.

    Raises NotFoundError for any other.
    """
    seat = Seat.objects.select_related("case", "assessor").filter(uuid=str(seat_id)).first()
    if seat is None or Role.LEAD not in grants.roles(user, seat.programme):
        raise NotFoundError
    if seat.trainee_id == user.pk:
        raise ForbiddenError(_("This is your own submission, so another lead has to see to it."))
    if reach.has_seat(user, seat.case):
        raise ForbiddenError(_("You have a seat of this submission, so another lead sees to it."))
    if seat.submitted_at is not None or seat.case.state not in (State.RATING, State.NEEDS_THIRD):
        raise ConflictError(_("This seat is rated already."))
    return seat


def _progress(
    case: CaseRecord, observed: str, stuck: frozenset[int], short: frozenset[int]
) -> InProgress:
    seats = sorted(case.seats.all(), key=lambda seat: seat.number)
    return InProgress(
        submission_id=case.submission,
        title=case.title,
        scenario=scenario_name(case),
        submitted_at=case.submitted_at,
        third=case.state == State.NEEDS_THIRD,
        seats=tuple(_seat(seat, for_nobody=seat.id in stuck) for seat in seats),
        observed=observed,
        needs_assessor=case.id in short,
    )


def _seat(seat: Seat, *, for_nobody: bool = False) -> SeatInProgress:
    state = _state(seat)
    who = seat.assigned_to if state is SeatState.KEPT else seat.assessor
    return SeatInProgress(
        id=seat.uuid,
        state=state,
        assessor=people.called(who) if who else "",
        lease_until=seat.lease_until,
        for_nobody=for_nobody,
    )


def _state(seat: Seat) -> SeatState:
    if seat.submitted_at is not None:
        return SeatState.DONE
    if seat.holder_id is not None:
        is_over = seat.lease_until is not None and seat.lease_until < timezone.now()
        return SeatState.LAPSED if is_over else SeatState.HELD
    return SeatState.KEPT if seat.assigned_to_id else SeatState.OPEN


def _sentence(why_not: WhyNot | None) -> str:
    return str(SENTENCES[why_not]) if why_not else ""
