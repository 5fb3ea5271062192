"""What trainees see of their own results: after release, with the raters as Assessor A and B."""

import json
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.assessment import aftermath, reach, resolving
from peer_xblocks.assessment import standings as standing
from peer_xblocks.assessment.api import appeals
from peer_xblocks.assessment.cases import goals_of
from peer_xblocks.assessment.editions import editions_of, rubric_of
from peer_xblocks.assessment.models import CaseRecord, RatingRecord
from peer_xblocks.assessment.rows import letter_of, rating_of
from peer_xblocks.assessment.values import (
    AppealInfo,
    CompetencyChange,
    ConfirmedError,
    CriterionFeedback,
    Feedback,
    OverallComment,
    SeenByRater,
    VoidInfo,
)
from peer_xblocks.core import self_rating
from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.core.resolution import Resolution, ResolvedCriterion
from peer_xblocks.core.rubric import Criterion, CriticalErrors
from peer_xblocks.core.scoring import level_of
from peer_xblocks.core.self_rating import CriterionBeside
from peer_xblocks.core.standing import Observation, Standing
from peer_xblocks.work.api import self_ratings, submissions
from peer_xblocks.work.values import Status


def status(user: AbstractBaseUser, submission_id: UUID | str) -> Status:
    """How far the user's own submission has come. Raises NotFoundError for any other id."""
    return submissions.get(user, submission_id).status


def standings(user: AbstractBaseUser, programme: str) -> tuple[tuple[str, Standing], ...]:
    """What the user's competencies stand at after released results, in the framework's order."""
    return standing.standings_of(user.pk, programme)


def observations(user: AbstractBaseUser, programme: str) -> tuple[Observation, ...]:
    """What the user's own released results show of competencies, and in which scenarios."""
    return tuple(standing.released_before(user.pk, programme)[1])


def result(user: AbstractBaseUser, submission_id: UUID | str) -> Feedback:
    """The released result of the user's own submission.

    Raises NotFoundError for any other id, and ConflictError until it is released.
    """
    own = submissions.get(user, submission_id)
    case = reach.current(own.id)
    resolution = resolving.resolution_of(case)
    if case.state == CaseRecord.State.VOIDED:
        raise ConflictError(_("This submission counts no more. Its page says why."))
    if case.state != CaseRecord.State.RELEASED or resolution is None:
        raise ConflictError(_("Your result is not there yet. You will see it here once it is."))
    return _feedback(case, own.attempt, resolution)


def beside(user: AbstractBaseUser, submission_id: UUID | str) -> tuple[CriterionBeside, ...]:
    """The user's own ticks beside the released ones, on the criteria that they ticked anything of.

    Empty when they did not rate themselves, until the result is released, and for anybody else's.
    Computed for this one page and kept nowhere.
    """
    own = self_ratings.of_submission(user, submission_id)
    if own is None:
        return ()
    case = reach.current(submissions.get(user, submission_id).id)
    resolution = resolving.resolution_of(case)
    if case.state != CaseRecord.State.RELEASED or resolution is None:
        return ()
    rows, ticks = resolving.ratings_of(case), {one.criterion: one for one in own.ticks}
    levels = {one.criterion: one.level for one in resolution.criteria}
    return tuple(
        compared
        for criterion in rubric_of(case).criteria
        if criterion.id in ticks
        and (compared := _beside(criterion, ticks[criterion.id], levels[criterion.id], rows))
        and compared.own_because != "open"
    )


def void(user: AbstractBaseUser, submission_id: UUID | str) -> VoidInfo | None:
    """Why the user's own submission counts no more; None when it does. Who did it is not told."""
    case = reach.current(submissions.get(user, submission_id).id)
    found = aftermath.void_of(case)
    return found.model_copy(update={"voided_by": ""}) if found else None


def appeal(user: AbstractBaseUser, submission_id: UUID | str) -> AppealInfo | None:
    """The user's own appeal on a submission, whichever round it was about; None for none."""
    own = submissions.get(user, submission_id)
    rounds = CaseRecord.objects.filter(submission=own.id).order_by("-round")
    return next((found for case in rounds if (found := aftermath.appeal_of(case))), None)


def _feedback(case: CaseRecord, attempt: int, resolution: Resolution) -> Feedback:
    editions = editions_of(case)
    rows = resolving.ratings_of(case)
    points = resolution.points
    return Feedback(
        submission_id=case.submission,
        title=case.title,
        attempt=attempt,
        passed=resolution.passed,
        formative=case.formative,
        points=(points.earned, points.possible) if points else None,
        basis=resolution.basis,
        reason=resolution.reason,
        criteria=tuple(
            _criterion(criterion, resolved, rows)
            for criterion, resolved in zip(
                editions.rubric.criteria, resolution.criteria, strict=True
            )
        ),
        critical_errors=_errors(editions.critical_errors, resolution, rows),
        goals=goals_of(case.shown),
        message=case.shown.message,
        overall_comments=_comments(rows),
        competencies=_changes(case),
        released_at=case.shown.released_at,
        corrections=tuple(
            one.model_copy(update={"corrected_by": ""}) for one in aftermath.corrections_of(case)
        ),
        appeal=aftermath.appeal_of(case),
        appeal_until=appeals.closes(case),
    )


def _criterion(
    criterion: Criterion, resolved: ResolvedCriterion, rows: list[RatingRecord]
) -> CriterionFeedback:
    seen = tuple(_seen(criterion, row) for row in rows)
    return CriterionFeedback.of(criterion, resolved, seen)


def _seen(criterion: Criterion, row: RatingRecord) -> SeenByRater:
    rated = rating_of(row).of(criterion.id)
    assert rated is not None
    return SeenByRater(
        letter=letter_of(row.seat),
        state=rated.state,
        level=level_of(criterion, rated).level,
        behaviours=rated.behaviours,
        reason=rated.reason,
        evidence=rated.evidence,
        comment=rated.comment,
    )


def _beside(
    criterion: Criterion, own: CriterionRating, level: int | None, rows: list[RatingRecord]
) -> CriterionBeside:
    seen = {one.letter: set(one.behaviours) for one in (_seen(criterion, row) for row in rows)}
    return self_rating.beside(criterion, own, level, seen)


def _errors(
    known: CriticalErrors, resolution: Resolution, rows: list[RatingRecord]
) -> tuple[ConfirmedError, ...]:
    """Only the errors that were confirmed: what one rater alone saw does not count and is not held
    up.
    """
    confirmed = [error for error in known.errors if error.code in resolution.critical_errors]
    return tuple(
        ConfirmedError(
            error=error,
            observations=tuple(
                OverallComment(letter=letter_of(row.seat), text=seen.observation)
                for row in rows
                for seen in rating_of(row).critical_errors
                if seen.code == error.code
            ),
        )
        for error in confirmed
    )


def _comments(rows: list[RatingRecord]) -> tuple[OverallComment, ...]:
    words = [(letter_of(row.seat), rating_of(row).overall_comment) for row in rows]
    return tuple(OverallComment(letter=letter, text=text) for letter, text in words if text)


def _changes(case: CaseRecord) -> tuple[CompetencyChange, ...]:
    before, after = json.loads(case.shown.before), json.loads(case.shown.after)
    return tuple(
        CompetencyChange(competency=one, before=before[one], after=after[one]) for one in after
    )
