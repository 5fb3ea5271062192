"""Submitting a rating, and reading own ones. A rating is never changed afterwards, by anyone."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from peer_xblocks.assessment import reach, resolving, watching
from peer_xblocks.assessment.editions import editions_of, rubric_of
from peer_xblocks.assessment.models import RatingRecord
from peer_xblocks.assessment.rows import rating_info
from peer_xblocks.assessment.submitting import submit_rating
from peer_xblocks.assessment.values import RatingInfo
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.rating import Rating
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scoring import problems_of
from peer_xblocks.records.api import grants
from peer_xblocks.work.api import for_assessment


def submit(user: AbstractBaseUser, seat_id: UUID | str, rating: Rating, key: str) -> RatingInfo:
    """Submit the rating on the user's own seat; the same again answers the rating that was made.

    When it is the last one, the rule is applied right after, in a transaction of its own. Raises
    InvalidError naming each criterion that is open or wrong, ConflictError when another rating was
    submitted here before.
    """
    seat = reach.own_seat(user, seat_id)
    editions = editions_of(seat.case)
    length_ms = None
    if rating.names_moments:
        length_ms = for_assessment.performance(seat.case.submission).milliseconds
    problems = problems_of(editions.rubric, editions.critical_errors, rating, length_ms)
    if problems:
        raise InvalidError(problems)
    rating = watching.with_statement(user, seat, rating)
    info, is_due = submit_rating(user, seat, editions.rubric, rating, key[:64])
    if is_due:
        resolving.begin(seat.case_id)
    return info


def mine(user: AbstractBaseUser, programme: str) -> tuple[RatingInfo, ...]:
    """The user's own ratings in a programme, the newest first, at most 100."""
    grants.require(user, programme, *reach.RATERS)
    rows = RatingRecord.objects.filter(assessor_id=user.pk, case__programme=programme)
    newest = rows.select_related("seat", "case").order_by("-submitted_at", "-id")[:100]
    rubrics: dict[str, Rubric] = {}
    found = []
    for row in newest:
        digest = row.case.rubric_sha256
        rubric = rubrics[digest] = rubrics.get(digest) or rubric_of(row.case)
        found.append(rating_info(row, rubric))
    return tuple(found)
