"""What waits to be rated, without a name anywhere."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from peer_xblocks.assessment import handing, reach
from peer_xblocks.assessment.models import Seat
from peer_xblocks.assessment.rows import scenario_name, seat_info
from peer_xblocks.assessment.values import SeatInfo, Waiting
from peer_xblocks.records.api import grants

LONGEST = 50


def waiting(user: AbstractBaseUser, programme: str) -> tuple[Waiting, ...]:
    """The oldest submissions on which the user could take a seat now, at most 50."""
    grants.require(user, programme, *reach.RATERS)
    free = handing.open_to(user, programme, handing.ties_of(user, programme))
    rows = free.filter(assessor__isnull=True).select_related("case")
    cases: dict[int, list[Seat]] = {}
    for seat in rows.order_by("queued_at", "id")[: 2 * LONGEST]:
        cases.setdefault(seat.case_id, []).append(seat)
    return tuple(_waiting(seats) for seats in list(cases.values())[:LONGEST])


def held(user: AbstractBaseUser, programme: str) -> tuple[SeatInfo, ...]:
    """The seats that the user holds and has not rated yet."""
    grants.require(user, programme, *reach.RATERS)
    rows = Seat.objects.filter(programme=programme, holder_id=user.pk).select_related("case")
    return tuple(seat_info(seat) for seat in rows)


def _waiting(seats: list[Seat]) -> Waiting:
    case = seats[0].case
    return Waiting(
        scenario=scenario_name(case),
        title=case.title,
        submitted_at=case.submitted_at,
        waiting_seconds=max(0, int((timezone.now() - case.submitted_at).total_seconds())),
        media_type=case.media,
        seats_open=len(seats),
    )
