"""Reads an author's YAML: plain data, and the line of every place in it.

Stricter than YAML itself, because authors are not programmers: a key may stand once, anchors and
tags are refused, numbers are decimal. What pydantic then refuses becomes a sentence in `refusals`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from peer_xblocks.authoring.refusals import Place, Written, problems_in
from peer_xblocks.core.problem import Problem, ProblemsError

Model = TypeVar("Model", bound=BaseModel)

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40

# What XML 1.0 cannot hold, so OLX cannot either. Line ends and tabs are fine.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_TAGS = "tag:yaml.org,2002:"
_KNOWN_TAGS = {"map", "seq", "str", "null", "bool", "int", "float", "timestamp", "value", "merge"}


def load(model: type[Model], text: str, file: str) -> Model:
    """The value that a YAML text holds. Raises ProblemsError with every problem found."""
    return value_of(model, parse(text, file))


def value_of(model: type[Model], written: Written) -> Model:
    """The value that data holds.

    Raises ProblemsError with every problem found, each with its line.
    """
    try:
        return model.model_validate(written.data)
    except ValidationError as error:
        raise ProblemsError(problems_in(error, model, written)) from None


def parse(text: str, file: str, first_line: int = 1) -> Written:
    """The data of a text that holds one YAML document. Raises ProblemsError."""
    documents = parse_stream(text, file, first_line)
    if len(documents) > 1:
        line = documents[1].lines[()]
        sentence = "A second document begins here; this file holds one."
        raise ProblemsError(
            [_problem(file, line, "second-document", sentence, 'Remove the line "---".')]
        )
    if not documents or documents[0].data is None:
        raise ProblemsError([_problem(file, first_line, "empty", "There is nothing here yet.")])
    return documents[0]


def parse_stream(text: str, file: str, first_line: int = 1) -> list[Written]:
    """The data of every YAML document in a text, in order. Raises ProblemsError."""
    text = clean(text, file, first_line)
    found = []
    try:
        loader = yaml.CSafeLoader(text)
        try:
            while loader.check_node():
                walk = _Walk(file, first_line)
                node: Any = loader.get_node()
                data = walk.data_of(node, (), node.start_mark.line, 0)
                if walk.problems:
                    raise ProblemsError(walk.problems)
                found.append(Written(file, data, walk.lines, walk.raw))
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise ProblemsError([_syntax_problem(error, text, file, first_line)]) from None
    return found


def clean(text: str, file: str, first_line: int = 1) -> str:
    """The text with line ends as "\\n" and no byte order mark.

    Raises ProblemsError for what OLX could not hold.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS:
        sentence = f"This text is longer than {MAX_CHARACTERS} characters."
        raise ProblemsError([_problem(file, 0, "too-long", sentence, "Divide it.")])
    problems = [
        control_problem(file, first_line + text.count("\n", 0, match.start()), match[0])
        for match in FORBIDDEN.finditer(text)
    ]
    if problems:
        raise ProblemsError(problems)
    return text


def control_problem(file: str, line: int, character: str) -> Problem:
    """That a text holds a character that XML, and so a course, cannot hold."""
    sentence = (
        f"There is an invisible character here (U+{ord(character):04X}) that a course cannot hold."
    )
    return _problem(
        file, line, "control-character", sentence, "Delete it and type the words around it again."
    )


