"""A result was released or set aside: the platform's gradebook hears of it, where there is one."""

from django.contrib.auth import get_user_model

from peer_xblocks import compat
from peer_xblocks.assessment.values import ReleasedResult


def set_grade(sender: object, result: ReleasedResult, **_: object) -> None:
    """Receive `assessment.signals.released`: passed is full weight, points are points, and practice
    is no grade.
    """
    if result.possible and not result.formative:
        trainee = get_user_model().objects.get(pk=result.trainee_id)
        compat.set_score(trainee, result.course, result.activity, result.earned, result.possible)


def follow(
    sender: object,
    trainee_id: int,
    course: str,
    activity: str,
    best: ReleasedResult | None,
    **_: object,
) -> None:
    """Receive `assessment.signals.set_aside`: the best of what is left counts, or nothing."""
    if best is not None:
        set_grade(sender, best)
    else:
        trainee = get_user_model().objects.get(pk=trainee_id)
        compat.reset_score(trainee, course, activity)
