"""What nobody does, but time: that work waits for somebody, and that a lease is nearly over."""

from datetime import timedelta

from django.utils import timezone

from peer_xblocks.assessment import noticing, waiting
from peer_xblocks.assessment.models import Notice, Seat
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import NoticeKind
from peer_xblocks.records.api import grants

BEFORE_THE_END = timedelta(minutes=10)


def sweep() -> None:
    """Tell those for whom work waits, at most once a day, and those whose lease is nearly over."""
    _leases()
    programmes = Seat.objects.filter(assessor=None).values_list("programme", flat=True).distinct()
    for programme in programmes:
        _work(programme)


def _leases() -> None:
    """Only where something is noted: whoever just looked loses nothing."""
    now = timezone.now()
    ending = Seat.objects.filter(lease_until__gt=now, lease_until__lt=now + BEFORE_THE_END)
    for seat in ending.filter(drafts__version__gt=0).distinct():
        occasion = int(seat.taken_at.timestamp()) if seat.taken_at else 0
        noticing.tell(
            [seat.holder_id], seat.programme, NoticeKind.LEASE_ENDING, seat.uuid, occasion=occasion
        )


def _work(programme: str) -> None:
    """Whoever could take a seat now and holds none; nobody who has an unread word of it."""
    today = timezone.now().date().toordinal()
    told = Notice.objects.filter(
        programme=programme, kind=NoticeKind.WORK_WAITING, read_at=None
    ).values_list("user_id", flat=True)
    busy = Seat.objects.filter(programme=programme, holder__isnull=False)
    leave_out = {*told, *busy.values_list("holder_id", flat=True)}
    for user in grants.holders(programme, *RATERS):
        if user.pk in leave_out:
            continue
        ties = waiting.ties_of(user, programme)
        if next(waiting.candidates(user, programme, ties), None) is not None:
            noticing.tell(
                [user], programme, NoticeKind.WORK_WAITING, occasion=f"{programme}:{today}"
            )
