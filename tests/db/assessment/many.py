"""Many submissions at once, written straight into the rows: waiting, or rated and released."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from peer_xblocks.assessment.models import (
    CaseRecord,
    RatingRecord,
    ReleaseRecord,
    ResolutionRecord,
    Seat,
)
from peer_xblocks.core.resolution import resolve
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.records.models import Person, Programme
from peer_xblocks.work.models import Submission
from tests.db.work.scene import COURSE, ERRORS, PROGRAMME, RUBRIC, SCENARIO, hand_in
from tests.unit.core.performances import rating

_SAME = (
    *("programme", "subject", "course", "activity", "activity_type", "title", "mode", "media"),
    *("formative", "scenario_key", "scenario_edition", "scenario_sha256", "rubric_key"),
    *("rubric_sha256", "errors_sha256", "performance_sha256", "submitted_at"),
)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
STEP = timedelta(seconds=1)
CALL = 1_000


def rated(
    trainees: Sequence[Any], raters: Sequence[Any], begin: int, end: int, rubric: Rubric = RUBRIC
) -> None:
    """Submissions number `begin` to `end`, each rated by two, settled and released.

    Requires a rubric that is deposited.
    """
    levels = (3,) * len(rubric.criteria)
    judged = rating(levels, rubric=rubric)
    judged = judged.model_copy(update={"overall_comment": "Well stayed. " * 150})
    settled = resolve(rubric, [judged, judged])
    assert settled is not None
    texts = judged.model_dump_json(), settled.model_dump_json()
    owner = Programme.objects.get(slug=PROGRAMME)
    urns = {
        user.pk: f"urn:uuid:00000000-0000-4000-9000-{user.pk:012}" for user in [*trainees, *raters]
    }
    Person.objects.bulk_create(
        [Person(user_id=pk, programme=owner, urn=urn) for pk, urn in urns.items()],
        ignore_conflicts=True,
    )
    for first in range(begin, end, CALL):
        numbers = range(first, min(first + CALL, end))
        cases = opened([case(trainees[n % len(trainees)], n, rubric) for n in numbers])
        _judge(cases, raters, urns, *texts)


def _judge(
    cases: Sequence[CaseRecord],
    raters: Sequence[Any],
    urns: dict[int, str],
    judged: str,
    settled: str,
) -> None:
    seats = Seat.objects.bulk_create(
        [
            seat(one, number, assessor=raters[(one.pk + number) % len(raters)])
            for one in cases
            for number in (1, 2)
        ]
    )
    if seats[0].pk is None:  # where the database does not tell the ids of many rows
        seats = list(Seat.objects.filter(case__in=cases).select_related("case"))
    RatingRecord.objects.bulk_create(
        RatingRecord(
            case=one.case,
            seat=one,
            assessor_id=one.assessor_id,
            assessor_urn=urns[one.assessor_id],
            key=f"key-{one.pk}",
            record_id=f"urn:uuid:00000000-0000-4000-a000-{one.pk:012}",
            rating=judged,
            submitted_at=one.submitted_at,
        )
        for one in seats
    )
    ResolutionRecord.objects.bulk_create(
        ResolutionRecord(case=one, resolution=settled, record_id="", resolved_at=one.submitted_at)
        for one in cases
    )
    ReleaseRecord.objects.bulk_create(
        ReleaseRecord(
            case=one,
            goals="[]",
            competencies="[]",
            observed="[]",
            before="{}",
            after="{}",
            record_id="",
            released_by=raters[0],
            key="",
            released_at=one.submitted_at,
        )
        for one in cases
    )
    CaseRecord.objects.filter(pk__in=[one.pk for one in cases]).update(state="released")


def opened(cases: Sequence[CaseRecord], seats: Sequence[int] = ()) -> Sequence[CaseRecord]:
    """Insert these cases with open seats of these numbers, and know their ids on every database."""
    made = CaseRecord.objects.bulk_create(cases)
    if made[0].pk is None:
        ids = [one.submission for one in made]
        made = list(CaseRecord.objects.filter(submission__in=ids).order_by("submitted_at"))
    Seat.objects.bulk_create(seat(one, number) for one in made for number in seats)
    return made


def submission(of: CaseRecord) -> Submission:
    """The submission of a case that is not inserted yet, as handed in."""
    same = {name: getattr(of, name) for name in _SAME}
    return Submission(
        uuid=of.submission,
        owner_id=of.trainee_id,
        key=of.activity,
        record_id=of.submission_record,
        attempt=1,
        text=hand_in().text,
        rubric_edition=1,
        **same,
    )


def case(trainee: Any, number: int, rubric: Rubric = RUBRIC) -> CaseRecord:
    """The case of submission number so and so, handed in a second after the one before."""
    return CaseRecord(
        submission=f"00000000-0000-4000-8000-{number:012}",
        programme=PROGRAMME,
        trainee=trainee,
        subject=f"urn:uuid:00000000-0000-4000-9000-{trainee.pk:012}",
        submission_record=f"urn:uuid:00000000-0000-4000-b000-{number:012}",
        course=COURSE,
        activity=f"activity-{number}",
        activity_type="peer_role_play",
        title=SCENARIO.title,
        mode="written",
        media="text/plain",
        formative=False,
        scenario_key=SCENARIO.key,
        scenario_edition=1,
        scenario_sha256=SCENARIO.digest,
        rubric_key=rubric.key,
        rubric_sha256=rubric.digest,
        errors_sha256=ERRORS.digest,
        performance_sha256="0" * 64,
        submitted_at=BEGIN + STEP * number,
    )


def seat(of: CaseRecord, number: int, assessor: Any = None) -> Seat:
    """A seat of a case: open, or with an assessor, rated."""
    done = of.submitted_at + timedelta(hours=number) if assessor else None
    return Seat(
        case=of,
        programme=of.programme,
        number=number,
        queued_at=of.submitted_at,
        trainee_id=of.trainee_id,
        rubric_key=of.rubric_key,
        assessor=assessor,
        taken_at=of.submitted_at if assessor else None,
        submitted_at=done,
    )
