"""Released results as trainees see them: with the raters as Assessor A, B and C."""

from datetime import datetime
from typing import Self
from uuid import UUID

from peer_xblocks.assessment.values.aftermath import AppealInfo, CorrectionInfo
from peer_xblocks.assessment.values.seats import Letter
from peer_xblocks.core.rating import CriterionState, Evidence
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import ResolvedCriterion
from peer_xblocks.core.rubric import Behaviour, BehaviourKind, Criterion, CriticalError
from peer_xblocks.core.scoring import PASSING_LEVEL
from peer_xblocks.core.standing import Standing
from peer_xblocks.core.value import CompetencyId, Line, Slug, Value


class SeenByRater(Value):
    """What one rater, named by letter, saw and wrote on one criterion."""

    letter: Letter
    state: CriterionState
    level: int | None
    behaviours: tuple[str, ...]
    reason: str
    evidence: tuple[Evidence, ...]
    comment: str

    def naming_only(self, behaviours: set[str]) -> Self:
        """The same, with evidence that names no other behaviour than these."""
        evidence = tuple(piece.naming_only(behaviours) for piece in self.evidence)
        return self.model_copy(update={"evidence": evidence})


class SeenCriterion(Value):
    """A criterion as its trainee sees it: not the whole key that it is rated by.

    `behaviours` are those that a rater ticked and, below level 3, the basics that nobody saw.
    """

    id: Slug
    title: Line
    question: Line
    competencies: tuple[CompetencyId, ...]
    behaviours: tuple[Behaviour, ...]

    def of_kind(self, kind: BehaviourKind) -> tuple[Behaviour, ...]:
        """The behaviours of one kind, in the rubric's order."""
        return tuple(behaviour for behaviour in self.behaviours if behaviour.kind == kind)


class CriterionFeedback(Value):
    """The result on one criterion, and what it rests on. `how` says how the result came about.

    `decisive`: it alone keeps the result from being passed.
    """

    criterion: SeenCriterion
    state: CriterionState
    level: int | None
    how: str
    decisive: bool
    seen: tuple[SeenByRater, ...]

    @classmethod
    def of(
        cls, criterion: Criterion, resolved: ResolvedCriterion, seen: tuple[SeenByRater, ...]
    ) -> Self:
        """The result on a criterion, with no more of the criterion than its trainee may see."""
        level = resolved.level
        ticked = {behaviour for one in seen for behaviour in one.behaviours}
        below = level is not None and level < PASSING_LEVEL
        behaviours = tuple(
            one
            for one in criterion.behaviours
            if one.id in ticked or (below and one.kind == BehaviourKind.BASIC)
        )
        return cls(
            criterion=SeenCriterion(
                id=criterion.id,
                title=criterion.title,
                question=criterion.question,
                competencies=criterion.competencies,
                behaviours=behaviours,
            ),
            state=resolved.state,
            level=level,
            how=resolved.how,
            decisive=level is None or below if criterion.critical else level == 1,
            seen=tuple(one.naming_only({b.id for b in behaviours}) for one in seen),
        )


class OverallComment(Value):
    """A rater's words on the whole."""

    letter: Letter
    text: str


class ConfirmedError(Value):
    """A critical error that counted, with what the raters observed."""

    error: CriticalError
    observations: tuple[OverallComment, ...]


class CompetencyChange(Value):
    """What a competency stood at before and after a release."""

    competency: CompetencyId
    before: Standing
    after: Standing


class Feedback(Value):
    """A released result, as its owner sees it.

    `reason` is a lead's own, where a lead settled what two ratings could not; else "".
    `appeal_until` is the end of the window in which an appeal can be made; None when it is over.
    """

    submission_id: UUID
    title: str
    attempt: int
    passed: bool
    formative: bool
    points: tuple[int, int] | None
    basis: str
    reason: str
    criteria: tuple[CriterionFeedback, ...]
    critical_errors: tuple[ConfirmedError, ...]
    goals: tuple[Goal, ...]
    message: str
    overall_comments: tuple[OverallComment, ...]
    competencies: tuple[CompetencyChange, ...]
    released_at: datetime
    corrections: tuple[CorrectionInfo, ...] = ()
    appeal: AppealInfo | None = None
    appeal_until: datetime | None = None


class ReleasedResult(Value):
    """What the signal `released` carries: enough for a grade, a mail and a checkpoint."""

    submission_id: UUID
    trainee_id: int
    programme: Slug
    course: str
    activity: str
    activity_type: str
    passed: bool
    earned: int
    possible: int
    formative: bool
    released_at: datetime
