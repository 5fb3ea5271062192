"""What one file names in another is there: rubrics, critical errors, competencies."""

from collections.abc import Iterator

from peer_xblocks.authoring.refusals import Place, did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Held, Source
from peer_xblocks.course.sources import CRITICAL_ERRORS, Sources


def known_rubrics(sources: Sources) -> Iterator[Problem]:
    """Every scenario names a rubric that has a file, read or not."""
    known = {path.stem for path in sources.rubrics_folder.glob("*.yaml")}
    known.discard(CRITICAL_ERRORS.removesuffix(".yaml"))
    for scenario in sources.scenarios:
        name = scenario.value.scenario.rubric
        if name not in known:
            sentence = f'There is no rubric "{name}".'
            yield scenario.problem(("rubric",), "unknown-rubric", sentence, _help(name, known))


def known_critical_errors(sources: Sources) -> Iterator[Problem]:
    """Every critical error that a scenario watches for is in the common list."""
    if sources.errors is None:
        return
    known = {error.code for error in sources.errors.value.errors}
    for scenario in sources.scenarios:
        for number, watched in enumerate(scenario.value.scenario.assessor.critical):
            if watched.code not in known:
                place = ("assessor", "critical", number, "code")
                sentence = f'There is no critical error "{watched.code}".'
                hint = f"Known: {', '.join(sorted(known))}."
                yield scenario.problem(place, "unknown-critical-error", sentence, hint)


def known_competencies(sources: Sources) -> Iterator[Problem]:
    """Every competency that is named is in the framework."""
    if sources.framework is None:
        return
    known = {competency.id for competency in sources.framework.value.competencies}
    for lesson in sources.lessons:
        yield from _unknown(lesson, ("competencies",), lesson.value.competencies, known)
    for scenario in sources.scenarios:
        named = scenario.value.scenario.competencies
        yield from _unknown(scenario, ("competencies",), named, known)
    for rubric in sources.rubrics.values():
        for number, criterion in enumerate(rubric.value.criteria):
            place = ("criteria", number, "competencies")
            yield from _unknown(rubric, place, criterion.competencies, known)


def _unknown(
    source: Source[Held], place: Place, named: tuple[str, ...], known: set[str]
) -> Iterator[Problem]:
    for number, name in enumerate(named):
        if name not in known:
            sentence = f'There is no competency "{name}" in the framework.'
            hint = _help(name, known)
            yield source.problem((*place, number), "unknown-competency", sentence, hint)


def _help(name: str, known: set[str]) -> str:
    return did_you_mean(name, known) or (
        f"Known: {', '.join(sorted(known))}." if len(known) < 16 else ""
    )
