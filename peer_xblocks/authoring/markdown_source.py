"""Divides a lesson's text: front matter, Markdown and fenced blocks, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peer_xblocks.authoring.refusals import did_you_mean
from peer_xblocks.authoring.source import clean
from peer_xblocks.core.problem import Problem, ProblemsError

_FENCE = re.compile(r"^(?P<run>`{3,}|~{3,})[ \t]*(?P<info>[^`]*?)[ \t]*$")
_INDENTED = re.compile(r"^[ \t]+(`{3,}|~{3,})[ \t]*([a-z]+)[ \t]*$")


@dataclass(frozen=True)
class Piece:
    """A part of a text, "text" or a kind of block; `line` is where `text` begins, from 1."""

    kind: str
    text: str
    line: int


def divide(
    text: str, file: str, kinds: tuple[str, ...]
) -> tuple[Piece, list[Piece], list[Problem]]:
    """The front matter, the pieces of the body in order, and the problems of what is no piece.

    Raises ProblemsError when not even the front matter can be told from the body.
    """
    lines = clean(text, file).split("\n")
    head_end = _end_of_head(lines, file)
    head = Piece("head", "\n".join(lines[1:head_end]), 2)
    problems: list[Problem] = []
    pieces = list(_pieces(lines, head_end + 1, file, kinds, problems))
    return head, pieces, problems


def _end_of_head(lines: list[str], file: str) -> int:
    if lines[0].rstrip() != "---":
        sentence = (
            'A lesson begins with a line "---", its title and other facts, and a second line "---".'
        )
        raise ProblemsError([Problem(file=file, line=1, code="front-matter", sentence=sentence)])
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return number
    sentence = 'The facts at the top are not closed by a second line "---".'
    raise ProblemsError([Problem(file=file, line=1, code="front-matter", sentence=sentence)])


def _pieces(
    lines: list[str], start: int, file: str, kinds: tuple[str, ...], problems: list[Problem]
) -> Iterator[Piece]:
    text_start = number = start
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if not fence:
            indented = _INDENTED.match(lines[number])
            if indented and indented[2] in kinds:
                problems.append(_indented(file, number + 1))
                run = lines[number].strip()[:3]
                number = _closing(lines, number, run, r"[ \t]*") or number
            number += 1
            continue
        yield from _text(lines, text_start, number)
        end = _closing(lines, number, fence["run"])
        if fence["info"] not in kinds:
            problems.append(_unknown(file, number + 1, fence["info"], kinds))
        elif end is None:
            problems.append(_open(file, number + 1, fence["info"]))
        else:
            body = "\n".join([*lines[slice(number + 1, end)], ""])
            yield Piece(fence["info"], body, number + 2)
        number = text_start = len(lines) if end is None else end + 1
    yield from _text(lines, text_start, len(lines))


def _text(lines: list[str], start: int, end: int) -> Iterator[Piece]:
    while start < end and not lines[start].strip():
        start += 1
    text = "\n".join(lines[start:end])
    if text.strip():
        yield Piece("text", text, start + 1)


def _closing(lines: list[str], start: int, run: str, indent: str = "") -> int | None:
    pattern = re.compile(rf"^{indent}{re.escape(run[0])}{{{len(run)},}}[ \t]*$")
    return next((n for n in range(start + 1, len(lines)) if pattern.match(lines[n])), None)


def _indented(file: str, line: int) -> Problem:
    sentence = "This block is indented, so it would be shown as text."
    hint = "Begin its first line at the left margin, outside of lists and notes."
    return Problem(file=file, line=line, code="fence-indented", sentence=sentence, hint=hint)


def _unknown(file: str, line: int, info: str, kinds: tuple[str, ...]) -> Problem:
    sentence = (
        f'A fenced block of kind "{info}" is not known.' if info else "A fenced block needs a kind."
    )
    listed = f"It is one of: {', '.join(kinds)}." if kinds else "This page has no fenced blocks."
    hint = did_you_mean(info, kinds) or listed
    return Problem(file=file, line=line, code="unknown-fence", sentence=sentence, hint=hint)


def _open(file: str, line: int, info: str) -> Problem:
    sentence = f"This {info} is not closed."
    hint = "Add a line with three backticks below it."
    return Problem(file=file, line=line, code="fence-open", sentence=sentence, hint=hint)
