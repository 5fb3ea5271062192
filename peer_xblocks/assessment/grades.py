"""A result was released: the platform's gradebook hears of it, where there is one."""

from django.contrib.auth import get_user_model

from peer_xblocks import compat
from peer_xblocks.assessment.values import ReleasedResult


def set_grade(sender: object, result: ReleasedResult, **_: object) -> None:
    """Receive `assessment.signals.released`: passed is full weight, points are points."""
    if result.possible:
        trainee = get_user_model().objects.get(pk=result.trainee_id)
        compat.set_score(trainee, result.course, result.activity, result.earned, result.possible)
