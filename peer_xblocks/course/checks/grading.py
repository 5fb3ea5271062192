"""The grading policy has what the course is built with, and the dates are in order."""

from collections.abc import Iterator
from datetime import datetime

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.builder import KNOWLEDGE_CHECK, ROLE_PLAY
from peer_xblocks.course.sources import Sources


def types_and_weights(sources: Sources) -> Iterator[Problem]:
    """Each kind of assignment that the course has is graded, and the weights make 100 percent."""
    course = sources.course
    if course is None or not course.items("grading"):
        return
    types = [course.word("grading", n, "type") for n, _one in course.items("grading")]
    weights = [course.at("grading", n, "weight") for n, _one in course.items("grading")]
    wanted = ((KNOWLEDGE_CHECK, sources.lesson_files), (ROLE_PLAY, sources.scenario_files))
    for name, there in wanted:
        if there and name not in types and all(types):
            sentence = f'The grading has no type "{name}", but the course has some.'
            yield course.problem(("grading",), "grading-type", sentence)
    for number, name in enumerate(types):
        if name and name in types[:number]:
            sentence = f'The type "{name}" stands twice.'
            yield course.problem(("grading", number, "type"), "stands-twice", sentence)
    if all(type(weight) is int for weight in weights) and sum(weights) != 100:
        sentence = f"The weights make {sum(weights)} percent; they should make 100."
        yield course.problem(("grading",), "grading-weights", sentence)


def dates_in_order(sources: Sources) -> Iterator[Problem]:
    """A course ends after it starts."""
    course = sources.course
    if course is None:
        return
    start, end = course.at("start"), course.at("end")
    moments = isinstance(start, datetime) and isinstance(end, datetime)
    if moments and start.tzinfo and end.tzinfo and end <= start:
        yield course.problem(("end",), "dates", "The course ends before it starts.")
