"""What a trainee has answered in a lesson, as plain data for `user_state`: the first and the last
answer to each check.

The last answer counts. Every answer shows feedback on every option, so a check teaches more than
it measures; the first answer is kept because it shows authors where people go wrong.
"""

from typing import Any

from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.lesson import Check, Lesson

State = dict[str, Any]


def chosen(state: State, check: Check) -> frozenset[str] | None:
    """The options chosen last; None when the check was not answered, or its options are gone."""
    kept = _checks(state).get(check.id)
    known = {option.id for option in check.options}
    if not isinstance(kept, dict) or not isinstance(kept.get("last"), list):
        return None
    return frozenset(kept["last"]) & known or None


def answered(state: State, check: Check, options: tuple[str, ...]) -> State:
    """The state after an answer. Raises InvalidError for none, too many, or options that are not
    there.
    """
    picked = sorted(set(options))
    known = {option.id for option in check.options}
    if not picked:
        raise InvalidError({check.id: _("Choose an answer first.")})
    if not set(picked) <= known:
        raise InvalidError({check.id: _("This answer is not one of the options.")})
    if len(picked) > 1 and not check.multiple:
        raise InvalidError({check.id: _("Choose one answer.")})
    checks = _checks(state)
    kept = checks.get(check.id) if isinstance(checks.get(check.id), dict) else {}
    entry = {"first": kept.get("first", picked), "last": picked}
    return {**state, "checks": {**checks, check.id: entry}}


def finished(state: State) -> State:
    """The state after the trainee said that they are through."""
    return {**state, "finished": True}


def open_checks(lesson: Lesson, state: State) -> tuple[Check, ...]:
    """The checks without an answer, in order."""
    return tuple(check for check in lesson.checks if chosen(state, check) is None)


def score(lesson: Lesson, state: State) -> tuple[int, int]:
    """How many checks were answered rightly last, and how many there are."""
    right = sum(chosen(state, check) == check.right for check in lesson.checks)
    return right, len(lesson.checks)


def is_complete(lesson: Lesson, state: State) -> bool:
    """Whether every check is answered and the trainee said that they are through."""
    return bool(state.get("finished")) and not open_checks(lesson, state)


def share(lesson: Lesson, state: State) -> float:
    """How much of the lesson is done, from 0 to 1: each check counts one, and so does saying that
    one is through.
    """
    done = len(lesson.checks) - len(open_checks(lesson, state)) + bool(state.get("finished"))
    return done / (len(lesson.checks) + 1)


def _checks(state: State) -> dict[str, Any]:
    found = state.get("checks")
    return found if isinstance(found, dict) else {}
