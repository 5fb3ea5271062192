"""The grading policy has what the course is built with, and the dates are in order."""

from collections.abc import Iterator

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.builder import KNOWLEDGE_CHECK, ROLE_PLAY
from peer_xblocks.course.files import Source
from peer_xblocks.course.sources import Sources


def types_and_weights(sources: Sources) -> Iterator[Problem]:
    """Each kind of assignment that the course has is graded, and the weights make 100 percent."""
    if not isinstance(sources.course, Source):
        return
    grading = sources.course.value.grading
    types = [one.type for one in grading]
    wanted = ((KNOWLEDGE_CHECK, sources.lesson_files), (ROLE_PLAY, sources.scenario_files))
    for name, there in wanted:
        if there and name not in types:
            sentence = f'The grading has no type "{name}", but the course has some.'
            yield sources.course.problem(("grading",), "grading-type", sentence)
    for number, name in enumerate(types):
        if name in types[:number]:
            sentence = f'The type "{name}" stands twice.'
            yield sources.course.problem(("grading", number, "type"), "stands-twice", sentence)
    total = sum(one.weight for one in grading)
    if total != 100:
        sentence = f"The weights make {total} percent; they should make 100."
        yield sources.course.problem(("grading",), "grading-weights", sentence)


def dates_in_order(sources: Sources) -> Iterator[Problem]:
    """A course ends after it starts."""
    course = sources.course
    if isinstance(course, Source) and course.value.end <= course.value.start:
        yield course.problem(("end",), "dates", "The course ends before it starts.")
