"""What a released result leaves to work on: on one criterion, and for passing."""

from dataclasses import dataclass

from peer_xblocks.assessment.values import CriterionFeedback, Feedback, SeenCriterion
from peer_xblocks.core.rubric import Behaviour, BehaviourKind
from peer_xblocks.core.scoring import PASSING_LEVEL


@dataclass(frozen=True)
class StillOpen:
    """The basics that keep a criterion at level 2, and the other behaviours after them.

    `by_all`: both raters decided; else the rating or ratings of the level that stands.
    """

    basics: tuple[Behaviour, ...]
    others: tuple[Behaviour, ...]
    of: int
    by_all: bool


def still_open(item: CriterionFeedback) -> StillOpen:
    """What was missing for level 3 in the ratings that the result on a criterion rests on."""
    decided = [one for one in item.seen if one.level == item.level]
    basics = item.criterion.of_kind(BehaviourKind.BASIC)
    missing: tuple[Behaviour, ...] = ()
    if item.level is not None and item.level < PASSING_LEVEL:
        missing = tuple(
            basic for basic in basics if any(basic.id not in one.behaviours for one in decided)
        )
    return StillOpen(
        basics=missing,
        others=tuple(one for one in item.criterion.behaviours if one not in missing),
        of=len(basics),
        by_all=item.how in ("same", "lower") and len(item.seen) == 2,
    )


def held_back(feedback: Feedback) -> tuple[SeenCriterion, ...]:
    """The criteria that alone keep a result from being passed, in the rubric's order.

    Empty when it is passed, and when it was a critical error or the number of others below 3.
    """
    if feedback.passed:
        return ()
    return tuple(item.criterion for item in feedback.criteria if item.decisive)
