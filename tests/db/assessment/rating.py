"""Rating, settling and releasing in few words."""

from django.contrib.auth.models import User

from peer_xblocks.assessment.api import ratings, releases, seats
from peer_xblocks.core.record import Goal
from tests.db.work.scene import PROGRAMME
from tests.unit.core.performances import rating

GOALS = (Goal(criterion="other", text="Leave a pause after a question."),)


def rate(user: User, levels=(3, 3, 3), errors=(), asks=False, **more):
    """Take the next seat and submit a rating that comes to these levels."""
    seat = seats.take_next(user, PROGRAMME)
    one = rating(levels, errors, asks).model_copy(update=more)
    return ratings.submit(user, seat.id, one, f"key {seat.id}")


def release(user: User, submission_id, key="release"):
    """Release a settled result with one goal."""
    return releases.release(user, submission_id, GOALS, "Well begun.", key)
