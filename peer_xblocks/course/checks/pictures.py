"""Pictures: there, ours, and told in words for those who do not see them."""

import re
from collections.abc import Iterator

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.builder import COURSE_IMAGE
from peer_xblocks.course.checks.links import STATIC, missing_static
from peer_xblocks.course.checks.prose import found_in
from peer_xblocks.course.links import LINK
from peer_xblocks.course.sources import Sources

_IMG = re.compile(r"<img\b(?P<inside>[^>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*([\"'])\s*\S")
_SRC = re.compile(r"\bsrc\s*=\s*[\"'](?P<target>[^\"']*)[\"']")

_KINDS = {
    *(".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"),
    *(".pdf", ".txt", ".csv", ".vtt", ".mp3", ".m4a", ".mp4", ".webm"),
}


def described(sources: Sources) -> Iterator[Problem]:
    """Every picture has words for those who do not see it."""
    hint = "Say in a few words what it shows: ![words](address)."
    sentence = "This picture has no words for people who do not see it."
    for document in sources.files:
        bare = [
            line
            for line, m in found_in(document, LINK, "![")
            if m["open"] and not m["words"].strip()
        ]
        bare += [
            line
            for line, m in found_in(document, _IMG, "<img", "<IMG")
            if not _ALT.search(m["inside"])
        ]
        for line in bare:
            yield document.problem(line, "image-without-words", sentence, hint)


def of_this_course(sources: Sources) -> Iterator[Problem]:
    """Every picture is a file in `static`, so that no page asks another site for it."""
    for document in sources.files:
        named = [(line, m["target"]) for line, m in found_in(document, LINK, "![") if m["open"]]
        for line, match in found_in(document, _IMG, "<img", "<IMG"):
            src = _SRC.search(match["inside"])
            named.append((line, src["target"] if src else ""))
        for line, target in named:
            sentence, hint = f'The picture "{target}" is not in "static".', f'Write "{STATIC}NAME".'
            if target.startswith(STATIC):
                sentence, hint = missing_static(sources, target.removeprefix(STATIC))
            if sentence:
                yield document.problem(line, "broken-link", sentence, hint)


def of_known_kinds(sources: Sources) -> Iterator[Problem]:
    """`static` holds pictures, sounds and handouts, and no page or program."""
    for path in sorted((sources.curriculum / "static").rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix.lower() not in _KINDS:
            sentence = f'A file of kind "{path.suffix}" has no place in "static".'
            hint = f"It is one of: {', '.join(sorted(_KINDS))}."
            file = sources.name(path)
            yield Problem(file=file, code="static-kind", sentence=sentence, hint=hint)


def of_the_course(sources: Sources) -> Iterator[Problem]:
    """The course has the picture that Studio shows in its list."""
    path = sources.curriculum / "static" / COURSE_IMAGE
    if not path.is_file():
        sentence = "The picture of the course is missing."
        yield Problem(file=sources.name(path), code="missing-file", sentence=sentence)
