"""What waits to be rated, without a name anywhere."""

from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from peer_xblocks.assessment import reach
from peer_xblocks.assessment import waiting as candidates
from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.assessment.rows import scenario_name, seat_info
from peer_xblocks.assessment.values import SeatInfo, Waiting
from peer_xblocks.records.api import grants
from peer_xblocks.work.api import for_assessment

LONGEST = 50


def waiting(user: AbstractBaseUser, programme: str) -> tuple[Waiting, ...]:
    """The oldest submissions on which the user could take a seat now, at most 50."""
    grants.require(user, programme, *reach.RATERS)
    ties = candidates.ties_of(user, programme)
    free = list(islice(candidates.candidates(user, programme, ties), 2 * LONGEST))
    found = CaseRecord.objects.in_bulk({one.case for one in free})
    oldest = list(dict.fromkeys(one.case for one in free))[:LONGEST]
    notes = for_assessment.observed_notes(found[case].submission for case in oldest)
    return tuple(_waiting(found[case], notes) for case in oldest)


def held(user: AbstractBaseUser, programme: str) -> tuple[SeatInfo, ...]:
    """The seats that the user holds and has not rated yet."""
    grants.require(user, programme, *reach.RATERS)
    rows = Seat.objects.filter(programme=programme, holder_id=user.pk).select_related("case")
    return tuple(seat_info(seat) for seat in rows)


def _waiting(case: CaseRecord, notes: dict[str, str]) -> Waiting:
    return Waiting(
        scenario=scenario_name(case),
        title=case.title,
        submitted_at=case.submitted_at,
        waiting_seconds=max(0, int((timezone.now() - case.submitted_at).total_seconds())),
        media_type=case.media,
        observed=notes.get(case.submission, ""),
    )
