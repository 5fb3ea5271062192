"""Links lead somewhere, and pictures can be told in words."""

import re
from collections.abc import Iterator
from pathlib import Path

from peer_xblocks.authoring.refusals import did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.names import BESIDE
from peer_xblocks.course.checks.prose import numbered
from peer_xblocks.course.files import Document
from peer_xblocks.course.links import LINK, Addresses, is_elsewhere
from peer_xblocks.course.sources import Sources

_IMG = re.compile(r"<img\b(?P<inside>[^>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*([\"'])\s*\S")
_STATIC = "/static/"
_JUMP = "/jump_to_id/"


def lead_somewhere(sources: Sources) -> Iterator[Problem]:
    """Links to other files of the course lead to a lesson, a role play or a file in `static`."""
    addresses = Addresses(sources)
    for lesson in sources.pages:
        for number, line in numbered(lesson):
            for match in LINK.finditer(line):
                sentence, hint = _fault(sources, addresses, lesson, match)
                if sentence:
                    yield lesson.problem(number, "broken-link", sentence, hint)


def _fault(
    sources: Sources, addresses: Addresses, lesson: Document, match: re.Match[str]
) -> tuple[str, str]:
    target = match["target"]
    path = target.partition("#")[0].partition("?")[0]
    if not target:
        return "This link leads nowhere.", ""
    if path.startswith(_STATIC):
        return _missing_static(sources, path.removeprefix(_STATIC))
    if path.startswith(_JUMP):
        return _missing_activity(sources, path.removeprefix(_JUMP).strip("/"))
    if is_elsewhere(target):
        return "", ""
    if not match["open"] and addresses.url_name(lesson.file, target) is not None:
        guides = [addresses.path(guide.file) for guide in sources.guide_files]
        if addresses.path(lesson.file) in guides:
            return "", ""
        if addresses.target(lesson.file, target) in guides:
            return "Trainees cannot follow this link to a guide for trainers.", ""
        return "", ""
    if match["open"]:
        return f'The picture "{target}" is not in "static".', f'Write "{_STATIC}NAME".'
    return _missing_file(sources, addresses.target(lesson.file, target), target)


def _missing_file(sources: Sources, place: Path, target: str) -> tuple[str, str]:
    folders = [(sources.curriculum / module.folder).resolve() for module in sources.modules]
    if place.is_file() and place.name not in BESIDE and any(map(place.is_relative_to, folders)):
        return "", ""  # it is told elsewhere why this is no part of its module
    there = [p.name for p in place.parent.iterdir()] if place.parent.is_dir() else []
    if place.name not in there:
        return f'There is no file "{target}".', did_you_mean(place.name, there)
    return f'"{target}" is not a lesson or role play of this course.', ""


def _missing_static(sources: Sources, name: str) -> tuple[str, str]:
    folder = sources.curriculum / "static"
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    if name in there:
        return "", ""
    return f'There is no file "{name}" in "static".', did_you_mean(name, there)


def _missing_activity(sources: Sources, name: str) -> tuple[str, str]:
    known = {one.word("url_name") for one in (*sources.pages, *sources.scenario_files)}
    if name in known or sources.unread or "" in known:  # what could not be read may be it
        return "", ""
    return f'There is no activity "{name}" in this course.', did_you_mean(name, known)


def pictures_described(sources: Sources) -> Iterator[Problem]:
    """Every picture has words for those who do not see it."""
    hint = "Say in a few words what it shows: ![words](address)."
    sentence = "This picture has no words for people who do not see it."
    for lesson in sources.pages:
        for number, line in numbered(lesson):
            bare = [m for m in LINK.finditer(line) if m["open"] and not m["words"].strip()]
            bare_html = [m for m in _IMG.finditer(line) if not _ALT.search(m["inside"])]
            for _ in (*bare, *bare_html):
                yield lesson.problem(number, "image-without-words", sentence, hint)
