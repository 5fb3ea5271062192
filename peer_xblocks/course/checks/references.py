"""What one file names in another is there: rubrics, critical errors, competencies."""

from collections.abc import Iterator

from peer_xblocks.authoring.refusals import Place, did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.course.files import Document, Source
from peer_xblocks.course.sources import CRITICAL_ERRORS, Sources


def known_rubrics(sources: Sources) -> Iterator[Problem]:
    """Every scenario names a rubric that has a file, read or not."""
    known = {path.stem for path in sources.rubrics_folder.glob("*.yaml")}
    known.discard(CRITICAL_ERRORS.removesuffix(".yaml"))
    for scenario in sources.scenario_files:
        name = scenario.word("rubric")
        if name and name not in known and not _told(sources, scenario, name):
            sentence = f'There is no rubric "{name}".'
            yield scenario.problem(("rubric",), "unknown-rubric", sentence, _help(name, known))


def known_critical_errors(sources: Sources) -> Iterator[Problem]:
    """Every critical error that a scenario watches for is in the common list."""
    errors = sources.errors
    if errors is None:
        return
    known = {errors.word("errors", n, "code") for n, _error in errors.items("errors")}
    for scenario in sources.scenario_files:
        for number, _watched in scenario.items("assessor", "critical"):
            place: Place = ("assessor", "critical", number, "code")
            code = scenario.word(*place)
            if code and code not in known and not _told(sources, scenario, code):
                sentence = f'There is no critical error "{code}".'
                hint = f"Known: {', '.join(sorted(known))}."
                yield scenario.problem(place, "unknown-critical-error", sentence, hint)


def known_competencies(sources: Sources) -> Iterator[Problem]:
    """Every competency that is named is in the framework."""
    known = sources.competency_ids
    if not known:
        return
    for one in (*sources.lesson_files, *sources.scenario_files):
        yield from _unknown(sources, one, one.words("competencies"), known)
    for dialogue in sources.dialogue_files:
        yield from _unknown(sources, dialogue, list(_of_choices(dialogue)), known)
    for plan in sources.plan_files:
        for section, _section in plan.items("sections"):
            for number, _field in plan.items("sections", section, "fields"):
                named = plan.words("sections", section, "fields", number, "competencies")
                yield from _unknown(sources, plan, named, known)
    for guide in sources.guide_files:
        for number, _session in guide.items("sessions"):
            named = guide.words("sessions", number, "competencies")
            yield from _unknown(sources, guide, named, known)
    for rubric in sources.rubrics.values():
        for number, _criterion in rubric.items("criteria"):
            named = rubric.words("criteria", number, "competencies")
            yield from _unknown(sources, rubric, named, known)


def _of_choices(dialogue: Document) -> Iterator[tuple[Place, str]]:
    """The competency of every choice, with its place."""
    for number, _scene in dialogue.items("scenes"):
        for position, _choice in dialogue.items("scenes", number, "choices"):
            place: Place = ("scenes", number, "choices", position, "competency")
            if dialogue.word(*place):
                yield place, dialogue.word(*place)


def unknown_competencies(
    sources: Sources, document: Document, *place: str | int
) -> Iterator[Problem]:
    """Competencies in an entry's list that are not in the framework."""
    known = sources.competency_ids
    if known:
        yield from _unknown(sources, document, document.words(*place, "competencies"), known)


def competencies_are_rated(sources: Sources) -> Iterator[Problem]:
    """What a scenario lists is rated by its rubric, and what a rubric rates some scenario lists."""
    sound = {
        key: one
        for key, one in sources.rubrics.items()
        if isinstance(one, Source) and _all_known(sources, one)
    }
    for scenario in sources.scenarios:
        found = sound.get(scenario.value.scenario.rubric)
        rated = _rated(found) if found else None
        for number, name in enumerate(scenario.value.scenario.competencies):
            if rated is not None and name not in rated:
                sentence = f'No criterion of "{scenario.value.scenario.rubric}" rates {name}.'
                hint = "Add it to a criterion, or take it out here."
                yield scenario.problem(("competencies", number), "not-rated", sentence, hint)
    if len(sources.scenarios) == len(sources.scenario_files) and not sources.unread:
        for key, rubric in sound.items():
            yield from _rated_in_vain(sources, key, rubric)


def _rated_in_vain(sources: Sources, key: str, rubric: Source[Rubric]) -> Iterator[Problem]:
    using = [one.value.scenario for one in sources.scenarios if one.value.scenario.rubric == key]
    listed = {name for scenario in using for name in scenario.competencies}
    for number, criterion in enumerate(rubric.value.criteria):
        for position, name in enumerate(criterion.competencies):
            if using and name not in listed:
                sentence = f"No scenario with this rubric lists {name}."
                place = ("criteria", number, "competencies", position)
                hint = "Add it to a scenario, or take it out here."
                yield rubric.problem(place, "not-listed", sentence, hint)


def _all_known(sources: Sources, rubric: Source[Rubric]) -> bool:
    """Whether a rubric rates what the framework has; else that is told, and nothing follows."""
    return _rated(rubric) <= sources.competency_ids


def _rated(rubric: Source[Rubric]) -> set[str]:
    return {name for one in rubric.value.criteria for name in one.competencies}


def _unknown(
    sources: Sources, source: Document, named: list[tuple[Place, str]], known: set[str]
) -> Iterator[Problem]:
    for place, name in named:
        if name not in known and not _told(sources, source, name):
            sentence = f'There is no competency "{name}" in the framework.'
            yield source.problem(place, "unknown-competency", sentence, _help(name, known))


def _help(name: str, known: set[str]) -> str:
    return did_you_mean(name, known) or (
        f"Known: {', '.join(sorted(known))}." if len(known) < 16 else ""
    )


def _told(sources: Sources, document: Document, name: str) -> bool:
    """Whether reading already found a fault in this very name, such as one of no known form."""
    told = [one.sentence for one in sources.problems if one.file == document.file]
    return any(f'"{name}"' in sentence for sentence in told)
