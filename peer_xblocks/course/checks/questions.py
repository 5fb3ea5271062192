"""Knowledge checks that can be answered without knowing: worth another look, but no fault."""

from collections.abc import Iterator

from peer_xblocks.core.lesson import Check
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.sources import Sources


def right_answer_not_always_longest(sources: Sources) -> Iterator[Problem]:
    """In a lesson with several checks, the right answer is not the longest in each."""
    for lesson in sources.lessons:
        checks = lesson.value.checks
        if len(checks) > 1 and all(_longest_is_right(check) for check in checks):
            sentence = "In every check of this lesson the longest answer is the right one."
            hint = "Make some right answers shorter, or some wrong ones as careful."
            yield lesson.problem(1, "always-longest", sentence, hint)


def right_answer_not_always_in_one_place(sources: Sources) -> Iterator[Problem]:
    """In a lesson with three checks or more, the right answers are not all in the same place."""
    for lesson in sources.lessons:
        places = [
            tuple(option.correct for option in check.options).index(True)
            for check in lesson.value.checks
        ]
        if len(places) > 2 and len(set(places)) == 1:
            sentence = f"In every check of this lesson answer {places[0] + 1} is the right one."
            yield lesson.problem(1, "always-same-place", sentence, "Change the order of some.")


def _longest_is_right(check: Check) -> bool:
    longest = max(check.options, key=lambda option: len(option.text))
    return longest.correct
