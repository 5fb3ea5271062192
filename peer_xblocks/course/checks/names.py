"""Names stand once, and every file in a module's folder is part of the module."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Source
from peer_xblocks.course.sources import ROLE_PLAYS, ModuleSource, Sources

_BESIDE = {"module.yaml", "README.md", "LICENSE"}


def no_doubles(sources: Sources) -> Iterator[Problem]:
    """No url_name, scenario code or scenario key is used twice in a course."""
    modules = [(m.about, m.about.value.url_name) for m in sources.modules]
    lessons = [(one, one.value.url_name) for one in sources.lessons]
    role_plays = [(one, one.value.heading.url_name) for one in sources.scenarios]
    yield from _doubles("url_name", [*modules, *lessons, *role_plays])
    yield from _doubles("code", [(one, one.value.scenario.code) for one in sources.scenarios])
    yield from _doubles("key", [(one, one.value.scenario.key) for one in sources.scenarios])


def _doubles(member: str, named: list[tuple[Source[Any], str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source, name in named:
        line = source.written.line((member,))
        if name in first:
            sentence = f'The {member} "{name}" is already used in {first[name]}.'
            hint = (
                "Choose another, and change it in the newer file only: learners' work hangs on it."
            )
            code = f"duplicate-{member.replace('_', '-')}"
            yield source.problem((member,), code, sentence, hint)
        else:
            first[name] = f"{source.file}:{line}"


def nothing_unreferenced(sources: Sources) -> Iterator[Problem]:
    """Every module folder is in the course, and every file of a module in its list."""
    if sources.course is None:
        return
    listed = set(sources.course.value.modules)
    for path in sorted(sources.curriculum.glob("*/module.yaml")):
        if path.parent.name not in listed:
            sentence = "This module is not in the course."
            hint = 'Add its folder to "modules" in course.yaml, or remove it.'
            file = sources.name(path)
            yield Problem(file=file, code="unreferenced", sentence=sentence, hint=hint)
    for module in sources.modules:
        yield from _unreferenced(sources, module)


def _unreferenced(sources: Sources, module: ModuleSource) -> Iterator[Problem]:
    folder = sources.curriculum / module.folder
    about = module.about.value
    yield from _left_over(sources, folder, {*about.lessons, *_BESIDE}, "lessons")
    yield from _left_over(sources, folder / ROLE_PLAYS, set(about.role_plays), "role_plays")


def _left_over(sources: Sources, folder: Path, known: set[str], member: str) -> Iterator[Problem]:
    suggested = [p.hint for p in sources.problems if p.code == "missing-file"]
    for path in sorted(folder.glob("*")):
        if any(f'"{path.name}"' in hint for hint in suggested):
            continue  # listed under a misspelled name, which was told already
        if path.is_file() and path.name not in known and not path.name.startswith("."):
            sentence = "No module lists this file, so it is not in the course."
            hint = f'Add it to "{member}" in module.yaml, or remove it.'
            file = sources.name(path)
            yield Problem(file=file, code="unreferenced", sentence=sentence, hint=hint)
