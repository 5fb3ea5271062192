"""Who may rate on one seat, and what keeps the others from it: for leads, who assign seats, and to
know whether a third rating can be held at all.

The same rules as in `waiting`, which asks them from an assessor's side.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from peer_xblocks.assessment import waiting
from peer_xblocks.assessment.models import BLIND_SEATS, Qualification, Seat, SeatExclusion, Tie
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import MAY_RATE
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


def raters(seat: Seat) -> tuple[Candidate, ...]:
    """Everybody who rates in a seat's programme, by name; a fixed number of queries.

    Whoever holds the seat now, or for whom it is kept, is judged as if it were open.
    """
    others = Seat.objects.filter(case_id=seat.case_id).exclude(id=seat.id)
    seated = set(others.exclude(assessor=None).values_list("assessor_id", flat=True))
    exclusions = SeatExclusion.objects.filter(case_id=seat.case_id)
    excluded = set(exclusions.values_list("assessor_id", flat=True))
    tied = _tied(seat, others)
    qualified = _qualified(seat)

    def why_not(user: Any) -> WhyNot | None:
        if user.pk == seat.trainee_id:
            return WhyNot.OWN
        if user.pk in seated:
            return WhyNot.SEATED
        if user.pk in excluded:
            return WhyNot.EXCLUDED
        if user.pk in tied:
            return WhyNot.TIED
        return None if qualified is None or user.pk in qualified else WhyNot.UNQUALIFIED

    holders = grants.holders(seat.programme, *RATERS)
    return tuple(Candidate(user, why_not(user)) for user in holders)


def _tied(seat: Seat, others: Any) -> set[int]:
    """Whom a tie to the trainee keeps from the seat: all of them from a third, and from a blind one
    when the other rater is tied already.
    """
    if seat.number in BLIND_SEATS and not others.filter(tied_place=1).exists():
        return set()
    now = timezone.now()
    rows = Tie.objects.filter(
        Q(since__isnull=True) | Q(since__lte=now),
        Q(until__isnull=True) | Q(until__gt=now),
        trainee_id=seat.trainee_id,
        programme=seat.programme,
    )
    return set(rows.values_list("assessor_id", flat=True))


def _qualified(seat: Seat) -> set[int] | None:
    """Who is qualified for the seat's rubric; None where that is not asked."""
    if seat.number in BLIND_SEATS and not waiting.asks_qualification(seat.programme):
        return None
    said = Qualification.objects.filter(programme=seat.programme, rubric_key=seat.rubric_key)
    newest = dict(said.order_by("id").values_list("assessor_id", "state"))
    return {assessor for assessor, state in newest.items() if state in MAY_RATE}
