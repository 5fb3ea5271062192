"""Reading ratings of many cases: some hundred cases at a time, in a fixed number of queries.

Each step is a plain range of one index. What a lead may not see is left out here, once: a case that
is not settled, because somebody may still have to rate it blind, and be this lead; and their own
submissions.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from peer_xblocks.assessment.listed import ListedCriterion, ListedRating, RatingsWanted
from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.assessment.rows import letter_of, scenario_name
from peer_xblocks.core.rating import CriterionRating, Rating
from peer_xblocks.core.record import Named
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.core.rubric import Criterion, Rubric
from peer_xblocks.core.scoring import level_of
from peer_xblocks.records.api import documents, people

State = CaseRecord.State
SHOWN = (State.TO_RELEASE, State.RELEASED)
BATCH = 500
"""Cases of one step of an export, so about a thousand ratings."""

Row = Any
"""A row of chosen columns. A model would tie case, seat and rating into a knot that is let go of
late, and take twice the time."""

_CASE = (
    *("id", "submission", "subject", "title", "mode", "media", "formative", "state"),
    *("scenario_key", "scenario_edition", "rubric_sha256", "submitted_at"),
    *("resolved__resolution", "resolved__resolved_at", "shown__released_at"),
)
_SEAT = (
    *("case_id", "number", "taken_at", "submitted_at", "tie", "assessor_id", "holder_id"),
    *(
        "rated__uuid",
        "rated__record_id",
        "rated__assessor_urn",
        "rated__rating",
        "rated__qualification",
    ),
)


class Listing:
    """The ratings of a programme that one lead asked for. Requires that they are a lead of it."""

    def __init__(self, user_id: int, programme: str, wanted: RatingsWanted, *, names: bool) -> None:
        """Take who asks, in which programme, for what, and whether with names."""
        self._wanted = wanted
        self._names = names
        self._rubrics: dict[str, Rubric] = {}
        cases = CaseRecord.objects.filter(programme=programme).exclude(trainee_id=user_id)
        states = (wanted.state,) if wanted.state else SHOWN
        self._cases = _fitting(cases.filter(state__in=states), wanted)
        if wanted.assessor:
            by = people.user_id(wanted.assessor, programme)
            self._cases = self._cases.filter(
                seats__assessor_id=by, seats__submitted_at__isnull=False
            )

    def newest(self, size: int, after: CaseRecord | None) -> list[Row]:
        """The next cases, the newest first, after one."""
        cases = self._cases
        if after is not None:
            cases = cases.filter(submitted_at__lte=after.submitted_at)
            cases = cases.exclude(submitted_at=after.submitted_at, id__gte=after.id)
        return _read(cases.order_by("-submitted_at", "-id"), size)

    def all(self) -> Iterator[ListedRating]:
        """Every rating, the oldest performances first; holds one batch in memory.

        What is handed in meanwhile comes at the end, so nothing is left out or comes twice.
        """
        cases = self._cases
        while found := _read(cases.order_by("submitted_at", "id"), BATCH):
            yield from self.rows(found)
            last = found[-1]
            cases = self._cases.filter(submitted_at__gte=last.submitted_at)
            cases = cases.exclude(submitted_at=last.submitted_at, id__lte=last.id)

    def rows(self, cases: Sequence[Row]) -> Iterator[ListedRating]:
        """The ratings of these cases, in their order and the order of the seats."""
        seats = Seat.objects.filter(case__in=[one.id for one in cases])
        ordered = seats.order_by("case_id", "number").values_list(*_SEAT, named=True)
        by_case = {key: list(some) for key, some in groupby(ordered, attrgetter("case_id"))}
        shown = [one for one in cases if not any(map(_is_being_rated, by_case[one.id]))]
        self._learn_rubrics(shown)
        names = self._named(shown, by_case)
        for case in shown:
            resolution = Resolution.model_validate_json(case.resolved__resolution)
            for seat in by_case[case.id]:
                is_wanted = self._wanted.assessor in ("", seat.rated__assessor_urn)
                if seat.submitted_at and is_wanted:
                    yield self._row(case, seat, resolution, names)

    def _learn_rubrics(self, cases: Sequence[Row]) -> None:
        """Read the rubrics that were not met before, all in one query."""
        new = {one.rubric_sha256 for one in cases} - self._rubrics.keys()
        for digest, data in documents.several(new).items():
            self._rubrics[digest] = Rubric.model_validate_json(data)

    def _named(self, cases: Sequence[Row], by_case: dict[int, list[Row]]) -> dict[str, str]:
        """What to call everybody who is named, where names were asked for."""
        if not self._names:
            return {}
        raters = {seat.rated__assessor_urn for one in cases for seat in by_case[one.id]}
        return people.names(raters - {None} | {one.subject for one in cases})

    def _row(
        self, case: Row, seat: Row, resolution: Resolution, names: dict[str, str]
    ) -> ListedRating:
        rubric = self._rubrics[case.rubric_sha256]
        rating = Rating.model_validate_json(seat.rated__rating)
        rater = seat.rated__assessor_urn
        is_released = case.state == State.RELEASED
        return ListedRating(
            submission_id=case.submission,
            rating_id=seat.rated__uuid,
            record_id=seat.rated__record_id,
            title=case.title,
            scenario=scenario_name(case),
            rubric=Named(key=rubric.key, edition=rubric.edition),
            mode=case.mode,
            media_type=case.media,
            formative=case.formative,
            letter=letter_of(seat),
            rater=rater,
            rater_name=names.get(rater, ""),
            trainee=case.subject,
            trainee_name=names.get(case.subject, ""),
            handed_in_at=case.submitted_at,
            started_at=seat.taken_at,
            rated_at=seat.submitted_at,
            tie=seat.tie,
            qualification=seat.rated__qualification,
            criteria=_criteria(rubric, rating.criteria, resolution),
            critical_errors=tuple(seen.code for seen in rating.critical_errors),
            asks_for_third=rating.asks_for_third,
            overall_impression=rating.overall_impression if is_released else None,
            state=case.state,
            basis=resolution.basis,
            passed=resolution.passed,
            critical_errors_confirmed=resolution.critical_errors,
            settled_at=case.resolved__resolved_at,
            released_at=case.shown__released_at if is_released else None,
        )


def _fitting(cases: QuerySet[CaseRecord], wanted: RatingsWanted) -> QuerySet[CaseRecord]:
    if wanted.since:
        cases = cases.filter(submitted_at__gte=wanted.since)
    if wanted.until:
        cases = cases.filter(submitted_at__lt=wanted.until)
    if wanted.scenario:
        cases = cases.filter(scenario_key__startswith=wanted.scenario)
    if wanted.rubric:
        cases = cases.filter(rubric_key__startswith=wanted.rubric)
    return cases


def _read(cases: QuerySet[CaseRecord], size: int) -> list[Row]:
    return list(cases.values_list(*_CASE, named=True)[:size])


def _is_being_rated(seat: Row) -> bool:
    """Whether a seat is open or held. One that nobody rates on any more is neither."""
    is_taken_back = seat.assessor_id is not None and seat.holder_id is None
    return seat.submitted_at is None and not is_taken_back


def _criteria(
    rubric: Rubric, rated: Sequence[CriterionRating], resolution: Resolution
) -> tuple[ListedCriterion, ...]:
    """Requires a rating and a resolution in the rubric's order, as they are kept."""
    return tuple(
        ListedCriterion(
            criterion=criterion.id,
            state=one.state,
            level=(level := level_of(criterion, one).level),
            points=_points(criterion, level),
            behaviours=one.behaviours,
            confirmed_empty=one.confirmed_empty,
            result=result.level,
            how=result.how,
        )
        for criterion, one, result in zip(rubric.criteria, rated, resolution.criteria, strict=True)
    )


def _points(criterion: Criterion, level: int | None) -> int | None:
    return next((p.points for p in criterion.levels if p.level == level), None)