@dataclass
class _Walk:
    """One walk over the nodes of a document."""

    file: str
    first_line: int
    lines: dict[Place, int] = field(default_factory=dict)
    raw: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    kept: list[Any] = field(default_factory=list)

    def data_of(self, node: Any, place: Place, line: int, depth: int) -> Any:
        self.lines[place] = self.first_line + line
        if id(node) in self.seen:
            sentence = "This repeats another place by an alias (*)."
            self.problems.append(
                _problem(self.file, self.lines[place], "alias", sentence, "Write it out in full.")
            )
            return None
        self.seen.add(id(node))
        self.kept.append(node)  # an id is unique only while its node lives
        if depth > MAX_DEPTH:
            self._refuse(
                node, "too-deep", "This is nested too deeply to read.", "Look at the indentation."
            )
            return None
        if node.tag.removeprefix(_TAGS) not in _KNOWN_TAGS:
            self._refuse(
                node, "tag", f"A tag such as {node.tag} has no meaning here.", "Remove it."
            )
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._members(node, place, depth))
        if isinstance(node, yaml.SequenceNode):
            return [
                self.data_of(item, (*place, number), self._line_of(item, line), depth + 1)
                for number, item in enumerate(node.value)
            ]
        return self._scalar(node, place)

    def _line_of(self, item: Any, line: int) -> int:
        """The line of an item; an alias says only where its anchor is, so take that of the list."""
        return line if id(item) in self.seen else item.start_mark.line

    def _members(self, node: Any, place: Place, depth: int) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, "key", "The name of an entry must be a plain word.")
                continue
            key = str(key_node.value)
            if key in first:
                self._refuse(
                    key_node,
                    "duplicate-key",
                    f'"{key}" stands here a second time; it is already on line {first[key]}.',
                    "Keep one of the two.",
                )
                continue
            first[key] = self.first_line + line
            yield key, self.data_of(value_node, (*place, key), line, depth + 1)

    def _scalar(self, node: Any, place: Place) -> Any:
        text = str(node.value)
        match = FORBIDDEN.search(text)
        if match:
            line = self.first_line + node.start_mark.line
            self.problems.append(control_problem(self.file, line, match[0]))
            return ""
        value = _plain(node.tag.removeprefix(_TAGS), text)
        if not isinstance(value, str):
            self.raw[place] = text
        return value

    def _refuse(self, node: Any, code: str, sentence: str, hint: str = "") -> None:
        line = self.first_line + node.start_mark.line
        self.problems.append(_problem(self.file, line, code, sentence, hint))


def _plain(tag: str, text: str) -> Any:
    """What a scalar means; text that only YAML 1.1 would read as a number or a date stays text."""
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in ("yes", "true", "on")
    try:
        if tag == "int" and _DECIMAL.fullmatch(text):
            return int(text)
        if tag == "float":
            return float(text)
        if tag == "timestamp":
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        pass
    return text


def _syntax_problem(error: yaml.YAMLError, text: str, file: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = first_line + mark.line if mark else 0
    lines = text.split("\n")[: mark.line + 1 if mark else 0]
    for number, (written, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        if _TAB.match(written):
            sentence = "There is a tab at the beginning of this line."
            hint = "Use spaces for indentation."
            return _problem(file, first_line + number, "syntax", sentence, hint)
        if _OPEN_QUOTE.match(written) and _ENTRY.match(below):
            sentence = "A quotation mark is opened here and not closed."
            return _problem(file, first_line + number, "syntax", sentence, _CLOSE)
    what = str(getattr(error, "problem", None) or error).split("\n")[0]
    for part, sentence, hint in _SYNTAX:
        if part in what:
            return _problem(file, line, "syntax", sentence, hint)
    sentence = "This line, or the one above, cannot be read."
    return _problem(
        file, line, "syntax", sentence, "Look at its indentation, its quotes and its colons."
    )


# The commonest fault shows only further down, where the next quotation mark stands.
_ENTRY = re.compile(r"^\s*(?:- )?[\w-]+:(?:\s|$)")
_OPEN_QUOTE = re.compile(r"""^\s*(?:- )?(?:[\w-]+:\s+)?(?:"(?:[^"\\]|\\.)*|'[^']*)$""")
_TAB = re.compile(r"^ *\t")
_CLOSE = 'Add the closing mark, and write \\" for a mark inside.'

_SYNTAX = (
    (
        "mapping values are not allowed",
        "There is a second colon on this line.",
        "Put the whole text in quotes, or begin it with >- on a line of its own.",
    ),
    (
        "cannot start any token",
        "This begins with a character that has a meaning of its own, such as a tab, @, ` or %.",
        "Use spaces for indentation, and put the text in quotes.",
    ),
    (
        "quoted scalar",
        "A quotation mark is opened here and not closed.",
        _CLOSE,
    ),
    (
        "found undefined alias",
        "A text that begins with * is read as an alias.",
        "Put the text in quotes.",
    ),
    (
        "unknown escape character",
        "There is a backslash in double quotes that means nothing.",
        "Use single quotes, or write two backslashes.",
    ),
    (
        "could not find expected ':'",
        "A colon and a space are missing on this line or the one above.",
        'Write "name: text".',
    ),
)


def _problem(file: str, line: int, code: str, sentence: str, hint: str = "") -> Problem:
    return Problem(file=file, line=line, code=code, sentence=sentence, hint=hint)
