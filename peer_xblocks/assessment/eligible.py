"""Who may rate on one seat, and what keeps the others from it: for leads, who assign seats, and to
know whether a third rating can be held at all.

The same rules as in `waiting`, which asks them from an assessor's side.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from peer_xblocks.assessment import waiting
from peer_xblocks.assessment.models import (
    BLIND_SEATS,
    CaseRecord,
    Qualification,
    Seat,
    SeatExclusion,
    Tie,
)
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import MAY_RATE
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants


class WhyNot(StrEnum):
    """What keeps somebody from a seat."""

    OWN = "own"
    SEATED = "seated"
    EXCLUDED = "excluded"
    TIED = "tied"
    UNQUALIFIED = "unqualified"


class Candidate(NamedTuple):
    """Somebody who rates in the programme, and what keeps them from the seat, if anything."""

    user: Any
    why_not: WhyNot | None


class _Known(NamedTuple):
    """What the rules ask about the cases, trainees and rubrics of a few seats, read once."""

    holders: dict[str, tuple[Any, ...]]
    seats: dict[int, list[Seat]]
    excluded: dict[int, set[int]]
    tied: dict[tuple[str, int], set[int]]
    qualified: dict[tuple[str, str], set[int]]


def raters(seat: Seat) -> tuple[Candidate, ...]:
    """Everybody who rates in a seat's programme, by name; a fixed number of queries.

    Whoever holds the seat now, or for whom it is kept, is judged as if it were open.
    """
    return _judged(seat, _known([seat]))


def for_nobody(seats: Sequence[Seat]) -> frozenset[int]:
    """The ids of those of these seats that nobody may take; a fixed number of queries for a
    programme.
    """
    known = _known(seats)
    return frozenset(seat.id for seat in seats if all(one.why_not for one in _judged(seat, known)))


def too_few_for(seats: Sequence[Seat]) -> frozenset[int]:
    """The ids of those cases of these open or kept seats that have fewer people for their seats
    than seats; a fixed number of queries for a programme.

    Each seat by itself may have somebody, who can take only one; and of the tied only one rates.
    """
    known = _known(seats)
    able: dict[int, set[int]] = defaultdict(set)
    count: dict[int, int] = defaultdict(int)
    tied: dict[int, set[int]] = {}
    for seat in seats:
        count[seat.case_id] += 1
        tied[seat.case_id] = known.tied[seat.programme, seat.trainee_id]
        able[seat.case_id] |= {one.user.pk for one in _judged(seat, known) if not one.why_not}
    return frozenset(
        case
        for case, people in able.items()
        if len(people - tied[case]) + bool(people & tied[case]) < count[case]
    )


def for_next_round(case: CaseRecord) -> tuple[Candidate, ...]:
    """Everybody who rates in a case's programme, and what would keep them from rating it anew.

    Of the tied one could rate, and all but the first by name are kept from it.
    """
    number = BLIND_SEATS[0]
    about = {"programme": case.programme, "trainee_id": case.trainee_id, "number": number}
    seat = Seat(case=case, rubric_key=case.rubric_key, **about)
    known = _known([seat])
    known = known._replace(seats={}, excluded={case.id: known.excluded[case.id] | knowing(case)})
    tied = known.tied[case.programme, case.trainee_id]
    found = _judged(seat, known)
    able = [one.user.pk for one in found if one.why_not is None and one.user.pk in tied]
    return tuple(
        one._replace(why_not=WhyNot.TIED) if one.user.pk in able[1:] else one for one in found
    )


def knowing(case: CaseRecord) -> set[int]:
    """Whoever knows the ratings of a released case, and so rates it in no later round: who rated
    it, passed it on or saw them, and every lead, for any could read what was released.
    """
    found = {lead.pk for lead in grants.holders(case.programme, Role.LEAD)}
    found.update(case.seats.exclude(assessor=None).values_list("assessor_id", flat=True))
    found.update(case.exclusions.values_list("assessor_id", flat=True))
    return found


def _judged(seat: Seat, known: _Known) -> tuple[Candidate, ...]:
    others = [one for one in known.seats.get(seat.case_id, ()) if one.id != seat.id]
    seated = {one.assessor_id for one in others}
    excluded = known.excluded[seat.case_id]
    is_blind = seat.number in BLIND_SEATS
    # A tie keeps all of them from a third, and from a blind one when the other rater is tied.
    may_be_tied = is_blind and not any(one.tied_place for one in others)
    tied = set() if may_be_tied else known.tied[seat.programme, seat.trainee_id]
    qualified = known.qualified[seat.programme, seat.rubric_key]
    asks = not is_blind or waiting.asks_qualification(seat.programme)

    def why_not(user: Any) -> WhyNot | None:
        if user.pk == seat.trainee_id:
            return WhyNot.OWN
        if user.pk in seated:
            return WhyNot.SEATED
        if user.pk in excluded:
            return WhyNot.EXCLUDED
        if user.pk in tied:
            return WhyNot.TIED
        return WhyNot.UNQUALIFIED if asks and user.pk not in qualified else None

    return tuple(Candidate(user, why_not(user)) for user in known.holders[seat.programme])


def _known(seats: Sequence[Seat]) -> _Known:
    cases, programmes = {one.case_id for one in seats}, {one.programme for one in seats}
    known = _Known(
        holders={one: grants.holders(one, *RATERS) for one in programmes},
        seats=defaultdict(list),
        excluded=defaultdict(set),
        tied=defaultdict(set),
        qualified=defaultdict(set),
    )
    for seat in Seat.objects.filter(case_id__in=cases):
        known.seats[seat.case_id].append(seat)
    exclusions = SeatExclusion.objects.filter(case_id__in=cases)
    for case, assessor in exclusions.values_list("case_id", "assessor_id"):
        known.excluded[case].add(assessor)
    for programme, trainee, assessor in _ties_now(seats, programmes):
        known.tied[programme, trainee].add(assessor)
    said = Qualification.objects.filter(programme__in=programmes).order_by("id")
    fields = ("programme", "rubric_key", "assessor_id", "state")
    newest = {tuple(row): state for *row, state in said.values_list(*fields)}
    for (programme, rubric, assessor), state in newest.items():
        if state in MAY_RATE:
            known.qualified[programme, rubric].add(assessor)
    return known


def _ties_now(seats: Sequence[Seat], programmes: set[str]) -> Iterable[tuple[str, int, int]]:
    now = timezone.now()
    rows = Tie.objects.filter(
        Q(since__isnull=True) | Q(since__lte=now),
        Q(until__isnull=True) | Q(until__gt=now),
        trainee_id__in={one.trainee_id for one in seats},
        programme__in=programmes,
    )
    return rows.values_list("programme", "trainee_id", "assessor_id")
