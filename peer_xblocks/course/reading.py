"""Reads the files of a curriculum and its rubrics, and reads on where one of them is faulty.

Where a list of files cannot be read, the files that are there are taken in its place, so that their
problems are told in the same go.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from peer_xblocks.authoring import (
    certification,
    dialogue,
    facts,
    framework,
    guide,
    lesson,
    plan,
    plan_words,
    rubric,
    scenario,
)
from peer_xblocks.authoring.attempt import Attempt, of_model, plain, valued
from peer_xblocks.authoring.refusals import Place, did_you_mean
from peer_xblocks.core.fact import Fact
from peer_xblocks.core.framework import Framework
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.core.value import Value
from peer_xblocks.course.files import BlueprintFile, CourseFile, Document, ModuleFile, Source
from peer_xblocks.course.sources import (
    BLUEPRINT,
    CERTIFICATION,
    CRITICAL_ERRORS,
    DIALOGUES,
    FACTS,
    GUIDES,
    PLANS,
    ROLE_PLAYS,
    ModuleSource,
    Read,
    Sources,
)

Held = TypeVar("Held")
Model = TypeVar("Model", bound=Value)
Reader = Callable[[str, str], Attempt[Held]]

COURSE = "course.yaml"
MODULE = "module.yaml"
FRAMEWORK = "competencies.yaml"


def read(curriculum: Path, rubrics: Path) -> Sources:
    """All sources of a course; what cannot be read is among the problems."""
    sources = Sources(curriculum, rubrics)
    _read_rubrics(sources)
    sources.course = _load(sources, curriculum / COURSE, _file_of(CourseFile))
    sources.framework = _read_framework(sources)
    if (curriculum / FACTS).exists():
        sources.facts = _load(sources, curriculum / FACTS, facts.attempt)
    if (curriculum / BLUEPRINT).exists():
        sources.blueprint = _load(sources, curriculum / BLUEPRINT, _file_of(BlueprintFile))
    if (curriculum / plan_words.FILE).exists():
        sources.plan_words = _load(sources, curriculum / plan_words.FILE, plan_words.attempt)
    for path in sorted((curriculum / CERTIFICATION).glob("*.yaml")):
        profile = _load(sources, path, certification.attempt)
        if profile:
            sources.profiles[path.stem] = profile
    names = _listed(sources.course, "modules")
    if names is None:
        folders = sorted(path.parent.name for path in curriculum.glob(f"*/{MODULE}"))
    else:
        sources.modules_listed = frozenset(name for _place, name in names)
        folders = _there(sources, sources.course, names, curriculum)
    sources.modules = [_module(sources, folder) for folder in folders]
    return sources


def _read_rubrics(sources: Sources) -> None:
    folder = sources.rubrics_folder
    sources.errors = _load(sources, folder / CRITICAL_ERRORS, rubric.attempt_errors)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != CRITICAL_ERRORS:
            found = _load(sources, path, rubric.attempt)
            if found:
                sources.rubrics[path.stem] = found


def _read_framework(sources: Sources) -> Read[Framework] | None:
    course, name = sources.course, FRAMEWORK
    if course and course.word("framework"):
        place: Place = ("framework",)
        names = _there(sources, course, [(place, course.word(*place))], sources.curriculum)
        if not names:
            return None
        name = names[0]
    elif not (sources.curriculum / name).is_file():
        return None
    return _load(sources, sources.curriculum / name, _framework)


def _module(sources: Sources, folder: str) -> ModuleSource:
    path = sources.curriculum / folder
    about = _load(sources, path / MODULE, _file_of(ModuleFile))
    listed: dict[str, frozenset[str]] = {}

    def parts(member: str, inside: Path, pattern: str, reader: Reader[Held]) -> list[Read[Held]]:
        names = _listed(about, member)
        if names is None:
            files = sorted(file.name for file in inside.glob(pattern))
        else:
            listed[member] = frozenset(name for _place, name in names)
            files = _there(sources, about, names, inside)
        found = [_load(sources, inside / name, reader) for name in files]
        return [one for one in found if one]

    known = {fact.id: fact for fact in _facts(sources)}
    lessons = parts(
        "lessons", path, "[0-9]*.md", lambda text, file: lesson.attempt(text, file, known)
    )
    dialogues = parts("dialogues", path / DIALOGUES, "*.yaml", dialogue.attempt)
    plans = parts("plans", path / PLANS, "*.yaml", plan.attempt)
    scenarios = parts("role_plays", path / ROLE_PLAYS, "*.yaml", scenario.attempt)
    guides = parts(
        "guides", path / GUIDES, "*.md", lambda text, file: guide.attempt(text, file, known)
    )
    return ModuleSource(
        folder,
        about,
        tuple(lessons),
        tuple(dialogues),
        tuple(plans),
        tuple(scenarios),
        tuple(guides),
        listed,
    )


def _facts(sources: Sources) -> tuple[Fact, ...]:
    """The facts of this curriculum, none while its list has a fault."""
    return sources.facts.value.facts if isinstance(sources.facts, Source) else ()


def _load(sources: Sources, path: Path, reader: Reader[Held]) -> Read[Held] | None:
    """One file; None when nothing of it could be read. Its problems are noted."""
    file = sources.name(path)
    try:
        text = _text(path, file)
    except ProblemsError as error:
        found: Attempt[Held] = Attempt(problems=tuple(error.problems))
        text = ""
    else:
        found = reader(text, file)
    sources.problems.extend(found.problems)
    if found.written is None:
        sources.unread[file] = text
        return None
    if found.value is None or found.problems:
        return Document(file, text, found.written)
    return Source(file, text, found.written, found.value)


def _text(path: Path, file: str) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        sentence = "This file is missing."
        raise ProblemsError([Problem(file=file, code="missing-file", sentence=sentence)]) from None
    except OSError as error:
        sentence = f"This file cannot be read ({error.strerror})."
        raise ProblemsError([Problem(file=file, code="unreadable", sentence=sentence)]) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = "This file is not in UTF-8."
        hint = "Save it again with the encoding UTF-8."
        problem = Problem(file=file, line=line, code="not-utf-8", sentence=sentence, hint=hint)
        raise ProblemsError([problem]) from None


def _file_of(model: type[Model]) -> Reader[Model]:
    return lambda text, file: of_model(model, text, file)


def _framework(text: str, file: str) -> Attempt[Framework]:
    found = plain(text, file)
    if found.written is None:
        return Attempt(problems=found.problems)
    return valued(found.written, lambda _written: framework.load(text, file))


def _listed(owner: Document | None, member: str) -> list[tuple[Place, str]] | None:
    """The names in a list, each with its place; None when the list cannot be told.

    A faulty file that lacks the list may have misspelled it.
    """
    if owner is None:
        return None
    if isinstance(owner.at(member), list):
        return owner.words(member)
    return [] if isinstance(owner, Source) else None


def _there(
    sources: Sources, owner: Document | None, names: Iterable[tuple[Place, str]], folder: Path
) -> list[str]:
    """The names whose files exist directly in a folder; a problem is noted for every other."""
    found: list[str] = []
    for place, name in names:
        problem = _fault(sources, owner, place, name, folder, found) if owner else None
        if problem:
            sources.problems.append(problem)
        else:
            found.append(name)
    return found


def _fault(
    sources: Sources, owner: Document, place: Place, name: str, folder: Path, before: list[str]
) -> Problem | None:
    if name in before:
        return owner.problem(place, "listed-twice", f'"{name}" is listed twice.')
    path = folder / name
    if path.name != name or name in ("..", ""):
        sentence = f"This is not the name of a file in {sources.name(folder)}."
        return owner.problem(place, "file-name", sentence, "Write the name alone.")
    if path.exists():
        return None
    there = [other.name for other in folder.iterdir()] if folder.is_dir() else []
    sentence = f"There is no {sources.name(path)}."
    return owner.problem(place, "missing-file", sentence, did_you_mean(name, there))
