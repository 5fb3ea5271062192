"""How a seat is handed out: to one assessor, by one conditional UPDATE a try.

Several who press at once look at the same few candidates; the UPDATE says who got which, and
unique constraints hold what a WHERE cannot see: one seat of a submission for each assessor, one
tied rater at most, one held seat at a time. Works alike on SQLite, MariaDB and PostgreSQL.
"""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from peer_xblocks.assessment import waiting
from peer_xblocks.assessment.models import Seat
from peer_xblocks.records.transactions import is_busy
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

LEASE = timedelta(minutes=30)


def held(user: AbstractBaseUser, programme: str) -> Seat | None:
    """The seat that the user holds in a programme, with its case."""
    rows = Seat.objects.filter(programme=programme, holder_id=user.pk)
    return rows.select_related("case").first()


def hand_out(user: AbstractBaseUser, programme: str) -> Seat | None:
    """Give the user the oldest seat that is theirs to take, None when there is none."""
    ties = waiting.ties_of(user, programme)
    for candidate in waiting.candidates(user, programme, ties):
        if taken := take(user, candidate, ties.get(candidate.trainee, "")):
            return taken
        if seat := held(user, programme):  # a second press at the same moment was first
            return seat
    return None


def renew(seat: Seat) -> None:
    """Give the holder the full lease again."""
    lease_until = timezone.now() + LEASE
    if Seat.objects.filter(id=seat.id, holder_id=seat.holder_id).update(lease_until=lease_until):
        seat.lease_until = lease_until


def take(user: AbstractBaseUser, candidate: waiting.Candidate, tie: str) -> Seat | None:
    """Try to take one seat; None when someone else was first."""
    try:
        return _taken(user, candidate, tie)
    except IntegrityError:
        return None  # one of the unique constraints on Seat; its comment says which promise
    except OperationalError as error:
        if not is_busy(error) or connection.in_atomic_block:
            raise
        return None  # the database gave up a lock, and with it only this try


@transaction.atomic
def _taken(user: AbstractBaseUser, candidate: waiting.Candidate, tie: str) -> Seat | None:
    now = timezone.now()
    is_free = Q(assessor__isnull=True) | Q(lease_until__lt=now, submitted_at__isnull=True)
    taken = Seat.objects.filter(is_free, id=candidate.id).update(
        assessor_id=user.pk,
        holder_id=user.pk,
        taken_at=now,
        lease_until=now + LEASE,
        tie=tie,
        tied_place=1 if tie else None,
    )
    if not taken:
        return None
    seat = Seat.objects.select_related("case").get(id=candidate.id)
    for_assessment.set_status(seat.case.submission, Status.BEING_RATED, only_from=Status.WAITING)
    return seat
