"""Says in plain sentences, each with its line, why written data does not make a value."""

import re
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from peer_xblocks.core.problem import Problem

Place = tuple[str | int, ...]
"""Where in a document: names and positions (from 0) on the way from its top."""


@dataclass(frozen=True)
class Written:
    """Plain data with the line of every place; `raw` has the words of what is not text."""

    file: str
    data: Any
    lines: dict[Place, int] = field(default_factory=dict)
    raw: dict[Place, str] = field(default_factory=dict)

    def place(self, location: Iterable[str | int]) -> Place:
        """The written place of a location in a value, which also names members of unions."""
        place: Place = ()
        for step in location:
            if (*place, step) in self.lines:
                place = (*place, step)
        return place

    def line(self, location: Iterable[str | int]) -> int:
        """The line of a location, or of the nearest place around it."""
        return self.lines.get(self.place(location), 0)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question "Did you mean …?", or nothing when no known name is near."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return _question(near[0]) if near else ""


def _question(name: object) -> str:
    return f'Did you mean "{name}"?'


def problems_in(error: ValidationError, model: type[BaseModel], written: Written) -> list[Problem]:
    """Every problem that pydantic found, as sentences with lines."""
    found: list[tuple[Place, Problem]] = [
        (detail["loc"], _problem(detail, model, written))
        for detail in error.errors(include_url=False)
    ]
    suggested = {(place[:-1], p.hint) for place, p in found if p.code == "unknown-member"}
    return [
        problem
        for place, problem in found
        # One mistake is one problem: a misspelled name is not missing, a faulty item is there.
        if not (problem.code == "missing" and (place[:-1], _question(place[-1])) in suggested)
        and not (
            problem.code == "too-few"
            and any(len(p) > len(place) and p[: len(place)] == place for p, _ in found)
        )
    ]


def _problem(detail: ErrorDetails, model: type[BaseModel], written: Written) -> Problem:
    location = detail["loc"]
    name = str(next((step for step in reversed(location) if isinstance(step, str)), ""))
    facts = _Facts(
        kind=detail["type"],
        name=name,
        is_item=bool(location) and isinstance(location[-1], int),
        given=detail["input"],
        context=detail.get("ctx", {}),
        known=_names_at(model, location[:-1]) if location else set(),
        raw=written.raw.get(written.place(location), ""),
        message=detail["msg"].removeprefix("Value error, "),
    )
    code, sentence, hint = _say(facts)
    line = written.line(location)
    if code == "stands-twice":
        line = _second(written, written.place(location), facts.message) or line
    return Problem(file=written.file, line=line, code=code, sentence=sentence, hint=hint)


@dataclass(frozen=True)
class _Facts:
    """What is known of one refusal."""

    kind: str
    name: str
    is_item: bool
    given: Any
    context: dict[str, Any]
    known: set[str]
    raw: str
    message: str


def _say(facts: _Facts) -> tuple[str, str, str]:
    name = facts.name
    if facts.kind == "extra_forbidden":
        nearest = did_you_mean(name, facts.known)
        return "unknown-member", f'"{name}" has no meaning here.', nearest or _known(facts.known)
    if facts.kind == "missing":
        return "missing", f'"{name}" is missing.', f'Add a line "{name}: …".'
    if facts.given is None or facts.kind == "string_too_short":
        return "empty", f'"{name}" is empty.', "Write something after the colon."
    if facts.kind in ("enum", "literal_error"):
        return _choice(facts)
    if facts.kind == "string_type" and not isinstance(facts.given, (list, dict)):
        words = facts.raw or str(facts.given)
        what = f'An entry of "{name}"' if facts.is_item else f'"{name}"'
        sentence = f"{what} should be text, but {words} is read as {_read_as(facts.given)}."
        return "needs-quotes", sentence, f'Put it in quotes: "{words}".'
    if facts.kind == "string_pattern_mismatch":
        sentence = f'"{facts.given}" does not have the form of {_article(name)}.'
        return "wrong-form", sentence, _form(str(facts.context.get("pattern", "")))
    if facts.kind in _BOUNDS:
        code, sentence = _BOUNDS[facts.kind]
        return code, sentence.format(name=name, **facts.context), ""
    if facts.kind == "value_error":
        code = "stands-twice" if "stands twice" in facts.message else "rule"
        return code, facts.message[:1].upper() + facts.message[1:] + ".", ""
    return "wrong-kind", f'"{name}" should be {_wanted(facts.kind)}.', _hint(facts.kind)


