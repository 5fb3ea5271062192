"""The text of a page: facts on top, Markdown below, with fenced blocks that hold YAML.

It is read on where a part is faulty. Which blocks a page may have is for `lesson` and `guide`.
"""

from collections.abc import Mapping
from typing import Any

from peer_xblocks.authoring.attempt import Attempt, Model, valued
from peer_xblocks.authoring.facts import filled
from peer_xblocks.authoring.markdown_source import Piece, divide
from peer_xblocks.authoring.refusals import Place, Written
from peer_xblocks.authoring.source import parse, value_of
from peer_xblocks.core.fact import Fact
from peer_xblocks.core.problem import Problem, ProblemsError


def attempt(
    model: type[Model],
    text: str,
    file: str,
    kinds: tuple[str, ...],
    facts: Mapping[str, Fact] | None = None,
) -> Attempt[Model]:
    """An attempt at the page that a text holds, with fenced blocks of some kinds.

    Facts are put in where it names them: the plain data of the attempt is as the author wrote it,
    the value holds the finished words.
    """
    try:
        head, pieces, problems = divide(text, file, kinds)
    except ProblemsError as error:
        return Attempt(problems=tuple(error.problems))
    top = _tried(head, file, problems)
    parts = [part for part in (_tried(piece, file, problems) for piece in pieces) if part]
    whole = _joined(file, top or Written(file, {}, {(): 1}), parts)
    if problems and not parts:
        return Attempt(whole, None, tuple(problems))
    found = valued(whole, lambda data: value_of(model, filled(data, facts or {})), problems)
    if top:
        return found
    # Without its top a page misses all of it; only what is wrong further down is news.
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
    """What stands on top of a page and its parts, as one."""
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
