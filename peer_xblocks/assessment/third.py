"""Whether a third rating that is due can be held, and when a lead may settle without it."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from peer_xblocks.assessment import eligible
from peer_xblocks.assessment.models import THIRD_SEAT, CaseRecord
from peer_xblocks.assessment.values import Third
from peer_xblocks.assessment.watching import is_observed
from peer_xblocks.records.api import people

WAIT_DAYS = 14


def wait() -> timedelta:
    """How long a third rating is waited for while somebody could give it: the setting
    PEER_XBLOCKS_THIRD_WAIT_DAYS, 14 days when it is not set.
    """
    return timedelta(days=int(getattr(settings, "PEER_XBLOCKS_THIRD_WAIT_DAYS", WAIT_DAYS)))


def standing_of(case: CaseRecord) -> Third | None:
    """How the third rating of a case stands; None while none is due."""
    if case.state != CaseRecord.State.NEEDS_THIRD:
        return None
    seat = case.seats.select_related("assigned_to").get(number=THIRD_SEAT)
    now = timezone.now()
    is_held = seat.holder_id is not None and seat.lease_until is not None and seat.lease_until > now
    able = [one for one in eligible.raters(seat) if one.why_not is None]
    last = case.ratings.order_by("-submitted_at").first()
    since = last.submitted_at if last else None
    has_waited = since is not None and now - since >= wait()
    return Third(
        is_held=is_held,
        kept_for=people.called(seat.assigned_to) if seat.assigned_to else "",
        possible=len(able),
        # Who was in the room is known at once; nobody else can give a third rating of it later.
        may_settle=not is_held and (not able or has_waited or is_observed(case)),
        since=since,
    )
