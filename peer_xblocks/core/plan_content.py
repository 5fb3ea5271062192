"""What somebody wrote into a plan template, and what can be done with it: pure rules.

Words for fields that a template no longer has are carried along: an author's change takes nothing
from anybody.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from peer_xblocks.core.plan import ITEM, MOST_ROWS, PlanField, PlanTemplate
from peer_xblocks.core.value import Value

Row = dict[str, str]

LONGEST_CELL = 6_000
"""How many characters one input takes."""


class Plan(Value):
    """A plan as somebody wrote it: for whom, texts by field, rows by field, cells by column."""

    person: str = Field(default="", max_length=200)
    texts: dict[str, str] = {}
    rows: dict[str, tuple[Row, ...]] = {}

    def text(self, field: str) -> str:
        """The text of a line or paragraph; "" where nothing is written."""
        return self.texts.get(field, "")

    def rows_of(self, field: str) -> tuple[Row, ...]:
        """The rows of a list or table, empty ones in between included."""
        return self.rows.get(field, ())

    def written(self, field: PlanField) -> bool:
        """Whether anything at all is written in a field."""
        if field.has_rows:
            return any(_is_written(row) for row in self.rows_of(field.id))
        return bool(self.text(field.id).strip())


def from_form(template: PlanTemplate, before: Plan, sent: Mapping[str, str]) -> Plan:
    """The plan that a form holds: `person`, `w.FIELD` and `r.FIELD.ROW.COLUMN`.

    A field that was not sent at all keeps what `before` has, and so does one that the template
    lacks. Empty rows at the end are left out.
    """
    texts, rows = dict(before.texts), dict(before.rows)
    for field in template.fields:
        if not field.has_rows:
            if f"w.{field.id}" in sent:
                texts[field.id] = _clean(sent[f"w.{field.id}"])
            continue
        found = _sent_rows(field, sent)
        if found is not None:
            rows[field.id] = found
    person = " ".join(sent.get("person", before.person).split())[:200]
    return Plan(
        person=person,
        texts={name: text for name, text in texts.items() if text},
        rows={name: kept for name, kept in rows.items() if kept},
    )


def _sent_rows(field: PlanField, sent: Mapping[str, str]) -> tuple[Row, ...] | None:
    """The rows of a field in a form; None when it has none of them."""
    found: list[Row] = []
    seen = False
    for number in range(MOST_ROWS):
        cells = {name: sent.get(f"r.{field.id}.{number}.{name}") for name in field.column_ids}
        seen = seen or any(text is not None for text in cells.values())
        found.append({name: _clean(text) for name, text in cells.items() if text})
    return _trimmed(found) if seen else None


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip()


def _trimmed(rows: list[Row]) -> tuple[Row, ...]:
    """The rows without empty ones at the end, and without empty cells."""
    kept = [{name: text for name, text in row.items() if text} for row in rows]
    while kept and not _is_written(kept[-1]):
        kept.pop()
    return tuple(kept)


def _is_written(row: Row) -> bool:
    return any(text.strip() for text in row.values())


def moved(plan: Plan, field: str, number: int, by: int) -> Plan:
    """The plan with one row moved up (-1) or down (1), within what is written; else as it is."""
    rows = list(plan.rows_of(field))
    to = number + by
    if not 0 <= number < MOST_ROWS or not 0 <= to < MOST_ROWS:
        return plan
    while len(rows) <= max(number, to):
        rows.append({})
    rows[number], rows[to] = rows[to], rows[number]
    return _with_rows(plan, field, rows)


def removed(plan: Plan, field: str, number: int) -> Plan:
    """The plan without one row."""
    rows = [row for place, row in enumerate(plan.rows_of(field)) if place != number]
    return _with_rows(plan, field, rows)


def _with_rows(plan: Plan, field: str, rows: list[Row]) -> Plan:
    kept = {**plan.rows, field: _trimmed(rows)}
    return plan.model_copy(update={"rows": {name: one for name, one in kept.items() if one}})


def missing(template: PlanTemplate, plan: Plan) -> tuple[PlanField, ...]:
    """The needed fields in which nothing is written yet."""
    return tuple(one for one in template.fields if one.needed and not plan.written(one))


def left_over(template: PlanTemplate, plan: Plan) -> Iterator[str]:
    """What was written for fields, or columns, that the template no longer has."""
    for name, text in plan.texts.items():
        field = template.field(name)
        if text and (field is None or field.has_rows):
            yield text
    for name, rows in plan.rows.items():
        field = template.field(name)
        known = field.column_ids if field and field.has_rows else ()
        for row in rows:
            yield from (text for column, text in row.items() if column not in known and text)


def lines(template: PlanTemplate, plan: Plan) -> Iterator[tuple[str, str]]:
    """Everything that is written, in order: the name of each place, and its words."""
    if plan.person:
        yield "", plan.person
    for field in template.fields:
        if not field.has_rows:
            if plan.text(field.id):
                yield field.label, plan.text(field.id)
            continue
        labels = {one.id: one.label for one in field.columns} or {ITEM: ""}
        for number, row in enumerate(plan.rows_of(field.id), start=1):
            for column, label in labels.items():
                if row.get(column):
                    place = f"{field.label} {number}" + (f", {label}" if label else "")
                    yield place, row[column]
    for text in left_over(template, plan):
        yield "", text


class Piece(Value):
    """A stretch of a comparison: the same in both, only in the older, or only in the newer."""

    kind: Literal["same", "old", "new"]
    words: str


class Change(Value):
    """One place of a plan where two versions differ, word by word."""

    place: str
    pieces: tuple[Piece, ...]


def changes(template: PlanTemplate, old: Plan, new: Plan) -> tuple[Change, ...]:
    """Where two versions of a plan differ, in the order of the template."""
    before, after = _by_place(template, old), _by_place(template, new)
    places = [*after, *(place for place in before if place not in after)]
    return tuple(
        Change(place=place, pieces=compared(before.get(place, ""), after.get(place, "")))
        for place in places
        if before.get(place, "") != after.get(place, "")
    )


def _by_place(template: PlanTemplate, plan: Plan) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, text in lines(template, plan):
        found[place] = f"{found[place]}\n{text}" if place in found else text
    return found


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts word by word; put together, either comes out again.

    Words that changed side by side are told as one stretch, so that a sentence can be read.
    """
    a, b = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    found: list[Piece] = []
    gone, come, space = "", "", ""
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = "".join(a[i:j])
        if kind != "equal":
            gone, come = gone + space + same, come + space + "".join(b[k:m])
            space = ""
        elif (gone or come) and same.isspace():
            space = same
        else:
            found += _changed(gone, come)
            found.append(Piece(kind="same", words=space + same))
            gone, come, space = "", "", ""
    found += _changed(gone, come)
    return (*found, Piece(kind="same", words=space)) if space else tuple(found)


def _changed(gone: str, come: str) -> list[Piece]:
    pieces = (Piece(kind="old", words=gone), Piece(kind="new", words=come))
    return [one for one in pieces if one.words]
