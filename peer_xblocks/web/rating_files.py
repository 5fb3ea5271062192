"""Ratings as files that are written while they are read: CSV for a table, JSON Lines for a program.

In CSV a row is one criterion of one rating: rubrics differ in their criteria, and columns cannot.
In JSON Lines a line is one rating with its criteria inside.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from peer_xblocks.assessment.listed import ListedCriterion, ListedRating
from peer_xblocks.core.errors import InvalidError

CSV, JSON_LINES = "csv", "jsonl"
CHUNK = 100
NAMES = ("rater_name", "trainee_name")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a table program may take for the beginning of a formula."""

Column = Callable[[ListedRating, ListedCriterion], Any]
COLUMNS: dict[str, Column] = {
    "submission": lambda one, _of: one.submission_id,
    "record": lambda one, _of: one.record_id,
    "scenario": lambda one, _of: one.scenario.key,
    "scenario_edition": lambda one, _of: one.scenario.edition,
    "rubric": lambda one, _of: one.rubric.key,
    "rubric_edition": lambda one, _of: one.rubric.edition,
    "mode": lambda one, _of: one.mode,
    "media_type": lambda one, _of: one.media_type,
    "formative": lambda one, _of: one.formative,
    "letter": lambda one, _of: one.letter,
    "rater": lambda one, _of: one.rater,
    "rater_name": lambda one, _of: one.rater_name,
    "trainee": lambda one, _of: one.trainee,
    "trainee_name": lambda one, _of: one.trainee_name,
    "handed_in_at": lambda one, _of: one.handed_in_at,
    "started_at": lambda one, _of: one.started_at,
    "rated_at": lambda one, _of: one.rated_at,
    "tie": lambda one, _of: one.tie,
    "qualification": lambda one, _of: one.qualification,
    "criterion": lambda _one, of: of.criterion,
    "criterion_state": lambda _one, of: of.state,
    "level": lambda _one, of: of.level,
    "points": lambda _one, of: of.points,
    "behaviours": lambda _one, of: " ".join(of.behaviours),
    "confirmed_empty": lambda _one, of: of.confirmed_empty,
    "result_level": lambda _one, of: of.result,
    "result_how": lambda _one, of: of.how,
    "critical_errors": lambda one, _of: " ".join(one.critical_errors),
    "asks_for_third": lambda one, _of: one.asks_for_third,
    "overall_impression": lambda one, _of: one.overall_impression,
    "state": lambda one, _of: one.state,
    "basis": lambda one, _of: one.basis,
    "passed": lambda one, _of: one.passed,
    "critical_errors_confirmed": lambda one, _of: " ".join(one.critical_errors_confirmed),
    "settled_at": lambda one, _of: one.settled_at,
    "released_at": lambda one, _of: one.released_at,
}


class Form(NamedTuple):
    """One form of file: its media type, and what writes it."""

    media_type: str
    write: Callable[[Iterator[ListedRating], bool], Iterator[str]]


def as_csv(ratings: Iterator[ListedRating], names: bool) -> Iterator[str]:
    """A row for each criterion of each rating, after the names of the columns.

    It begins with a byte order mark, without which table programs misread every accent. A text
    that could be taken for a formula is written after an apostrophe.
    """
    columns = {name: at for name, at in COLUMNS.items() if names or name not in NAMES}
    yield "\ufeff" + _csv([columns])
    while some := list(islice(ratings, CHUNK)):
        yield _csv(
            [_cell(at(one, of)) for at in columns.values()] for one in some for of in one.criteria
        )


def as_json_lines(ratings: Iterator[ListedRating], names: bool) -> Iterator[str]:
    """A line for each rating, in the shape in which the API lists it."""
    without = None if names else set(NAMES)
    while some := list(islice(ratings, CHUNK)):
        yield "".join(one.model_dump_json(exclude=without) + "\n" for one in some)


FORMS = {
    CSV: Form("text/csv; charset=utf-8", as_csv),
    JSON_LINES: Form("application/jsonl", as_json_lines),
}


def streamed(
    programme: str, form: str, ratings: Iterator[ListedRating], *, names: bool
) -> StreamingHttpResponse:
    """The answer that sends a file while it is written. Requires a form that `form_of` knows."""
    media_type, write = FORMS[form]
    response = StreamingHttpResponse(write(ratings, names), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{programme}-ratings.{form}"'
    return response


def form_of(asked: str) -> str:
    """The form that an address asks for, CSV where it says nothing. Raises InvalidError."""
    if (asked or CSV) not in FORMS:
        raise InvalidError({"form": _("Ratings come as csv or jsonl.")})
    return asked or CSV


def _csv(rows: Any) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _cell(value: Any) -> str | int:
    """A value as a table holds it: nothing for None, and no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text
