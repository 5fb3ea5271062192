"""What `assessment.api` takes and answers; nothing a rater gets names a trainee or a rater."""

from datetime import datetime
from enum import StrEnum
from typing import Literal, Self
from uuid import UUID

from peer_xblocks.core.rating import CriterionState, Evidence, Rating
from peer_xblocks.core.record import Goal, Named
from peer_xblocks.core.resolution import Resolution, ResolvedCriterion, ThirdBecause
from peer_xblocks.core.rubric import (
    Behaviour,
    BehaviourKind,
    Criterion,
    CriticalError,
    CriticalErrors,
    Rubric,
)
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.core.scoring import PASSING_LEVEL
from peer_xblocks.core.standing import Standing
from peer_xblocks.core.value import CompetencyId, Line, Slug, Value
from peer_xblocks.work.values import RecordingInfo

Letter = Literal["A", "B", "C"]
"""How a rater is named to trainees and, until a result is signed, to everyone: by seat."""


class TieKind(StrEnum):
    """What ties an assessor to a trainee."""

    TRAINER = "trainer"
    SUPERVISOR = "supervisor"
    FAMILY = "family"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    OTHER = "other"


class QualificationState(StrEnum):
    """How far an assessor may rate by a rubric."""

    INVITED = "invited"
    TRAINING = "training"
    QUALIFIED = "qualified"
    PROBATION = "probation"
    ACTIVE = "active"
    PAUSED = "paused"
    LAPSED = "lapsed"


MAY_RATE = frozenset(
    {QualificationState.QUALIFIED, QualificationState.PROBATION, QualificationState.ACTIVE}
)
"""The states in which an assessor may rate where a programme asks for a qualification."""


class Waiting(Value):
    """A submission in the queue, without a name and without what others took."""

    scenario: Named
    title: str
    submitted_at: datetime
    waiting_seconds: int
    media_type: str


class SeatInfo(Value):
    """A seat that an assessor holds or held. Which one it is would tell of another rater."""

    id: UUID
    programme: Slug
    scenario: Named
    title: str
    mode: str
    media_type: str
    submitted_at: datetime
    taken_at: datetime
    lease_until: datetime | None


class RatingDraft(Value):
    """What an assessor has noted so far on a seat. Version 0: nothing was saved yet."""

    version: int
    rating: Rating
    saved_at: datetime | None


class Desk(Value):
    """Everything a rater needs for one seat, and nothing that tells who performed."""

    seat: SeatInfo
    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors
    text: str | None
    recording: RecordingInfo | None
    answers: dict[str, str]
    draft: RatingDraft
    submitted: bool


class RatingInfo(Value):
    """A rating of one's own, as submitted."""

    id: UUID
    seat_id: UUID
    record_id: str
    scenario: Named
    title: str
    submitted_at: datetime
    rating: Rating
    levels: dict[str, int | None]


class Case(Value):
    """A submission in a lead's list. `may_sign` is false for a lead who rated it."""

    submission_id: UUID
    title: str
    scenario: Named
    state: Literal["needs_lead", "to_release", "released"]
    submitted_at: datetime
    reasons: tuple[ThirdBecause, ...]
    may_sign: bool


class CaseRating(Value):
    """One of the ratings that a lead weighs."""

    letter: Letter
    assessor: str
    submitted_at: datetime
    rating: Rating
    levels: dict[str, int | None]
    tie: str
    qualification: str


class CaseDetail(Value):
    """Everything a lead needs to settle or release one submission.

    `trainee` is a name only once the result is settled: who still has to judge sees none.
    """

    submission_id: UUID
    programme: Slug
    title: str
    mode: str
    state: Literal["needs_lead", "to_release", "released"]
    submitted_at: datetime
    formative: bool
    trainee: str
    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors
    text: str | None
    recording: RecordingInfo | None
    answers: dict[str, str]
    ratings: tuple[CaseRating, ...]
    third_because: tuple[ThirdBecause, ...]
    disputed: tuple[str, ...]
    resolution: Resolution | None
    goals: tuple[Goal, ...]
    message: str
    released_at: datetime | None
    may_sign: bool


class SeenByRater(Value):
    """What one rater, named by letter, saw and wrote on one criterion."""

    letter: Letter
    state: CriterionState
    level: int | None
    behaviours: tuple[str, ...]
    reason: str
    evidence: tuple[Evidence, ...]
    comment: str


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
        return cls(
            criterion=SeenCriterion(
                id=criterion.id,
                title=criterion.title,
                question=criterion.question,
                competencies=criterion.competencies,
                behaviours=tuple(
                    one
                    for one in criterion.behaviours
                    if one.id in ticked or (below and one.kind == BehaviourKind.BASIC)
                ),
            ),
            state=resolved.state,
            level=level,
            how=resolved.how,
            decisive=level is None or below if criterion.critical else level == 1,
            seen=seen,
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
