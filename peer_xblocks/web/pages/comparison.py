"""Ratings side by side for a lead, differences first, and what the trainee would read of them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from peer_xblocks.assessment.values import (
    CaseDetail,
    CaseRating,
    ConfirmedError,
    CriterionFeedback,
    Feedback,
    OverallComment,
    SeenByRater,
)
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import ResolvedCriterion, ThirdBecause
from peer_xblocks.core.rubric import Criterion, CriticalError
from peer_xblocks.web.pages.release_form import Entered


@dataclass(frozen=True)
class Side:
    """What one rater came to on one criterion."""

    rating: CaseRating
    rated: CriterionRating
    level: int | None
    index: int


@dataclass(frozen=True)
class Row:
    """One criterion as each rater saw it, and as it was settled."""

    criterion: Criterion
    sides: tuple[Side, ...]
    because: tuple[ThirdBecause, ...]
    disputed: bool
    differs: bool
    settled: ResolvedCriterion | None


@dataclass(frozen=True)
class ErrorRow:
    """One critical error that some rater saw, and what each observed; "" where they did not."""

    error: CriticalError
    observations: tuple[tuple[CaseRating, str], ...]
    by_one: bool


def rows_of(case: CaseDetail) -> tuple[Row, ...]:
    """The rubric's criteria: disputed ones first, then others that differ, then the rest."""
    rows = [_row(case, criterion) for criterion in case.rubric.criteria]
    return tuple(sorted(rows, key=lambda row: (not row.disputed, not row.differs)))


def _row(case: CaseDetail, criterion: Criterion) -> Row:
    sides = tuple(
        Side(
            rating=rating,
            rated=rating.rating.of(criterion.id) or CriterionRating(criterion=criterion.id),
            level=rating.levels.get(criterion.id),
            index=index,
        )
        for index, rating in enumerate(case.ratings)
    )
    settled = case.resolution.criteria if case.resolution else ()
    return Row(
        criterion=criterion,
        sides=sides,
        because=tuple(one for one in case.third_because if one.criterion == criterion.id),
        disputed=criterion.id in case.disputed,
        differs=len({side.level for side in sides}) > 1,
        settled=next((one for one in settled if one.criterion == criterion.id), None),
    )


def errors_of(case: CaseDetail) -> tuple[ErrorRow, ...]:
    """The critical errors that any rater saw."""
    rows = []
    by_one = {one.code for one in case.third_because if one.code}
    for error in case.critical_errors.errors:
        seen = tuple((rating, _observation(rating, error.code)) for rating in case.ratings)
        if any(observation for _rating, observation in seen):
            rows.append(ErrorRow(error, seen, error.code in by_one))
    return tuple(rows)


def _observation(rating: CaseRating, code: str) -> str:
    found = (seen.observation for seen in rating.rating.critical_errors if seen.code == code)
    return next(found, "")


def preview(case: CaseDetail, entered: Entered) -> Feedback | None:
    """What the trainee would read if this were released with these words; None if not settled."""
    result = case.resolution
    if result is None:
        return None
    confirmed = [row for row in errors_of(case) if row.error.code in result.critical_errors]
    overall = tuple(
        OverallComment(letter=one.letter, text=one.rating.overall_comment)
        for one in case.ratings
        if one.rating.overall_comment
    )
    return Feedback(
        submission_id=case.submission_id,
        title=case.title,
        attempt=0,
        passed=result.passed,
        formative=case.formative,
        points=(result.points.earned, result.points.possible) if result.points else None,
        basis=result.basis,
        reason=result.reason,
        criteria=tuple(_feedback(_row(case, criterion)) for criterion in case.rubric.criteria),
        critical_errors=tuple(_confirmed(row) for row in confirmed),
        goals=tuple(
            Goal(criterion=criterion or None, text=words[:600])
            for criterion, words in entered.goals
            if words
        ),
        message=entered.message,
        overall_comments=overall,
        competencies=(),
        released_at=datetime.now(UTC),
    )


def _feedback(row: Row) -> CriterionFeedback:
    assert row.settled is not None
    return CriterionFeedback.of(
        row.criterion,
        row.settled,
        tuple(
            SeenByRater(
                letter=side.rating.letter,
                state=side.rated.state,
                level=side.level,
                behaviours=side.rated.behaviours,
                reason=side.rated.reason,
                evidence=side.rated.evidence,
                comment=side.rated.comment,
            )
            for side in row.sides
        ),
    )


def _confirmed(row: ErrorRow) -> ConfirmedError:
    return ConfirmedError(
        error=row.error,
        observations=tuple(
            OverallComment(letter=rating.letter, text=observation)
            for rating, observation in row.observations
            if observation
        ),
    )
