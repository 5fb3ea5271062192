"""The competency framework: its file, kept with where it comes from, made into the value."""

from typing import Any

from peer_xblocks.authoring.refusals import Place, Written
from peer_xblocks.authoring.source import parse, value_of
from peer_xblocks.core.framework import Framework
from peer_xblocks.core.problem import Problem, ProblemsError

_KEPT_IN_FRAMEWORK = {
    "id": "key",
    "title": "title",
    "publisher": "publisher",
    "year": "year",
    "text_rule": "text_rule",
}


def load(text: str, file: str) -> Framework:
    """The framework that a text holds.

    Raises ProblemsError, also when its own counts are not what it lists.
    """
    written = parse(text, file)
    if not isinstance(written.data, dict) or not isinstance(written.data.get("framework"), dict):
        sentence = '"framework" is missing: the entries that say which framework this is.'
        raise ProblemsError([Problem(file=file, line=1, code="missing", sentence=sentence)])
    value = value_of(Framework, _shaped(written))
    problems = [*_wrong_counts(written, value), *_without_category(written, value)]
    if problems:
        raise ProblemsError(sorted(problems, key=lambda p: p.line))
    return value


def _shaped(written: Written) -> Written:
    """The members that a Framework has; the provenance stays in the file."""
    about = written.data["framework"]
    data: dict[str, Any] = {
        new: about[old] for old, new in _KEPT_IN_FRAMEWORK.items() if old in about
    }
    lines: dict[Place, int] = {(): written.line(["framework"])}
    for old, new in _KEPT_IN_FRAMEWORK.items():
        lines[(new,)] = written.line(["framework", old])
    categories = written.data.get("categories")
    if isinstance(categories, list):
        categories = [_without(c, "competency_count") for c in categories]
    for name, member in (
        ("categories", categories),
        ("competencies", written.data.get("competencies")),
    ):
        if member is not None:
            data[name] = member
    lines |= {
        p: n for p, n in written.lines.items() if p[:1] in (("categories",), ("competencies",))
    }
    return Written(written.file, data, lines, written.raw)


def _without(data: Any, name: str) -> Any:
    return {k: v for k, v in data.items() if k != name} if isinstance(data, dict) else data


def _wrong_counts(written: Written, value: Framework) -> list[Problem]:
    found: list[tuple[Place, int]] = [
        (("framework", "category_count"), len(value.categories)),
        (("framework", "competency_count"), len(value.competencies)),
    ]
    for number, category in enumerate(value.categories):
        there = sum(1 for c in value.competencies if c.category == category.id)
        found.append((("categories", number, "competency_count"), there))
    problems = []
    for place, there in found:
        if place in written.lines and _at(written.data, place) != there:
            sentence = f'"{place[-1]}" says {_at(written.data, place)}, but {there} are listed.'
            line = written.lines[place]
            problems.append(Problem(file=written.file, line=line, code="count", sentence=sentence))
    return problems


def _without_category(written: Written, value: Framework) -> list[Problem]:
    known = {category.id for category in value.categories}
    problems = []
    for number, competency in enumerate(value.competencies):
        expected = f"{competency.category}.{competency.number}"
        if competency.category not in known or competency.id != expected:
            sentence = f'"{competency.id}" is not item {competency.number} of a listed category.'
            line = written.line(["competencies", number, "id"])
            problems.append(
                Problem(file=written.file, line=line, code="framework", sentence=sentence)
            )
    return problems


def _at(data: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        data = data[step]
    return data
