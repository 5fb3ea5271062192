"""A submission as a lead sees it, once both blind ratings are in."""

import json
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import prefetch_related_objects

from peer_xblocks.assessment import aftermath, reach, repeats, resolving, third, watching
from peer_xblocks.assessment.editions import editions_of, rubric_of
from peer_xblocks.assessment.models import (
    BLIND_SEATS,
    CaseRecord,
    PreparedRelease,
    RatingRecord,
    ReleaseRecord,
)
from peer_xblocks.assessment.rows import letter_of, nameless, rating_of, scenario_name
from peer_xblocks.assessment.values import Case, CaseDetail, CaseRating, Prepared
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Resolution, ThirdBecause, disputed, third_because
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scoring import levels_of
from peer_xblocks.records.api import people
from peer_xblocks.work.api import for_assessment

State = CaseRecord.State


def listed(rows: Sequence[CaseRecord]) -> tuple[Case, ...]:
    """Cases as a lead's list shows them, in a fixed number of queries.

    Requires rows with `rated_by_user`, `seen_by_user` and `has_next_round`.
    """
    parts = ("ratings__seat", "resolved", "prepared", "appeal")
    prefetch_related_objects(list(rows), *parts)
    rubrics: dict[str, Rubric] = {}
    return tuple(
        Case(
            submission_id=row.submission,
            title=row.title,
            scenario=scenario_name(row),
            state=row.state,
            submitted_at=row.submitted_at,
            reasons=() if _is_blind(row) else _reasons(row, rubrics),
            may_sign=not row.rated_by_user,
            blind=_is_blind(row),
            passed=_passed(row),
            ready=hasattr(row, "prepared") and bool(json.loads(row.prepared.goals)),
            held=hasattr(row, "prepared") and row.prepared.held,
            appealed=hasattr(row, "appeal") and row.appeal.decided_at is None,
            rated_anew=row.has_next_round,
        )
        for row in rows
    )


def detail(user: AbstractBaseUser, case: CaseRecord) -> CaseDetail:
    """Everything a lead needs for one case.

    Requires that all ratings are in and that the user may see them.
    """
    editions = editions_of(case)
    performance = for_assessment.performance(case.submission)
    rows = resolving.ratings_of(case)
    resolution = resolving.resolution_of(case)
    release = ReleaseRecord.objects.filter(case=case).first()
    two = [rating_of(row) for row in rows[: len(BLIND_SEATS)]]
    has_both = len(two) == len(BLIND_SEATS)  # else it was voided before
    return CaseDetail(
        submission_id=case.submission,
        programme=case.programme,
        title=case.title,
        mode=case.mode,
        state=case.state,
        round=case.round,
        submitted_at=case.submitted_at,
        formative=case.formative,
        trainee=people.name(case.subject) if resolution else "",
        **editions._asdict(),
        text=performance.text,
        recording=nameless(performance.recording) if performance.recording else None,
        answers=performance.answers,
        actors=performance.actors,
        observed=watching.note_of(performance),
        conditions=performance.conditions,
        ratings=tuple(_rating(row, editions.rubric, release is not None) for row in rows),
        third_because=third_because(editions.rubric, *two) if has_both else (),
        disputed=disputed(editions.rubric, *two) if has_both else (),
        third=third.standing_of(case),
        resolution=resolution,
        proposed=resolving.proposed(case, rows) if resolution is None else None,
        prepared=prepared_of(case),
        goals=goals_of(release) if release else (),
        message=release.message if release else "",
        released_at=release.released_at if release else None,
        may_sign=not reach.has_rated(user, case),
        records=aftermath.records_of(case, rows),
        corrections=aftermath.corrections_of(case),
        appeal=aftermath.appeal_of(case, user),
        void=aftermath.void_of(case),
        may_reopen=repeats.is_closed_by(case),
        reopened=aftermath.reopening_of(case),
    )


def prepared_of(case: CaseRecord) -> Prepared | None:
    """What is prepared to be said with a case's release, None for nothing."""
    row = PreparedRelease.objects.filter(case=case).select_related("prepared_by").first()
    if row is None:
        return None
    return Prepared(
        goals=goals_of(row),
        message=row.message,
        held=row.held,
        reason=row.reason,
        prepared_by=people.called(row.prepared_by),
        prepared_at=row.prepared_at,
    )


def goals_of(release: ReleaseRecord | PreparedRelease) -> tuple[Goal, ...]:
    """The coaching goals of a release, or of one that is prepared."""
    return tuple(Goal.model_validate(goal) for goal in json.loads(release.goals))


def _rating(row: RatingRecord, rubric: Rubric, is_released: bool) -> CaseRating:
    rating = rating_of(row)
    if not is_released:  # the overall impression is shown to nobody before release
        rating = rating.model_copy(update={"overall_impression": None})
    return CaseRating(
        letter=letter_of(row.seat),
        assessor=people.name(row.assessor_urn),
        submitted_at=row.submitted_at,
        rating=rating,
        levels=levels_of(rubric, rating),
        tie=row.seat.tie,
        qualification=row.qualification,
    )


def _is_blind(row: CaseRecord) -> bool:
    """Whether a third rating may still be held by whoever reads the list."""
    return row.state == State.NEEDS_THIRD and not (row.rated_by_user or row.seen_by_user)


def _resolution(row: CaseRecord) -> Resolution | None:
    if not hasattr(row, "resolved"):
        return None
    return Resolution.model_validate_json(row.resolved.resolution)


def _passed(row: CaseRecord) -> bool | None:
    resolution = _resolution(row)
    return resolution.passed if resolution else None


def _reasons(row: CaseRecord, rubrics: dict[str, Rubric]) -> tuple[ThirdBecause, ...]:
    if resolution := _resolution(row):
        return resolution.third_because
    rubric = rubrics.get(row.rubric_sha256) or rubric_of(row)
    rubrics[row.rubric_sha256] = rubric
    ratings = sorted(row.ratings.all(), key=lambda rating: rating.seat.number)
    if len(ratings) < len(BLIND_SEATS):
        return ()  # voided before both were in
    return third_because(rubric, rating_of(ratings[0]), rating_of(ratings[1]))
