"""How seats are handed out: the oldest first, each to one assessor, by one conditional UPDATE a
try.

Several who press at once look at the same few candidates; the UPDATE says who got which, and unique
constraints hold what a WHERE cannot see: one seat of a submission for each assessor, one tied rater
at most, one held seat at a time. Works alike on SQLite, MariaDB and PostgreSQL, and costs the same
however many are waiting.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_xblocks.assessment.models import BLIND_SEATS, Qualification, Seat, SeatSkip, Tie
from peer_xblocks.assessment.values import MAY_RATE
from peer_xblocks.records.transactions import run
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

LEASE = timedelta(minutes=30)
_BATCH = 8
_ROUNDS = 8


class _Candidate(NamedTuple):
    queued_at: datetime
    id: int
    trainee: int
    submission: Any


def held(user: AbstractBaseUser, programme: str) -> Seat | None:
    """The seat that the user holds in a programme, with its case."""
    rows = Seat.objects.filter(programme=programme, holder_id=user.pk)
    return rows.select_related("case").first()


def hand_out(user: AbstractBaseUser, programme: str) -> Seat | None:
    """Give the user the oldest seat that is theirs to take, None when there is none."""
    ties = ties_of(user, programme)
    for _ in range(_ROUNDS):
        found = candidates(user, programme, ties)
        if not found:
            return None
        for candidate in found:
            if take(user, candidate, ties.get(candidate.trainee, "")):
                return held(user, programme)
            if seat := held(user, programme):  # a second press at the same moment was first
                return seat
    return None


def renew(seat: Seat) -> None:
    """Give the holder the full lease again."""
    lease_until = timezone.now() + LEASE
    if Seat.objects.filter(id=seat.id, holder_id=seat.holder_id).update(lease_until=lease_until):
        seat.lease_until = lease_until


def ties_of(user: AbstractBaseUser, programme: str) -> dict[int, str]:
    """The trainees to whom the user is tied now, and how."""
    now = timezone.now()
    rows = Tie.objects.filter(
        Q(since__isnull=True) | Q(since__lte=now),
        Q(until__isnull=True) | Q(until__gt=now),
        assessor_id=user.pk,
        programme=programme,
    )
    return dict(rows.values_list("trainee_id", "kind"))


def open_to(user: AbstractBaseUser, programme: str, ties: Iterable[int]) -> QuerySet[Seat]:
    """The seats of a programme that the user may take once they are free: not a query for free
    ones.
    """
    beside = Seat.objects.filter(case=OuterRef("case"))
    rows = Seat.objects.filter(
        ~Exists(beside.filter(assessor_id=user.pk)),
        ~Exists(SeatSkip.objects.filter(case=OuterRef("case"), assessor_id=user.pk)),
        programme=programme,
    ).exclude(case__trainee_id=user.pk)
    if tied := list(ties):
        theirs, has_one = Q(case__trainee_id__in=tied), Exists(beside.filter(tied_place=1))
        rows = rows.exclude(theirs & (~Q(number__in=BLIND_SEATS) | has_one))
    if programme in getattr(settings, "PEER_XBLOCKS_QUALIFICATION_REQUIRED", ()):
        rows = rows.filter(case__rubric_key__in=rubrics_of(user, programme))
    return rows


def rubrics_of(user: AbstractBaseUser, programme: str) -> list[str]:
    """The rubrics that the user is qualified to rate by now: the newest word on each counts."""
    said = Qualification.objects.filter(assessor_id=user.pk, programme=programme).order_by("id")
    newest = dict(said.values_list("rubric_key", "state"))
    return [rubric for rubric, state in newest.items() if state in MAY_RATE]


def candidates(user: AbstractBaseUser, programme: str, ties: dict[int, str]) -> list[_Candidate]:
    rows = open_to(user, programme, ties).order_by("queued_at", "id")
    fields = ("queued_at", "id", "case__trainee_id", "case__submission")
    free = rows.filter(assessor__isnull=True).values_list(*fields)[:_BATCH]
    lapsed = rows.filter(lease_until__lt=timezone.now()).values_list(*fields)[:_BATCH]
    return sorted(_Candidate(*row) for row in (*free, *lapsed))[:_BATCH]


def take(user: AbstractBaseUser, candidate: _Candidate, tie: str) -> bool:
    """Try to take one seat; false when someone else was first."""
    try:
        return run(lambda: _taken(user, candidate, tie), joins=True)
    except IntegrityError:
        return False  # one of the unique constraints on Seat; its comment says which promise


@transaction.atomic
def _taken(user: AbstractBaseUser, candidate: _Candidate, tie: str) -> bool:
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
    if taken:
        submission, waiting = candidate.submission, Status.WAITING
        for_assessment.set_status(submission, Status.BEING_RATED, only_from=waiting)
    return bool(taken)
