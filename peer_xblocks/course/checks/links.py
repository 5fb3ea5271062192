"""Links lead somewhere: to a file that becomes a page of the course, to one in `static`, or to
another site.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from peer_xblocks.authoring.refusals import did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.prose import found_in
from peer_xblocks.course.checks.unreferenced import BESIDE
from peer_xblocks.course.files import Document
from peer_xblocks.course.links import LINK, Addresses, is_elsewhere
from peer_xblocks.course.sources import Sources

STATIC = "/static/"
_JUMP = "/jump_to_id/"
_OTHER_FORMS = re.compile(
    r"<a\b[^>]*\bhref\s*=\s*[\"'](?P<html>[^\"']*)[\"']|^ {0,3}\[[^\]@]+\]:\s*(?P<below>\S+)",
    re.IGNORECASE | re.MULTILINE,
)


def lead_somewhere(sources: Sources) -> Iterator[Problem]:
    """No link is dead, in whatever text and whatever form it stands."""
    addresses = Addresses(sources)
    for document in sources.files:
        for line, match in found_in(document, LINK, "]("):
            if not match["open"]:
                sentence, hint = _fault(sources, addresses, document, match["target"])
                if sentence:
                    yield document.problem(line, "broken-link", sentence, hint)
        for line, match in found_in(document, _OTHER_FORMS, "<a", "<A", "]:"):
            target = match["html"] or match["below"] or ""
            sentence, hint = f'"{target}" stands in a form that is not followed.', _PLAIN
            if is_elsewhere(target):
                sentence, hint = _fault(sources, addresses, document, target)
            if sentence:
                yield document.problem(line, "broken-link", sentence, hint)


_PLAIN = "Write it as [words](address)."


def _fault(
    sources: Sources, addresses: Addresses, document: Document, target: str
) -> tuple[str, str]:
    path = target.partition("#")[0].partition("?")[0]
    if not target:
        return "This link leads nowhere.", ""
    if path.startswith(STATIC):
        return missing_static(sources, path.removeprefix(STATIC))
    if path.startswith(_JUMP):
        return _missing_activity(sources, path.removeprefix(_JUMP).strip("/"))
    if target.startswith("#"):
        return f'There is no place "{target}" on this page.', "Link to a page as a whole."
    if target.startswith("/"):
        return f'"{target}" is no address inside a course.', "Link to a file of the curriculum."
    if is_elsewhere(target):
        return "", ""
    if document not in sources.pages:
        return f'"{target}" is not followed here.', "Only lessons and guides link to files."
    place = addresses.target(document.file, target)
    if addresses.url_name(document.file, target) is None:
        return _missing_file(sources, place, target)
    guides = [addresses.path(guide.file) for guide in sources.guide_files]
    if place in guides and addresses.path(document.file) not in guides:
        return "Trainees cannot follow this link to a guide for trainers.", ""
    return "", ""


def _missing_file(sources: Sources, place: Path, target: str) -> tuple[str, str]:
    folders = [(sources.curriculum / module.folder).resolve() for module in sources.modules]
    if place.is_file() and place.name not in BESIDE and any(map(place.is_relative_to, folders)):
        return "", ""  # it is told elsewhere why this is no part of its module
    there = [p.name for p in place.parent.iterdir()] if place.parent.is_dir() else []
    if place.name not in there:
        return f'There is no file "{target}".', did_you_mean(place.name, there)
    return f'"{target}" is not a lesson or role play of this course.', ""


def missing_static(sources: Sources, name: str) -> tuple[str, str]:
    """What is wrong with the name of a file in `static`, and how to mend it."""
    folder = sources.curriculum / "static"
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    if name in there:
        return "", ""
    return f'There is no file "{name}" in "static".', did_you_mean(name, there)


def _missing_activity(sources: Sources, name: str) -> tuple[str, str]:
    talks = (*sources.dialogue_files, *sources.plan_files, *sources.scenario_files)
    known = {one.word("url_name") for one in (*sources.pages, *talks)}
    if name in known or sources.unread or "" in known:  # what could not be read may be it
        return "", ""
    return f'There is no activity "{name}" in this course.', did_you_mean(name, known)
