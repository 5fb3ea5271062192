"""Which seats an assessor may take, the oldest first.

One plain index range, and the rules in Python: whichever database it is, it has no plan to choose,
and a press costs the same however many are waiting.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_xblocks.assessment.models import BLIND_SEATS, Qualification, Seat, SeatExclusion, Tie
from peer_xblocks.assessment.values import MAY_RATE

_FIRST_PAGE, _LARGEST_PAGE = 8, 1024


class Candidate(NamedTuple):
    """A seat that was free a moment ago, and what the rules ask of it."""

    queued_at: datetime
    id: int
    case: int
    number: int
    trainee: int
    rubric: str
    assigned_to: int | None
    programme: str


_FIELDS = (
    *("queued_at", "id", "case_id", "number", "trainee_id", "rubric_key", "assigned_to_id"),
    "programme",
)


def candidates(user: AbstractBaseUser, programme: str, ties: dict[int, str]) -> Iterator[Candidate]:
    """The seats that the user may take, free ones and ones whose lease ran out, the oldest first.

    `ties` are the user's, as `ties_of` answers them.
    """
    rows = Seat.objects.filter(programme=programme, lease_until__lt=timezone.now())
    lapsed = sorted(_candidates(rows))
    rubrics = _rubrics_asked_for(user, programme)
    for page in _pages(user, programme, lapsed):
        yield from _permitted(user, page, ties, rubrics)


def kept_for(user: AbstractBaseUser, programme: str, ties: dict[int, str]) -> list[Candidate]:
    """The open seats that a lead keeps for the user and that the rules still let them take."""
    rows = Seat.objects.filter(assigned_to_id=user.pk, programme=programme, assessor__isnull=True)
    rubrics = _rubrics_asked_for(user, programme)
    return list(_permitted(user, sorted(_candidates(rows)), ties, rubrics))


def _candidates(rows: QuerySet[Seat]) -> Iterator[Candidate]:
    return (Candidate(*row) for row in rows.values_list(*_FIELDS))


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


def _pages(
    user: AbstractBaseUser, programme: str, lapsed: list[Candidate]
) -> Iterator[list[Candidate]]:
    """All free seats and these, in order.

    A small page first, for nearly always it is enough. Only where it was not, the database leaves
    out what the user rated: it may collect all of that before it begins.
    """
    rated = Seat.objects.filter(case=OuterRef("case"), assessor_id=user.pk)
    free = Seat.objects.filter(programme=programme, assessor__isnull=True)
    last: Candidate | None = None
    size = _FIRST_PAGE
    while True:
        rows = free
        if last is not None:
            rows = free.filter(~Exists(rated), queued_at__gte=last.queued_at)
        # `assessor` is null in all: named, so that PostgreSQL reads them in order from the index.
        found = list(_candidates(rows.order_by("assessor_id", "queued_at", "id")[:size]))
        fresh = [one for one in found if last is None or one > last]
        is_last = len(found) < size
        due = [one for one in lapsed if is_last or not fresh or one <= fresh[-1]]
        lapsed = lapsed[len(due) :]
        yield list(heapq.merge(fresh, due))
        if is_last:
            return
        last = fresh[-1] if fresh else last
        size = min(size * 8, _LARGEST_PAGE) if fresh else size * 8


def _permitted(
    user: AbstractBaseUser,
    page: list[Candidate],
    ties: dict[int, str],
    rubrics: frozenset[str] | None,
) -> Iterator[Candidate]:
    """Those of a page that the rules let the user take.

    `eligible` asks the same from the other side; a test holds the two together.
    """
    cases = {one.case for one in page}
    seats = Seat.objects.filter(case__in=cases)
    closed = set(seats.filter(assessor_id=user.pk).values_list("case_id", flat=True))
    excluded = SeatExclusion.objects.filter(case__in=cases, assessor_id=user.pk)
    closed.update(excluded.values_list("case_id", flat=True))
    if any(one.trainee in ties for one in page):
        closed.update(_tied(page, ties))
    for one in page:
        is_kept_for_another = one.assigned_to not in (None, user.pk)
        is_third_of_tied = one.trainee in ties and one.number not in BLIND_SEATS
        is_shut = one.case in closed or one.trainee == user.pk
        if is_shut or is_kept_for_another or is_third_of_tied:
            continue
        if _is_qualified(user, one, rubrics):
            yield one


def _is_qualified(user: AbstractBaseUser, one: Candidate, rubrics: frozenset[str] | None) -> bool:
    """Whether the user may rate by its rubric.

    A third rater has to be qualified in every programme, the blind two only where it asks.
    """
    if rubrics is None and one.number not in BLIND_SEATS:
        rubrics = qualified_for(user, one.programme)
    return rubrics is None or one.rubric in rubrics


def _tied(page: Iterable[Candidate], ties: dict[int, str]) -> Iterable[int]:
    """The cases of trainees tied to the user that have a tied rater already."""
    cases = {one.case for one in page if one.trainee in ties}
    return Seat.objects.filter(case__in=cases, tied_place=1).values_list("case_id", flat=True)


def _rubrics_asked_for(user: AbstractBaseUser, programme: str) -> frozenset[str] | None:
    """The rubrics that the user is qualified for, where the programme asks; None where it does not.

    The setting PEER_XBLOCKS_QUALIFICATION_REQUIRED names the programmes that ask.
    """
    return qualified_for(user, programme) if asks_qualification(programme) else None


def asks_qualification(programme: str) -> bool:
    """Whether a programme lets only the qualified rate. A third rating asks for it in any."""
    return programme in getattr(settings, "PEER_XBLOCKS_QUALIFICATION_REQUIRED", ())


def qualified_for(user: AbstractBaseUser, programme: str) -> frozenset[str]:
    """The rubrics by which the user may rate. The newest word on each counts."""
    said = Qualification.objects.filter(assessor_id=user.pk, programme=programme).order_by("id")
    newest = dict(said.values_list("rubric_key", "state"))
    return frozenset(rubric for rubric, state in newest.items() if state in MAY_RATE)
