"""A scene can be done in each way it offers, and left for another of its module at no cost."""

from collections.abc import Iterator

from peer_xblocks.core.problem import Problem
from peer_xblocks.core.scenario import Mode
from peer_xblocks.course.builder import ROLE_PLAY
from peer_xblocks.course.sources import ModuleSource, Sources


def prompted_has_lines(sources: Sources) -> Iterator[Problem]:
    """Who answers prompts needs some."""
    for one in sources.scenarios:
        scenario = one.value.scenario
        if Mode.PROMPTED in scenario.modes and not scenario.actor.prompted_lines:
            sentence = 'The mode "prompted" needs lines of the actor, and there are none.'
            hint = 'Write "prompted_lines" below "actor", or take the mode out.'
            yield one.problem(("modes",), "no-prompted-lines", sentence, hint)


def others_are_filled_in(sources: Sources) -> Iterator[Problem]:
    """The other scenes of a module are known from its folder, so nobody writes them down here."""
    for one in sources.scenarios:
        if one.value.heading.others:
            sentence = "The other scenes of a module are filled in when the course is built."
            yield one.problem(("others",), "filled-in", sentence, 'Take "others" out.')


def swapping_costs_nothing(sources: Sources) -> Iterator[Problem]:
    """In each module with several graded scenes one may be left out without losing points."""
    course = sources.course
    if course is None:
        return
    free = sum(_graded(module) > 1 for module in sources.modules)
    for number, _one in course.items("grading"):
        if course.word("grading", number, "type") != ROLE_PLAY:
            continue
        place = ("grading", number)
        drop = _whole(course.at(*place, "drop_count"), 0)
        if drop < free:
            sentence = (
                f"Modules in which a trainee may leave one scene for another: {free}. The grade "
                f"leaves out {drop}, so a scene that was left would count as not done."
            )
            yield course.problem(
                place, "swap-costs", sentence, f"Set drop_count to {free} or more."
            )
        if drop > _whole(course.at(*place, "min_count"), 1):
            sentence = "Studio does not save a grading that drops more than min_count."
            yield course.problem(place, "drop-count", sentence, f"Set min_count to {drop} or more.")


def _graded(module: ModuleSource) -> int:
    """How many role plays of a module have a grade, as far as they could be read."""
    return sum(one.at("formative") is not True for one in module.scenarios)


def _whole(found: object, default: int) -> int:
    return found if type(found) is int else default
