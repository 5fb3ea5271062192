"""Every file of a curriculum and its rubrics is part of the course, or is told."""

import re
from collections.abc import Iterator
from pathlib import Path

from peer_xblocks.authoring import plan_words
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.builder import COURSE_IMAGE
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
    Sources,
)

BESIDE = {"module.yaml", "README.md", "LICENSE"}
"""What may stand in a module's folder without being listed."""

_TOP = {"course.yaml", FACTS, BLUEPRINT, plan_words.FILE, "README.md", "LICENSE"}
_FOLDERS = {"static", CERTIFICATION, "services"}
_PARTS = (
    ("lessons", ""),
    ("dialogues", DIALOGUES),
    ("plans", PLANS),
    ("role_plays", ROLE_PLAYS),
    ("guides", GUIDES),
)
_STATIC = re.compile(r"/static/([\w./-]+)")


def modules(sources: Sources) -> Iterator[Problem]:
    """Every folder with a module is in the course."""
    listed = sources.modules_listed
    for path in sorted(sources.curriculum.glob("*/module.yaml")):
        if listed is not None and path.parent.name not in listed:
            sentence = "This module is not in the course."
            hint = 'Add its folder to "modules" in course.yaml, or remove it.'
            yield _told(sources, path, sentence, hint)


def parts_of_modules(sources: Sources) -> Iterator[Problem]:
    """Every file of a module is in its list."""
    for module in sources.modules:
        folder = sources.curriculum / module.folder
        for member, inside in _PARTS:
            if member in module.listed:
                yield from _left_over(sources, folder / inside, module, member)


def _left_over(
    sources: Sources, folder: Path, module: ModuleSource, member: str
) -> Iterator[Problem]:
    known = module.listed[member] | sources.suggested | (BESIDE if member == "lessons" else set())
    for path in _files_in(folder):
        if path.name not in known:
            sentence = "No module lists this file, so it is not in the course."
            hint = f'Add it to "{member}" in module.yaml, or remove it.'
            yield _told(sources, path, sentence, hint)


def rubrics(sources: Sources) -> Iterator[Problem]:
    """Every rubric is used by a scenario."""
    used = {scenario.word("rubric") for scenario in sources.scenario_files}
    known = {path.stem for path in sources.rubrics_folder.glob("*.yaml")}
    if sources.unread or sources.suggested or not used <= known:
        return  # a scenario that could not be read, or one with a misspelled name, may use it
    for path in _files_in(sources.rubrics_folder):
        if path.suffix == ".yaml" and path.name != CRITICAL_ERRORS and path.stem not in used:
            sentence = "No scenario is rated with this rubric."
            yield _told(sources, path, sentence, "Name it in a scenario, or remove it.")


def static_files(sources: Sources) -> Iterator[Problem]:
    """Every file in `static` is shown or linked somewhere."""
    if sources.suggested:
        return  # a page that is listed under a misspelled name may show it
    read = [one.text for one in sources.files]
    named = {m[1] for text in (*read, *sources.unread.values()) for m in _STATIC.finditer(text)}
    folder = sources.curriculum / "static"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in {*named, COURSE_IMAGE} and not path.name.startswith("."):
            sentence = "No page shows this file or links to it."
            yield _told(sources, path, sentence, f"Write /static/{name} somewhere, or remove it.")


def strays(sources: Sources) -> Iterator[Problem]:
    """Nothing else lies about: no file that nobody reads, no folder without a module."""
    top = sources.curriculum
    framework = sources.course.word("framework") if sources.course else "competencies.yaml"
    for path in _files_in(top):
        if path.name not in {*_TOP, framework} | sources.suggested:
            yield _told(sources, path, "This file is no part of a course.", "Remove it.")
    for path in sorted(p for p in top.glob("*") if p.is_dir() and not p.name.startswith(".")):
        is_module = path.name in {one.folder for one in sources.modules}
        if not (is_module or path.name in _FOLDERS or (path / "module.yaml").exists()):
            sentence = "This folder holds no module."
            yield _told(sources, path, sentence, "Write its module.yaml, or remove it.")
    for folder in (top / CERTIFICATION, sources.rubrics_folder):
        for path in _files_in(folder):
            if path.suffix != ".yaml" and path.name not in BESIDE:
                yield _told(sources, path, "This file is no part of a course.", "Remove it.")


def _files_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*") if p.is_file() and not p.name.startswith("."))


def _told(sources: Sources, path: Path, sentence: str, hint: str) -> Problem:
    return Problem(file=sources.name(path), code="unreferenced", sentence=sentence, hint=hint)
