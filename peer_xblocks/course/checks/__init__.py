"""What must hold of a course beyond each file by itself: one file a theme, each rule a function from sources to problems."""

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.sources import Sources


def problems_of(sources: Sources) -> list[Problem]:
    """Every problem of the sources: those of reading, then those of every rule."""
    return list(sources.problems)
