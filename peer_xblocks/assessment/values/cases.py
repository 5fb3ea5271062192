"""Submissions as leads see them, once all ratings are in."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from peer_xblocks.assessment.values.aftermath import AppealInfo, CorrectionInfo, Recorded, VoidInfo
from peer_xblocks.assessment.values.attempts import SceneReopened
from peer_xblocks.assessment.values.seats import Letter
from peer_xblocks.core.rating import Rating
from peer_xblocks.core.record import ActorConsent, Goal, Named
from peer_xblocks.core.resolution import Resolution, ThirdBecause
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.core.value import Slug, Value
from peer_xblocks.work.values import Condition, RecordingInfo


class CaseState(StrEnum):
    """How far a case has come, as a lead sees it."""

    NEEDS_THIRD = "needs_third"
    TO_SIGN = "to_sign"
    TO_RELEASE = "to_release"
    RELEASED = "released"
    VOIDED = "voided"


class Case(Value):
    """A submission in a lead's list. `may_sign` is false for a lead who rated it.

    `reasons` for a third rating are left out while one may still be held by whoever reads this:
    opening the case shows them, and the ratings with them. `blind` says that it is so.
    `rated_anew` says that it was set aside and a later round counts: it has no page any more.
    """

    submission_id: UUID
    title: str
    scenario: Named
    state: CaseState
    submitted_at: datetime
    reasons: tuple[ThirdBecause, ...]
    may_sign: bool
    blind: bool = False
    passed: bool | None = None
    ready: bool = False
    held: bool = False
    appealed: bool = False
    rated_anew: bool = False


class CaseRating(Value):
    """One of the ratings that a lead weighs."""

    letter: Letter
    assessor: str
    submitted_at: datetime
    rating: Rating
    levels: dict[str, int | None]
    tie: str
    qualification: str


class Third(Value):
    """How the third rating stands that is due.

    `possible` counts the assessors who could give it now. `may_settle`: a lead may settle without
    it, because nobody can or because it has waited for long; `since` is when it became due.
    """

    is_held: bool
    kept_for: str
    possible: int
    may_settle: bool
    since: datetime | None


class Prepared(Value):
    """What a lead means to say with a release, kept for later.

    While `held` it is not released, for the `reason` given to leads.
    """

    goals: tuple[Goal, ...]
    message: str
    held: bool
    reason: str
    prepared_by: str
    prepared_at: datetime


class ReleasedTogether(Value):
    """What happened to each of the results that were to be released together."""

    released: tuple[UUID, ...]
    refused: dict[str, str]


class CaseDetail(Value):
    """Everything a lead needs to settle, sign or release one submission.

    `trainee` is a name only once the result is settled: who still has to judge sees none.
    `proposed` is what the rule makes of three ratings, until a lead signs it. `may_reopen`: another
    scene comes before this one for the trainee, unless a lead opens this one again.
    """

    submission_id: UUID
    programme: Slug
    title: str
    mode: str
    state: CaseState
    round: int
    submitted_at: datetime
    formative: bool
    trainee: str
    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors
    text: str | None
    recording: RecordingInfo | None
    answers: dict[str, str]
    conditions: tuple[Condition, ...]
    actors: tuple[ActorConsent, ...] = ()
    observed: str = ""
    ratings: tuple[CaseRating, ...]
    third_because: tuple[ThirdBecause, ...]
    disputed: tuple[str, ...]
    third: Third | None
    resolution: Resolution | None
    proposed: Resolution | None
    prepared: Prepared | None
    goals: tuple[Goal, ...]
    message: str
    released_at: datetime | None
    may_sign: bool
    records: tuple[Recorded, ...] = ()
    corrections: tuple[CorrectionInfo, ...] = ()
    appeal: AppealInfo | None = None
    void: VoidInfo | None = None
    may_reopen: bool = False
    reopened: SceneReopened | None = None
