"""The minutes of a lesson are honest, since certifying bodies count them as training."""

import re
from collections.abc import Iterator

from peer_xblocks.core.lesson import Check, HoursKind, Lesson, Reflection, Text
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.sources import Sources

WORDS_A_MINUTE = 200
MINUTES_A_CHECK = 1.5
MINUTES_A_REFLECTION = 3.0
MINUTES_A_TRY = 3.0
AT_LEAST_TIMES = 0.9
AT_MOST_TIMES = 1.5

_TRY = re.compile(r"^!!! +try\b", re.MULTILINE)
_WORD = re.compile(r"\w[\w'’.-]*")


def honest(sources: Sources) -> Iterator[Problem]:
    """No lesson claims much less time than it takes, or over one and a half times as much."""
    for lesson in sources.lessons:
        least = minutes_of(lesson.value)
        claimed = lesson.value.minutes
        most = max(1, int(least * AT_MOST_TIMES))
        hint = (
            f"Reading {words_of(lesson.value)} words at {WORDS_A_MINUTE} a minute, "
            f"{MINUTES_A_CHECK} minutes for each check and {MINUTES_A_REFLECTION:.0f} for each "
            f"reflection or thing to try make {least:.1f}: "
            f"say {max(1, round(least))} to {most}."
        )
        if claimed < round(least * AT_LEAST_TIMES):
            sentence = f"This lesson takes longer than {_minutes(claimed)}."
            yield lesson.problem(("minutes",), "minutes-too-few", sentence, hint)
        elif claimed > max(1, least * AT_MOST_TIMES):
            sentence = f"This lesson does not take {_minutes(claimed)}."
            yield lesson.problem(("minutes",), "minutes-too-many", sentence, hint)


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"


def of_their_kind(sources: Sources) -> Iterator[Problem]:
    """A lesson is read on one's own; hours of other kinds are sessions of a guide."""
    for lesson in sources.lessons:
        if lesson.value.hours_kind != HoursKind.SELF_PACED:
            sentence = (
                f"A lesson is read on one's own, so its hours are not {lesson.value.hours_kind}."
            )
            hint = "Live and practicum hours are sessions in a guide for trainers."
            yield lesson.problem(("hours_kind",), "hours-kind", sentence, hint)


def minutes_of(lesson: Lesson) -> float:
    """How long a lesson takes: reading all of it, and everything that it asks somebody to do."""
    return (
        words_of(lesson) / WORDS_A_MINUTE
        + len(lesson.checks) * MINUTES_A_CHECK
        + len(lesson.reflections) * MINUTES_A_REFLECTION
        + tries_of(lesson) * MINUTES_A_TRY
    )


def tries_of(lesson: Lesson) -> int:
    """How many things a trainee is asked to try out."""
    texts = [part.markdown for part in lesson.parts if isinstance(part, Text)]
    return sum(len(_TRY.findall(text)) for text in texts)


def words_of(lesson: Lesson) -> int:
    """How many words a trainee reads in a lesson."""
    texts = list(lesson.objectives)
    for part in lesson.parts:
        if isinstance(part, Text):
            texts.append(re.sub(r"\]\([^)]*\)|\[@[^\]]*\]", " ", part.markdown))
        elif isinstance(part, Check):
            texts.append(part.question)
            texts += [text for option in part.options for text in (option.text, option.feedback)]
        elif isinstance(part, Reflection):
            texts += [part.prompt, part.hint]
    return sum(len(_WORD.findall(text)) for text in texts)
