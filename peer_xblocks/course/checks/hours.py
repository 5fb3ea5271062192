"""The minutes of a lesson are honest, since certifying bodies count them as training."""

import re
from collections.abc import Iterator

from peer_xblocks.core.lesson import Check, Lesson, Reflection, Text
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.sources import Sources

WORDS_A_MINUTE = 200
MINUTES_A_CHECK = 1.5
MINUTES_A_REFLECTION = 3.0
AT_MOST_TIMES = 1.5

_WORD = re.compile(r"\w[\w'’.-]*")


def honest(sources: Sources) -> Iterator[Problem]:
    """No lesson claims less time than it takes, or over one and a half times as much."""
    for lesson in sources.lessons:
        least = minutes_of(lesson.value)
        claimed = lesson.value.minutes
        hint = (
            f"Reading {words_of(lesson.value)} words at {WORDS_A_MINUTE} a minute, "
            f"{MINUTES_A_CHECK} minutes for each check and "
            f"{MINUTES_A_REFLECTION:.0f} for each reflection "
            f"make {least:.1f}: say {max(1, round(least))} to {max(1, int(least * AT_MOST_TIMES))}."
        )
        if claimed < round(least):
            sentence = f"This lesson takes longer than {claimed} minutes."
            yield lesson.problem(("minutes",), "minutes-too-few", sentence, hint)
        elif claimed > max(1, least * AT_MOST_TIMES):
            sentence = f"This lesson does not take {claimed} minutes."
            yield lesson.problem(("minutes",), "minutes-too-many", sentence, hint)


def minutes_of(lesson: Lesson) -> float:
    """How long a lesson takes: reading all of it, answering its checks, writing its reflections."""
    return (
        words_of(lesson) / WORDS_A_MINUTE
        + len(lesson.checks) * MINUTES_A_CHECK
        + len(lesson.reflections) * MINUTES_A_REFLECTION
    )


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
