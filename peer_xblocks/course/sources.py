"""Reads the files of a curriculum and its rubrics, keeping for every value its file and lines.

Whether the parts fit together is asked in `checks`; `whole` makes the Course of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from peer_xblocks.authoring import framework, keyed, lesson, scenario
from peer_xblocks.authoring.refusals import Written, did_you_mean
from peer_xblocks.authoring.source import parse, value_of
from peer_xblocks.core.framework import Framework
from peer_xblocks.core.lesson import Lesson
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.course.files import CourseFile, Held, ModuleFile, Source

Named = TypeVar("Named", bound=CourseFile | ModuleFile)

CRITICAL_ERRORS = "critical-errors.yaml"
ROLE_PLAYS = "role-plays"


@dataclass(frozen=True)
class ModuleSource:
    """A module that was read, with those of its parts that could be read."""

    folder: str
    about: Source[ModuleFile]
    lessons: tuple[Source[Lesson], ...]
    scenarios: tuple[Source[scenario.Headed], ...]


@dataclass
class Sources:
    """Everything that could be read, and the problems of what could not."""

    curriculum: Path
    rubrics_folder: Path
    problems: list[Problem] = field(default_factory=list)
    course: Source[CourseFile] | None = None
    framework: Source[Framework] | None = None
    modules: list[ModuleSource] = field(default_factory=list)
    rubrics: dict[str, Source[Rubric]] = field(default_factory=dict)
    errors: Source[CriticalErrors] | None = None

    @property
    def lessons(self) -> list[Source[Lesson]]:
        """All lessons, in the order of the course."""
        return [one for module in self.modules for one in module.lessons]

    @property
    def scenarios(self) -> list[Source[scenario.Headed]]:
        """All scenarios, in the order of the course."""
        return [one for module in self.modules for one in module.scenarios]

    def name(self, path: Path) -> str:
        """The name of a file as people see it: from `curriculum` or `rubrics` on."""
        for folder in (self.curriculum, self.rubrics_folder):
            if path.is_relative_to(folder):
                return f"{folder.name}/{path.relative_to(folder).as_posix()}".removesuffix("/.")
        return str(path)


def read(curriculum: Path, rubrics: Path) -> Sources:
    """All sources of a course; what cannot be read is among the problems."""
    sources = Sources(curriculum, rubrics)
    _read_rubrics(sources)
    sources.course = _load(sources, curriculum / "course.yaml", _facts_of(CourseFile))
    if sources.course is None:
        return sources
    sources.framework = _framework(sources, sources.course)
    for number, folder in enumerate(sources.course.value.modules):
        _read_module(sources, sources.course, number, folder)
    return sources


Reader = Callable[[str, str], tuple[Written, Held]]


def _load(sources: Sources, path: Path, read_text: Reader[Held]) -> Source[Held] | None:
    """One file, or None after its problems were noted."""
    file = sources.name(path)
    try:
        text = _text(path, file)
        written, value = read_text(text, file)
    except ProblemsError as error:
        sources.problems.extend(error.problems)
        return None
    return Source(file, text, written, value)


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


def _facts_of(model: type[Named]) -> Reader[Named]:
    def read_text(text: str, file: str) -> tuple[Written, Named]:
        written = parse(text, file)
        return written, value_of(model, written)

    return read_text


def _lesson(text: str, file: str) -> tuple[Written, Lesson]:
    written = lesson.read(text, file)
    return written, value_of(Lesson, written)


def _scenario(text: str, file: str) -> tuple[Written, scenario.Headed]:
    written = keyed.with_key(parse(text, file))
    return written, scenario.headed(written)


def _rubric(text: str, file: str) -> tuple[Written, Rubric]:
    written = keyed.with_key(parse(text, file))
    return written, value_of(Rubric, written)


def _errors(text: str, file: str) -> tuple[Written, CriticalErrors]:
    written = parse(text, file)
    return written, value_of(CriticalErrors, written)


def _framework_file(text: str, file: str) -> tuple[Written, Framework]:
    return parse(text, file), framework.load(text, file)


def _read_rubrics(sources: Sources) -> None:
    folder = sources.rubrics_folder
    sources.errors = _load(sources, folder / CRITICAL_ERRORS, _errors)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != CRITICAL_ERRORS:
            found = _load(sources, path, _rubric)
            if found:
                sources.rubrics[path.stem] = found


def _framework(sources: Sources, course: Source[CourseFile]) -> Source[Framework] | None:
    name = course.value.framework
    path = sources.curriculum / name
    if not _is_there(sources, course, ("framework",), path, sources.curriculum):
        return None
    return _load(sources, path, _framework_file)


def _read_module(sources: Sources, course: Source[CourseFile], number: int, folder: str) -> None:
    path = sources.curriculum / folder
    if not _is_there(sources, course, ("modules", number), path, sources.curriculum):
        return
    about = _load(sources, path / "module.yaml", _facts_of(ModuleFile))
    if about is None:
        return
    lessons = _parts(sources, about, "lessons", path, _lesson)
    scenarios = _parts(sources, about, "role_plays", path / ROLE_PLAYS, _scenario)
    sources.modules.append(ModuleSource(folder, about, lessons, scenarios))


def _parts(
    sources: Sources, about: Source[ModuleFile], member: str, folder: Path, read_text: Reader[Held]
) -> tuple[Source[Held], ...]:
    names: tuple[str, ...] = getattr(about.value, member)
    found = []
    for number, name in enumerate(names):
        if name in names[:number]:
            sentence = f'"{name}" is listed twice.'
            sources.problems.append(about.problem((member, number), "listed-twice", sentence))
        elif _is_there(sources, about, (member, number), folder / name, folder):
            found.append(_load(sources, folder / name, read_text))
    return tuple(source for source in found if source is not None)


def _is_there(
    sources: Sources,
    owner: Source[Named],
    place: tuple[str | int, ...],
    path: Path,
    folder: Path,
) -> bool:
    """Whether a named file exists directly in its folder; else a problem where it is named."""
    if path.name != str(path.relative_to(folder)) or path.name in ("..", ""):
        sentence = f"This is not the name of a file in {sources.name(folder)}."
        sources.problems.append(
            owner.problem(place, "file-name", sentence, "Write the name alone.")
        )
        return False
    if path.exists():
        return True
    there = [other.name for other in folder.iterdir()] if folder.is_dir() else []
    sentence = f"There is no {sources.name(path)}."
    hint = did_you_mean(path.name, there)
    sources.problems.append(owner.problem(place, "missing-file", sentence, hint))
    return False
