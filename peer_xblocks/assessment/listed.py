"""Ratings as leads list and export them: what is asked for, and one row for each rating."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from peer_xblocks.assessment.values import Letter
from peer_xblocks.core.rating import CriterionState
from peer_xblocks.core.record import Named
from peer_xblocks.core.value import Slug, Value


class SettledState(StrEnum):
    """How far a rating on something settled has come."""

    TO_RELEASE = "to_release"
    RELEASED = "released"


class RatingsWanted(Value):
    """Which ratings are asked for; what is empty asks for all.

    `scenario` and `rubric` are the beginnings of keys, `assessor` is a pairwise id. The period is
    when the performance was handed in, so that the ratings of one stay together; `until` is not
    included.
    """

    scenario: str = ""
    rubric: str = ""
    since: datetime | None = None
    until: datetime | None = None
    state: SettledState | None = None
    assessor: str = ""


class ListedCriterion(Value):
    """What one rater ticked on one criterion, and what settled it.

    `result` is None where there was no opportunity, `how` says how it came about.
    """

    criterion: Slug
    state: CriterionState
    level: int | None
    points: int | None
    behaviours: tuple[Slug, ...]
    confirmed_empty: bool
    result: int | None
    how: str


class ListedRating(Value):
    """One rating with what settled it, without a word that somebody wrote.

    `rater` and `trainee` are pairwise ids; names are empty unless they were asked for. The overall
    impression is there after release.
    """

    submission_id: UUID
    rating_id: UUID
    record_id: str
    title: str
    scenario: Named
    rubric: Named
    mode: str
    media_type: str
    formative: bool
    letter: Letter
    rater: str
    rater_name: str
    trainee: str
    trainee_name: str
    handed_in_at: datetime
    started_at: datetime
    rated_at: datetime
    tie: str
    qualification: str
    criteria: tuple[ListedCriterion, ...]
    critical_errors: tuple[str, ...]
    asks_for_third: bool
    overall_impression: int | None
    state: SettledState
    basis: str
    passed: bool
    critical_errors_confirmed: tuple[str, ...]
    settled_at: datetime
    released_at: datetime | None


class RatingPage(Value):
    """Some ratings, the newest performances first. `after`, the id of the last, begins the next."""

    rows: tuple[ListedRating, ...]
    after: UUID | None


class AssessorName(Value):
    """An assessor of a programme, as a lead finds them in a list."""

    id: str
    name: str
