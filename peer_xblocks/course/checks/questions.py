"""Knowledge checks: enough of them, and none that can be answered without knowing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from peer_xblocks.core.lesson import Check
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Document
from peer_xblocks.course.sources import Sources

ENOUGH_IN_A_MODULE = 8
"""From how many checks on a module's right answers are looked at together."""


def enough_checks(sources: Sources) -> Iterator[Problem]:
    """A lesson has as many checks as the course promises."""
    wanted = sources.standards.checks_per_lesson
    for lesson in sources.lessons:
        there = len(lesson.value.checks)
        if there < wanted:
            sentence = f"This lesson has {there} knowledge checks; the course promises {wanted}."
            yield lesson.problem(1, "too-few-checks", sentence)


def right_answer_not_always_longest(sources: Sources) -> Iterator[Problem]:
    """The longest answer is not always right in a lesson, nor mostly in a module."""
    hint = "Make some right answers shorter, or some wrong ones as careful."
    for lesson in sources.lessons:
        checks = _of_one_answer(lesson.value.checks)
        if len(checks) > 1 and all(_longest_is_right(check) for check in checks):
            sentence = "In every check of this lesson the longest answer is the right one."
            yield lesson.problem(1, "always-longest", sentence, hint)
    for about, checks in _modules(sources):
        longest = sum(_longest_is_right(check) for check in checks)
        if len(checks) >= ENOUGH_IN_A_MODULE and longest * 2 > len(checks):
            sentence = f"In {longest} of {len(checks)} checks of this module the longest is right."
            yield about.problem(1, "mostly-longest", sentence, hint)


def right_answer_not_always_in_one_place(sources: Sources) -> Iterator[Problem]:
    """Right answers are not all in one place in a lesson, nor most of them in a module."""
    for lesson in sources.lessons:
        places = [_place(check) for check in _of_one_answer(lesson.value.checks)]
        if len(places) > 2 and len(set(places)) == 1:
            sentence = f"In every check of this lesson answer {places[0]} is the right one."
            yield lesson.problem(1, "always-same-place", sentence, "Change the order of some.")
    for about, checks in _modules(sources):
        if len(checks) >= ENOUGH_IN_A_MODULE:
            ((place, often),) = Counter(map(_place, checks)).most_common(1)
            if often * 2 > len(checks):
                sentence = (
                    f"In {often} of {len(checks)} checks of this module answer {place} is right."
                )
                yield about.problem(1, "mostly-same-place", sentence, "Change the order of some.")


def _modules(sources: Sources) -> Iterator[tuple[Document, list[Check]]]:
    """Each module with the checks of its sound lessons that have one right answer."""
    sound = {lesson.file: lesson.value.checks for lesson in sources.lessons}
    for module in sources.modules:
        checks = [check for one in module.lessons for check in sound.get(one.file, ())]
        if module.about:
            yield module.about, _of_one_answer(checks)


def _of_one_answer(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if not check.multiple]


def _place(check: Check) -> int:
    """Where the right answer stands, from 1."""
    return [option.correct for option in check.options].index(True) + 1


def _longest_is_right(check: Check) -> bool:
    longest = max(check.options, key=lambda option: len(option.text))
    return longest.correct
