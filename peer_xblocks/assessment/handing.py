"""How a seat is handed out: to one assessor, by one conditional UPDATE a try.

Several who press at once look at the same few candidates; the UPDATE says who got which, and
unique constraints hold what a WHERE cannot see: one seat of a submission for each assessor, one
tied rater at most, one held seat at a time. Works alike on SQLite, MariaDB and PostgreSQL.
"""

import itertools
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from peer_xblocks.assessment import waiting
from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.records.transactions import is_busy
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

LEASE = timedelta(minutes=30)


def held(user: AbstractBaseUser, programme: str) -> Seat | None:
    """The seat that the user holds in a programme, with its case."""
    rows = Seat.objects.filter(programme=programme, holder_id=user.pk)
    return rows.select_related("case").first()


def hand_out(user: AbstractBaseUser, programme: str) -> Seat | None:
    """Give the user the oldest seat that is theirs to take, one that a lead keeps for them first;
    None when there is none.

    A second press at the same moment may be first at any point here, even before the candidates
    are read: then the seat that it took is this one's answer, too.
    """
    ties = waiting.ties_of(user, programme)
    kept = waiting.kept_for(user, programme, ties)
    for candidate in itertools.chain(kept, waiting.candidates(user, programme, ties)):
        if seat := take(user, candidate, ties.get(candidate.trainee, "")) or held(user, programme):
            return seat
    return held(user, programme)


def renew(seat: Seat) -> bool:
    """Give the holder the full lease again; False when they hold it no more."""
    lease_until = timezone.now() + LEASE
    held = Seat.objects.filter(id=seat.id, holder_id=seat.holder_id, submitted_at__isnull=True)
    if seat.holder_id is None or not held.update(lease_until=lease_until):
        return False
    seat.lease_until = lease_until
    return True


def give_up(seat: Seat, *, keep_for: int | None = None) -> bool:
    """Open a held seat again, for everybody or for one person; False when it is not held.

    What its holder noted stays theirs to read.
    """
    held = Seat.objects.filter(id=seat.id, holder_id=seat.holder_id, submitted_at__isnull=True)
    return bool(
        held.exclude(holder=None).update(
            assessor=None,
            holder=None,
            taken_at=None,
            lease_until=None,
            assigned_to=keep_for,
            tie="",
            tied_place=None,
        )
    )


def withdraw(case: CaseRecord) -> None:
    """Let nobody rate on a case's open and held seats any more. Requires the case's lock.

    A seat on which somebody noted something stays as theirs, so that they can still read it.
    """
    for seat in case.seats.filter(submitted_at__isnull=True):
        draft = seat.drafts.order_by("id").first()
        owner = seat.assessor_id or (draft.assessor_id if draft else None)
        if owner is None:
            seat.delete()
        else:
            Seat.objects.filter(id=seat.id).update(
                assessor=owner, holder=None, lease_until=None, assigned_to=None, tied_place=None
            )


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
    is_theirs = Q(assigned_to__isnull=True) | Q(assigned_to_id=user.pk)
    taken = Seat.objects.filter(is_free & is_theirs, id=candidate.id).update(
        assessor_id=user.pk,
        holder_id=user.pk,
        taken_at=now,
        lease_until=now + LEASE,
        assigned_to=None,
        tie=tie,
        tied_place=1 if tie else None,
    )
    if not taken:
        return None
    if waiting.ties_of(user, candidate.programme).get(candidate.trainee, "") != tie:
        transaction.set_rollback(True)  # a tie was declared just now; the next press knows it
        return None
    seat = Seat.objects.select_related("case").get(id=candidate.id)
    for_assessment.set_status(seat.case.submission, Status.BEING_RATED, only_from=Status.WAITING)
    return seat
