"""The form of the desk: a rating as it was posted, and the rows that the page shows."""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.rating import CriterionRating, CriterionState, Evidence, Rating, SeenError
from peer_xblocks.core.rubric import Behaviour, BehaviourKind, Criterion, CriticalErrors, Rubric
from peer_xblocks.core.scoring import level_of
from peer_xblocks.web.pages.posted import line, text, whole_number

_CLOCK = re.compile(r"^(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])$")


@dataclass(frozen=True)
class Group:
    """The behaviours of one kind, each with whether it is ticked."""

    kind: BehaviourKind
    behaviours: tuple[tuple[Behaviour, bool], ...]


@dataclass(frozen=True)
class Row:
    """One criterion on the desk: what was rated so far and the level it comes to."""

    criterion: Criterion
    rated: CriterionRating
    groups: tuple[Group, ...]
    level: int | None
    because: str

    @property
    def is_open(self) -> bool:
        """Whether this criterion still waits for a tick or a confirmation."""
        return self.because == "open"


def row_of(criterion: Criterion, rated: CriterionRating | None) -> Row:
    """The row of one criterion; nothing rated yet is an open row."""
    rated = rated or CriterionRating(criterion=criterion.id)
    level, because = level_of(criterion, rated)
    if rated.state is CriterionState.RATED and not (
        rated.behaviours or rated.confirmed_empty or rated.chosen_level
    ):
        level, because = None, "open"
    groups = tuple(
        Group(kind, tuple((b, b.id in rated.behaviours) for b in criterion.of_kind(kind)))
        for kind in BehaviourKind
        if criterion.of_kind(kind)
    )
    return Row(criterion, rated, groups, level, because)


def rows_of(rubric: Rubric, rating: Rating) -> tuple[Row, ...]:
    """The rows of the whole rubric, in its order."""
    return tuple(row_of(c, rating.of(c.id)) for c in rubric.criteria)


def read(posted: QueryDict, rubric: Rubric, errors: CriticalErrors) -> Rating:
    """The rating as posted, unfinished or not. Raises InvalidError for what no rating holds."""
    try:
        return Rating(
            criteria=tuple(_criterion(posted, criterion) for criterion in rubric.criteria),
            critical_errors=tuple(
                SeenError(code=error.code, observation=text(posted, f"error-{error.code}"))
                for error in errors.errors
                if error.code in posted.getlist("errors")
            ),
            overall_comment=text(posted, "overall_comment"),
            asks_for_third="asks_for_third" in posted,
            asks_reason=text(posted, "asks_reason"),
            overall_impression=whole_number(posted, "overall_impression"),
        )
    except ValidationError as error:
        raise InvalidError(
            {"": _("Something is longer than 4,000 characters, or not one of the choices.")}
        ) from error


def _criterion(posted: QueryDict, criterion: Criterion) -> CriterionRating:
    name = f"c-{criterion.id}"
    ticked = set(posted.getlist(f"{name}-b"))
    none = f"{name}-none" in posted
    return CriterionRating(
        criterion=criterion.id,
        state=CriterionState.NO_OPPORTUNITY if none else CriterionState.RATED,
        behaviours=tuple(b.id for b in criterion.behaviours if b.id in ticked),
        chosen_level=whole_number(posted, f"{name}-level"),
        reason=text(posted, f"{name}-reason") if none else "",
        evidence=_evidence(posted, name),
        comment=text(posted, f"{name}-comment"),
        confirmed_empty=f"{name}-empty" in posted and not ticked and not none,
    )


def _evidence(posted: QueryDict, name: str) -> tuple[Evidence, ...]:
    """The rows of evidence that hold anything: a quote, a time, or both."""
    quotes = [line(quote) for quote in posted.getlist(f"{name}-quote")]
    times = [milliseconds(time) for time in posted.getlist(f"{name}-time")]
    times += [None] * (len(quotes) - len(times))
    found = []
    for quote, time in zip(quotes, times, strict=False):
        if time is not None:
            found.append(Evidence(kind="pin" if quote else "time", text=quote, start_ms=time))
        elif quote:
            found.append(Evidence(kind="quote", text=quote))
    return tuple(found)


def milliseconds(clock: str) -> int | None:
    """A time written `4:05` or `1:02:03`, in milliseconds; None for nothing, else InvalidError."""
    if not clock.strip():
        return None
    match = _CLOCK.match(clock.strip())
    if match is None:
        sentence = _("Write a time as minutes and seconds, such as 4:05.")
        raise InvalidError({"": sentence})
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
