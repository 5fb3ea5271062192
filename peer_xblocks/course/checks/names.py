"""Names stand once, and every file in a module's folder is part of the module."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Document
from peer_xblocks.course.sources import GUIDES, ROLE_PLAYS, ModuleSource, Sources

BESIDE = {"module.yaml", "README.md", "LICENSE"}
"""What may stand in a module's folder without being listed."""


def no_doubles(sources: Sources) -> Iterator[Problem]:
    """No url_name, scenario code or scenario key is used twice in a course."""
    scenarios = sources.scenario_files
    yield from _doubles("url_name", [*sources.module_files, *sources.pages, *scenarios])
    yield from _doubles("code", scenarios)
    yield from _doubles("key", scenarios)


def _doubles(member: str, documents: Sequence[Document]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source in documents:
        name, line = source.word(member), source.written.line((member,))
        if not name:
            continue
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
    listed = sources.modules_listed
    for path in sorted(sources.curriculum.glob("*/module.yaml")):
        if listed is not None and path.parent.name not in listed:
            sentence = "This module is not in the course."
            hint = 'Add its folder to "modules" in course.yaml, or remove it.'
            file = sources.name(path)
            yield Problem(file=file, code="unreferenced", sentence=sentence, hint=hint)
    for module in sources.modules:
        yield from _unreferenced(sources, module)


def _unreferenced(sources: Sources, module: ModuleSource) -> Iterator[Problem]:
    folder = sources.curriculum / module.folder
    for member, inside in (("lessons", ""), ("role_plays", ROLE_PLAYS), ("guides", GUIDES)):
        if member in module.listed:
            known = module.listed[member] | (set() if inside else BESIDE)
            yield from _left_over(sources, folder / inside, known, member)


def _left_over(
    sources: Sources, folder: Path, known: frozenset[str], member: str
) -> Iterator[Problem]:
    suggested = sources.suggested
    for path in sorted(folder.glob("*")):
        if path.name in suggested:
            continue
        if path.is_file() and path.name not in known and not path.name.startswith("."):
            sentence = "No module lists this file, so it is not in the course."
            hint = f'Add it to "{member}" in module.yaml, or remove it.'
            file = sources.name(path)
            yield Problem(file=file, code="unreferenced", sentence=sentence, hint=hint)
