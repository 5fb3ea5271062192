"""Pictures: there, ours, and told in words for those who do not see them."""

import re
from collections.abc import Iterator

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.links import STATIC, missing_static
from peer_xblocks.course.checks.prose import found_in
from peer_xblocks.course.links import LINK
from peer_xblocks.course.sources import Sources

_IMG = re.compile(r"<img\b(?P<inside>[^>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*([\"'])\s*\S")
_SRC = re.compile(r"\bsrc\s*=\s*[\"'](?P<target>[^\"']*)[\"']")


def described(sources: Sources) -> Iterator[Problem]:
    """Every picture has words for those who do not see it."""
    hint = "Say in a few words what it shows: ![words](address)."
    sentence = "This picture has no words for people who do not see it."
    for document in sources.files:
        bare = [
            line for line, m in found_in(document, LINK) if m["open"] and not m["words"].strip()
        ]
        bare += [line for line, m in found_in(document, _IMG) if not _ALT.search(m["inside"])]
        for line in bare:
            yield document.problem(line, "image-without-words", sentence, hint)


def of_this_course(sources: Sources) -> Iterator[Problem]:
    """Every picture is a file in `static`, so that no page asks another site for it."""
    for document in sources.files:
        named = [(line, m["target"]) for line, m in found_in(document, LINK) if m["open"]]
        for line, match in found_in(document, _IMG):
            src = _SRC.search(match["inside"])
            named.append((line, src["target"] if src else ""))
        for line, target in named:
            sentence, hint = f'The picture "{target}" is not in "static".', f'Write "{STATIC}NAME".'
            if target.startswith(STATIC):
                sentence, hint = missing_static(sources, target.removeprefix(STATIC))
            if sentence:
                yield document.problem(line, "broken-link", sentence, hint)
