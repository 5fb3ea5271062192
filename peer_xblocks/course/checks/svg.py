"""Drawings are safe to show, say what they are, and are small.

An SVG is a program to a browser that opens it by itself: so only what draws is allowed, by name.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from peer_xblocks.authoring import olx_form
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.course.sources import Sources

Element = etree._Element

MAX_BYTES = 60 * 1024

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWS = {
    *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "marker", "pattern", "mask"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
    *("clipPath", "linearGradient", "radialGradient", "stop"),
}
_ELSEWHERE = re.compile(r"url\(\s*[\"']?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)


def drawings_are_safe(sources: Sources) -> Iterator[Problem]:
    """Every SVG in `static` holds shapes alone, has a title, scales, and is not too big."""
    for path in sorted((sources.curriculum / "static").rglob("*.svg")):
        file = sources.name(path)
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            sentence = f"This drawing has {len(data):,} bytes; {MAX_BYTES:,} are enough."
            hint = "Draw with fewer points, and without pictures inside."
            yield Problem(file=file, code="svg-size", sentence=sentence, hint=hint)
        yield from _problems_of(path, data, file)


def _problems_of(path: Path, data: bytes, file: str) -> Iterator[Problem]:
    try:
        root = olx_form.parse(data, file)
    except ProblemsError as error:
        yield from error.problems
        return
    if root.tag != f"{_SVG}svg":
        sentence = f"{path.name} is not an SVG drawing."
        yield Problem(file=file, line=1, code="svg-unsafe", sentence=sentence)
        return
    title = root.find(f"{_SVG}title")
    if title is None or not (title.text or "").strip():
        hint = "Begin it with <title>…</title>, in the words of its alternative."
        sentence = "This drawing has no title."
        yield Problem(file=file, line=1, code="svg-title", sentence=sentence, hint=hint)
    if not root.get("viewBox"):
        hint = 'Add viewBox="0 0 width height" to <svg>.'
        sentence = "This drawing cannot shrink to a phone."
        yield Problem(file=file, line=1, code="svg-shape", sentence=sentence, hint=hint)
    for element in root.iter():
        for sentence in _dangers(element):
            line = getattr(element, "sourceline", 0) or 0
            yield Problem(file=file, line=line, code="svg-unsafe", sentence=sentence)


def _dangers(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        if not isinstance(element, etree._Comment):
            yield "A processing instruction has no place in a drawing."
        return
    if not element.tag.startswith(_SVG) or element.tag.removeprefix(_SVG) not in _DRAWS:
        yield f'"{etree.QName(element).localname}" has no place in a drawing.'
    for key, value in element.attrib.items():
        name, text = etree.QName(str(key)).localname, str(value)
        if name.lower().startswith("on"):
            yield f'The attribute "{name}" would run something.'
        elif name in ("href", "src") and not text.startswith("#"):
            yield f'"{name}" leads out of the drawing, to "{text[:60]}".'
        elif _ELSEWHERE.search(text):
            yield f'The attribute "{name}" leads out of the drawing.'
    if element.tag == f"{_SVG}style" and _ELSEWHERE.search(element.text or ""):
        yield "The styles lead out of the drawing."
