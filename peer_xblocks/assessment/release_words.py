"""What a lead says with a release: one or two coaching goals, and a few words."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from peer_xblocks.core.record import Goal
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.work.text import storable

LONGEST_MESSAGE = 4_000


class Words(NamedTuple):
    """The goals and the message of one release."""

    goals: tuple[Goal, ...]
    message: str


def words_of(goals: tuple[Goal, ...], message: str) -> Words:
    """Goals and message as they are kept."""
    kept = tuple(goal.model_copy(update={"text": storable(goal.text).strip()}) for goal in goals)
    return Words(kept, storable(message).strip())


def problems_with(rubric: Rubric, words: Words) -> dict[str, str]:
    """What keeps these words from being released, by place; nothing when they are whole."""
    goals = words.goals
    problems: dict[str, str] = {}
    if not 1 <= len(goals) <= 2:
        problems["goals"] = _("Give one or two coaching goals.")
    if any(not goal.text for goal in goals):
        problems["goals"] = _("A goal needs a few words.")
    if any(goal.criterion and rubric.criterion(goal.criterion) is None for goal in goals):
        problems["goals"] = _("A goal names a criterion that is not in the rubric.")
    if len(words.message) > LONGEST_MESSAGE:
        problems["message"] = _("Please keep this under %s characters.") % LONGEST_MESSAGE
    return problems
