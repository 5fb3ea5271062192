"""The form of the desk: a rating as it was posted, and the rows that the page shows."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.rating import CriterionRating, CriterionState, Rating, SeenError
from peer_xblocks.core.rubric import Behaviour, BehaviourKind, Criterion, CriticalErrors, Rubric
from peer_xblocks.core.scoring import level_so_far
from peer_xblocks.web.pages import evidence_form
from peer_xblocks.web.pages.posted import text, whole_number


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

    @property
    def in_order(self) -> tuple[Behaviour, ...]:
        """The behaviours as the page numbers them: 1 is the first harmful one."""
        return tuple(behaviour for group in self.groups for behaviour, _ticked in group.behaviours)


def row_of(criterion: Criterion, rated: CriterionRating | None) -> Row:
    """The row of one criterion; nothing rated yet is an open row."""
    rated = rated or CriterionRating(criterion=criterion.id)
    level, because = level_so_far(criterion, rated)
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
        evidence=evidence_form.evidence(posted, name, criterion),
        comment=text(posted, f"{name}-comment"),
        confirmed_empty=f"{name}-empty" in posted and not ticked and not none,
    )
