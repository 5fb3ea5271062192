"""What a tie does to the seats that its assessor has already: they are marked like those taken
later, so that no second tied rater joins, and what is settled names it.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from peer_xblocks.assessment import handing, noticing
from peer_xblocks.assessment.models import CaseRecord, Seat, SeatExclusion, Tie
from peer_xblocks.assessment.values import NoticeKind

State = CaseRecord.State
UNRESOLVED = (State.RATING, State.DUE, State.NEEDS_THIRD, State.TO_SIGN)


def lock(programme: str, trainee_id: int) -> list[Seat]:
    """The seats of a trainee's unresolved cases, held until the transaction ends.

    To be called before the tie is written. Whoever takes one of them has their seat seen here, or
    waits and sees the tie: `handing` asks for it again once the seat is theirs.
    """
    cases = CaseRecord.objects.select_for_update().order_by("id")
    cases = cases.filter(trainee_id=trainee_id, programme=programme, state__in=UNRESOLVED)
    ids = list(cases.values_list("id", flat=True))
    return list(Seat.objects.select_for_update().filter(case_id__in=ids).order_by("id"))


def mark(tie: Tie, seats: list[Seat], *, at_desk: Seat | None = None) -> None:
    """Note a tie on its assessor's seats among these, which are `lock`'s.

    Where somebody tied rates already, whoever has not submitted gives the seat up and is told, but
    for the holder `at_desk`, who reads it there. Where both have submitted, both ratings stay.
    """
    for seat in seats:
        is_theirs = tie.assessor_id in (seat.holder_id, seat.submitted_at and seat.assessor_id)
        if is_theirs and _was_in_force(tie, seat):
            others = [one for one in seats if one.case_id == seat.case_id and one.id != seat.id]
            _mark(tie, seat, others, is_told=at_desk is None or at_desk.id != seat.id)


def _mark(tie: Tie, seat: Seat, others: list[Seat], *, is_told: bool) -> None:
    tied = next((one for one in others if one.tied_place), None)
    if seat.submitted_at is None and (tied or not seat.is_blind):
        _take_back(seat, is_told=is_told)
        return
    if tied and tied.submitted_at is None:
        _take_back(tied, is_told=True)
        tied = None
    if seat.submitted_at is not None and seat.tie:
        return  # the rating's own record names the tie that was known then
    seat.tie, seat.tied_place = str(tie.kind), None if tied else 1
    _row(seat).update(tie=seat.tie, tied_place=seat.tied_place)


def _take_back(seat: Seat, *, is_told: bool) -> None:
    """Open a held seat to the others; what was noted stays its holder's to read."""
    now, holder = timezone.now(), seat.holder_id
    handing.give_up(seat)
    SeatExclusion.objects.get_or_create(
        case_id=seat.case_id, assessor_id=holder, defaults={"at": now}
    )
    if is_told:
        occasion = int(now.timestamp())
        noticing.tell([holder], seat.programme, NoticeKind.SEAT_GONE, seat.uuid, occasion)
    seat.assessor, seat.holder, seat.tie, seat.tied_place = None, None, "", None


def _was_in_force(tie: Tie, seat: Seat) -> bool:
    """Whether the tie was in force at any time while its assessor had the seat."""
    last: datetime = seat.submitted_at or timezone.now()
    has_begun = tie.since is None or tie.since <= last
    return has_begun and (tie.until is None or seat.taken_at is None or tie.until > seat.taken_at)


def _row(seat: Seat) -> QuerySet[Seat]:
    return Seat.objects.filter(id=seat.id)