_BOUNDS = {
    "greater_than_equal": ("out-of-range", '"{name}" must be {ge} or more.'),
    "less_than_equal": ("out-of-range", '"{name}" must be {le} or less.'),
    "string_too_long": ("too-long", '"{name}" may have {max_length} characters at most.'),
    "too_short": ("too-few", '"{name}" needs at least {min_length} (there are {actual_length}).'),
    "too_long": ("too-many", '"{name}" may have {max_length} at most (there are {actual_length}).'),
}


def _choice(facts: _Facts) -> tuple[str, str, str]:
    choices = re.findall(r"'([^']*)'", str(facts.context.get("expected", "")))
    code = "behaviour-kind" if "harmful" in choices else "unknown-choice"
    words = facts.raw or facts.given
    nearest = did_you_mean(str(facts.given), choices)
    listed = f"It is one of: {', '.join(choices)}."
    name = str(facts.name)
    return code, f'"{name}" cannot be "{words}".', f"{nearest} {listed}".strip()


def _known(names: set[str]) -> str:
    return f"Known here: {', '.join(sorted(names))}." if names else ""


def _read_as(given: Any) -> str:
    if isinstance(given, bool):
        return "yes or no"
    return "a number" if isinstance(given, (int, float)) else "a date"


def _article(name: str) -> str:
    names = {
        "id": "an id",
        "code": "a code",
        "competencies": "a competency id",
        "url_name": "a url_name",
    }
    return names.get(name, f'"{name}"')


def _form(pattern: str) -> str:
    if pattern.startswith("^[a-z0-9]"):
        return "Use small letters a-z, digits and hyphens, at most 64, such as first-reply."
    if "IVX" in pattern:
        return "Write it like IX.2: the numeral of the category, a dot, a number."
    if "CE-" in pattern:
        return "Write it like CE-3."
    return "Use letters, digits, dots, hyphens and underscores only."


def _wanted(kind: str) -> str:
    for start, words in _WANTED:
        if kind.startswith(start):
            return words
    return "written differently"


_WANTED = (
    ("string", "text"),
    ("int", "a whole number"),
    ("bool", "true or false"),
    ("datetime", "a date and time such as 2026-01-05T00:00:00Z"),
    ("timezone", "a date and time such as 2026-01-05T00:00:00Z"),
    ("date", "a date such as 2026-01-05"),
    ("tuple", "a list"),
    ("model", "a group of entries"),
    ("dict", "a group of entries"),
    ("union", "a known kind"),
)


def _hint(kind: str) -> str:
    if kind.startswith("tuple"):
        return "Write it as [one, two], or each on a line of its own after a dash."
    if kind.startswith(("model", "dict")):
        return 'Write its entries below it, indented by two spaces, each as "name: text".'
    return ""


def _names_at(model: type[BaseModel], location: Iterable[str | int]) -> set[str]:
    """The names that may stand at a location of a value."""
    models = [model]
    for step in location:
        if isinstance(step, int):
            continue
        tagged = [
            m for m in models if "kind" in m.model_fields and m.model_fields["kind"].default == step
        ]
        if tagged:
            models = tagged
            continue
        models = [
            inner
            for m in models
            if step in m.model_fields
            for inner in _models_in(m.model_fields[step].annotation)
        ]
    return {name for m in models for name in m.model_fields}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass_safely(annotation):
        yield annotation
    elif typing.get_origin(annotation) is not None or isinstance(annotation, types.UnionType):
        for inner in typing.get_args(annotation):
            yield from _models_in(inner)


def issubclass_safely(annotation: type) -> bool:
    """Whether a type is a model; a generic alias such as tuple[int] is a type but not a class."""
    return typing.get_origin(annotation) is None and issubclass(annotation, BaseModel)


def _second(written: Written, around: Place, message: str) -> int | None:
    """The line where a doubled id stands for the second time below a place."""
    quoted = re.search(r'"([^"]*)"', message)
    if not quoted:
        return None
    lines = [
        line
        for place, line in written.lines.items()
        if place[: len(around)] == around
        and place[-1:] in (("id",), ("code",), ("level",))
        and str(_at(written.data, place)) == quoted[1]
    ]
    return sorted(lines)[1] if len(lines) > 1 else None


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data
