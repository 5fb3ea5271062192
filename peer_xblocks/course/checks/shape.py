"""The shape of a lesson: headings go down in steps, blocks that stand apart are of our kinds."""

import re
from collections.abc import Iterator
from itertools import islice

from peer_xblocks.authoring.content import ASIDES
from peer_xblocks.authoring.refusals import Place, did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.prose import line_of, numbered, texts
from peer_xblocks.course.files import Document
from peer_xblocks.course.sources import Sources

_HEADING = re.compile(r"^(#{1,6})(.*?)#*$")
_UNDERLINE = re.compile(r"^(=+|-+)\s*$")
_ASIDE = re.compile(r'^!!!\s*(?P<kind>[\w-]*)\s*(?P<title>".*")?\s*$')


def headings_in_steps(sources: Sources) -> Iterator[Problem]:
    """Headings begin at level 2, since the page's title is level 1, and never jump a level."""
    for page in sources.pages:
        yield from _steps(page, list(numbered(page)))
    pages = {page.file for page in sources.pages}
    for document in sources.files:
        if document.file not in pages and "#" in document.text:
            for place, text in texts(document.written.data, ()):
                yield from _steps(document, _headings(document, place, text))


def _headings(document: Document, place: Place, text: str) -> list[tuple[int, str]]:
    """The lines of a text in YAML that begin with a hash, with their numbers."""
    start = document.written.line(place)
    hashes = re.finditer(r"^#.*$", text, re.MULTILINE) if "#" in text else ()
    return [(line_of(document, start, text, one.start()), one[0]) for one in hashes]


def _steps(document: Document, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    level = 1
    before = ""
    for number, line in lines:
        found = _level(line, before)
        before = line
        if found is None:
            continue
        if found == 1:
            sentence = "A heading of level 1 is the title of the page."
            yield document.problem(number, "heading-level-1", sentence, 'Begin it with "##".')
        elif found > level + 1:
            sentence = f"This heading jumps from level {level} to level {found}."
            hint = f'Begin it with "{"#" * (level + 1)}".'
            yield document.problem(number, "heading-jump", sentence, hint)
        level = max(found, 1)


def _level(line: str, before: str) -> int | None:
    marked = _HEADING.match(line)
    if marked:
        return len(marked[1])
    if _UNDERLINE.match(line) and before.strip() and not before.startswith(("|", "    ")):
        return 1 if line.startswith("=") else 2
    return None


def asides_of_our_kinds(sources: Sources) -> Iterator[Problem]:
    """A block begun with !!! is of a known kind, has a title, and its text is indented."""
    for lesson in sources.pages:
        lines = list(numbered(lesson))
        for position, (number, line) in enumerate(lines):
            if not line.startswith("!!!"):
                continue
            match = _ASIDE.match(line)
            kind = match["kind"] if match else ""
            if kind not in ASIDES:
                hint = did_you_mean(kind, ASIDES) or f"It is one of: {', '.join(ASIDES)}."
                sentence = f'A block of kind "{kind}" is not known.'
                yield lesson.problem(number, "aside-kind", sentence, hint)
            elif not match or not match["title"]:
                sentence = "This block needs a title in quotes."
                yield lesson.problem(
                    number, "aside-title", sentence, f'Write !!! {kind} "A title".'
                )
            below = islice(lines, position + 1, None)
            following = next((text for _, text in below if text.strip()), "")
            if not following.startswith(("    ", "\t")):
                sentence = (
                    "The text of this block is not indented, so it would fall out of the block."
                )
                yield lesson.problem(number, "aside-empty", sentence, "Indent it by four spaces.")
