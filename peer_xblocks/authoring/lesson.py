"""A lesson: Markdown with facts on top and checks in fenced blocks; and `<peer_lesson>`."""

import re
from collections.abc import Mapping
from typing import Any

from peer_xblocks.authoring import olx_form, yaml_text
from peer_xblocks.authoring.attempt import Attempt, valued
from peer_xblocks.authoring.facts import filled
from peer_xblocks.authoring.markdown_source import Piece, divide
from peer_xblocks.authoring.refusals import Place, Written
from peer_xblocks.authoring.source import parse, value_of
from peer_xblocks.core.fact import Fact
from peer_xblocks.core.lesson import Lesson, Text
from peer_xblocks.core.problem import Problem, ProblemsError

TAG = "peer_lesson"


def load(text: str, file: str) -> Lesson:
    """The lesson that a text holds. Raises ProblemsError with every problem found."""
    return attempt(text, file).whole()


def attempt(text: str, file: str, facts: Mapping[str, Fact] | None = None) -> Attempt[Lesson]:
    """An attempt at the lesson that a text holds, with facts put in where it names them.

    The plain data of the attempt is as the author wrote it, the value holds the finished words.
    """
    try:
        head, pieces, problems = divide(text, file)
    except ProblemsError as error:
        return Attempt(problems=tuple(error.problems))
    top = _tried(head, file, problems)
    parts = [part for part in (_tried(piece, file, problems) for piece in pieces) if part]
    whole = _joined(file, top or Written(file, {}, {(): 1}), parts)
    if problems and not parts:
        return Attempt(whole, None, tuple(problems))
    found = valued(whole, lambda data: value_of(Lesson, filled(data, facts or {})), problems)
    if top:
        return found
    # Without its top a lesson misses all of it; only what is wrong further down is news.
    body = head.text.count("\n") + 2
    news = [p for p in found.problems[len(problems) :] if p.line > body]
    return Attempt(whole, None, (*problems, *news))


def _tried(piece: Piece, file: str, problems: list[Problem]) -> Written | None:
    """What a piece holds; None after its problems were noted."""
    try:
        written = _written(piece, file)
    except ProblemsError as error:
        problems.extend(error.problems)
        return None
    problems.extend(_refused(written, piece))
    return written


def _joined(file: str, top: Written, parts: list[Written]) -> Written:
    """What stands on top of a lesson and its parts as the data of one lesson."""
    lines: dict[Place, int] = {**top.lines, ("parts",): top.lines[()]}
    raw = dict(top.raw)
    for number, part in enumerate(parts):
        lines |= {("parts", number, *place): line for place, line in part.lines.items()}
        raw |= {("parts", number, *place): words for place, words in part.raw.items()}
    data = {**top.data, "parts": [part.data for part in parts]}
    return Written(file, data, {**lines, (): 1}, raw)


def _written(piece: Piece, file: str) -> Written:
    if piece.kind == "text":
        data: dict[str, Any] = {"kind": "text", "markdown": piece.text}
        return Written(file, data, {(): piece.line, ("markdown",): piece.line})
    found = parse(piece.text, file, piece.line)
    if not isinstance(found.data, dict):
        sentence = 'This should be entries such as "id: first-reply", each on a line of its own.'
        raise ProblemsError(
            [Problem(file=file, line=piece.line, code="wrong-kind", sentence=sentence)]
        )
    if piece.kind == "head":
        return found
    # A problem of the block as a whole is named at its fence.
    lines = {**found.lines, (): piece.line - 1}
    return Written(file, {**found.data, "kind": piece.kind}, lines, found.raw)


def _refused(written: Written, piece: Piece) -> list[Problem]:
    refused = "parts" if piece.kind == "head" else "kind"
    if (refused,) not in written.lines:
        return []
    sentence = f'"{refused}" has no meaning here.'
    line = written.lines[(refused,)]
    return [Problem(file=written.file, line=line, code="unknown-member", sentence=sentence)]


def to_text(lesson: Lesson) -> str:
    """The text of a lesson as authors write it; loading it gives the same lesson."""
    pieces = [f"---\n{yaml_text.dump(yaml_text.plain(lesson, frozenset({'parts'})))}---\n"]
    for part in lesson.parts:
        if isinstance(part, Text):
            pieces.append(part.markdown + "\n")
        else:
            body = yaml_text.dump(yaml_text.plain(part, frozenset({"kind"})))
            pieces.append(f"```{part.kind}\n{body}```\n")
    return "\n".join(pieces)


def to_olx(lesson: Lesson) -> olx_form.Element:
    """The `<peer_lesson>` of a lesson. Raises ProblemsError for characters that XML cannot hold."""
    names = {"url_name": lesson.url_name, "display_name": lesson.title}
    element = olx_form.to_element(lesson, TAG, names)
    del element.attrib["title"]
    return element


def from_olx(element: olx_form.Element, file: str = "") -> Lesson:
    """The lesson of a `<peer_lesson>`, also one that the platform wrote. Raises ProblemsError."""
    more = {"title": element.get("display_name")} if element.get("display_name") else {}
    return olx_form.from_element(Lesson, element, file or f"<{TAG}>", more)


def cited(markdown: str) -> list[str]:
    """Ids of the sources that a text cites as `[@id]`, in order, doubles included."""
    return re.findall(CITATION, markdown)


CITATION = r"\[@([a-z0-9-]{1,64})\]"
"""How a source is cited."""
