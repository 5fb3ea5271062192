"""Words about people: the person first, never a label, blame or a verdict.

Not asked of what shows how it should not be done: `!!! badly` blocks, quotes under the class
`badly`, quoted words after "not", "instead of" and the like or in a `!!! try` exercise, the first
column of a table headed "Instead of", "On the page" or alike, wrong answers of checks, harmful
behaviours. Nor of what people say of themselves: the turns of others in
a lesson, the person's words and the choices of a dialogue, and the actor's card.
"""

import re
from collections.abc import Iterator
from typing import Any

from peer_xblocks.authoring.refusals import Place
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.prose import line_of, texts
from peer_xblocks.course.checks.terms import perhaps_in
from peer_xblocks.course.files import Document
from peer_xblocks.course.sources import Sources

_QUOTED = r'(?:"[^"\n]*(?:\n[^"\n]+)*"|“[^”]*”|‘[^’]*’)'
_INSTEAD = (
    r"\b(?:not|never|none of|instead of|rather than|avoid\w*|without"
    r"|words? (?:like|such as)|labels? (?:like|such as))"
)
_SHOWN_AS_BAD = (
    re.compile(
        rf"{_INSTEAD}[\s:*_]+{_QUOTED}(?:\s*(?:,|or|and|nor|/)+\s*{_QUOTED})*", re.IGNORECASE
    ),
    re.compile(r"^> .*(?:\n>.*)*\n\{:[^}]*\.badly[^}]*\}", re.MULTILINE),
    re.compile(r"^!!! +badly\b.*(?:\n(?:    .*|[ \t]*$))*", re.MULTILINE),
    re.compile(r"^[ \t]*\*\*(?!You\b)[^*\n]{1,40}:\*\*.*(?:\n[ \t]*\S.*)*", re.MULTILINE),
    re.compile(r"\]\([^)]*\)"),
)
_WRITTEN_BADLY = re.compile(
    r"^\| *(?:Instead of|Rather than|On the page|As written|Avoid)\b.*(?:\n\|.*)+",
    re.MULTILINE | re.IGNORECASE,
)
_FIRST_CELL = re.compile(r"^\|[^|]*\|", re.MULTILINE)
_TRY = re.compile(r"^!!! +try\b.*(?:\n(?:    .*|[ \t]*$))*", re.MULTILINE)

_NOT_OURS = {"sources", "source", "actor", "says", "counts", "does_not_count", "not_scored"}


def person_first(sources: Sources) -> Iterator[Problem]:
    """No text of ours speaks of people in words that diminish them."""
    for document in (*sources.files, *sources.profiles.values()):
        if perhaps_in(document.text):
            for place, text in texts(document.written.data, (), _is_ours):
                yield from _unkind(document, place, text)


def _unkind(source: Document, place: Place, text: str) -> Iterator[Problem]:
    terms = perhaps_in(text)
    shown = without_bad_examples(text) if terms else text
    for term in terms:
        for match in term.pattern.finditer(shown):
            words = " ".join(match[0].split())
            line = line_of(source, source.written.line(place), text, match.start())
            sentence = f'"{words}" puts a label or blame before the person.'
            yield source.problem(line, "wording", sentence, f"Better: {term.better}.")


def without_bad_examples(text: str) -> str:
    """The text with what it shows as bad blanked out, every character in its place."""
    text = _TRY.sub(lambda match: re.sub(_QUOTED, _blank, match[0]), text)
    text = _WRITTEN_BADLY.sub(lambda match: _FIRST_CELL.sub(_blank, match[0]), text)
    for pattern in _SHOWN_AS_BAD:
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _is_ours(data: dict[str, Any], name: str, place: Place) -> bool:
    """Whether a member of an entry holds words that we say."""
    return name not in _NOT_OURS and not _is_bad_example(data, name, place)


def _is_bad_example(data: dict[str, Any], name: str, place: Place) -> bool:
    """Whether an entry shows what not to do, or may: harm, a wrong answer, a weak performance."""
    if place[-2:-1] == ("choices",) and name == "words":
        return True
    if data.get("kind") == "harmful" or place[-2:-1] in (("errors",), ("critical",)):
        return True
    if place[-2:-1] == ("options",):
        return not data.get("correct", False)
    return place[-2:-1] == ("anchors",) and data.get("level") in (1, 2)
