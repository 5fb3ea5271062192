"""A submission was made: open its case and its two blind seats, inside the submission's own
transaction. And again, when an appeal sets its ratings aside.
"""

from django.utils import timezone

from peer_xblocks.assessment import eligible
from peer_xblocks.assessment.models import BLIND_SEATS, CaseRecord, Seat, SeatExclusion
from peer_xblocks.assessment.repeats import refuse_repeated
from peer_xblocks.work.values import Handed


def open_seats(sender: object, handed: Handed, **_: object) -> None:
    """Receive `work.signals.submission_made`.

    Raises ConflictError, which undoes the submission, when another scene comes first.
    """
    refuse_repeated(handed)
    case = CaseRecord.objects.create(
        submission=str(handed.id),
        programme=handed.programme,
        trainee_id=handed.trainee_id,
        subject=handed.subject,
        submission_record=handed.record_id,
        course=handed.course,
        activity=handed.activity,
        activity_type=handed.activity_type,
        title=handed.title,
        mode=handed.mode,
        media=handed.media,
        formative=handed.formative,
        scenario_key=handed.scenario.key,
        scenario_edition=handed.scenario.edition,
        scenario_sha256=handed.scenario_sha256,
        rubric_key=handed.rubric.key,
        rubric_sha256=handed.rubric_sha256,
        errors_sha256=handed.errors_sha256,
        performance_sha256=handed.performance_sha256,
        submitted_at=handed.submitted_at,
    )
    _open_blind_seats(case)


def open_next_round(case: CaseRecord) -> CaseRecord:
    """Let a submission be rated anew by others: another case with two blind seats of its own.

    Requires the lock of the case that was set aside. Whoever rated or saw ratings before is not
    offered it, and no lead is: every lead could read what was released.
    """
    knowing = eligible.knowing(case)
    again = CaseRecord.objects.get(id=case.id)
    again.pk, again._state.adding = None, True
    again.round, again.state = case.round + 1, CaseRecord.State.RATING
    again.save(force_insert=True)
    cause, now = SeatExclusion.Cause.RATED_BEFORE, timezone.now()
    SeatExclusion.objects.bulk_create(
        SeatExclusion(case=again, assessor_id=one, cause=cause, at=now) for one in sorted(knowing)
    )
    _open_blind_seats(again)
    return again


def _open_blind_seats(case: CaseRecord) -> None:
    Seat.objects.bulk_create(
        Seat(
            case=case,
            programme=case.programme,
            number=number,
            queued_at=case.submitted_at,
            trainee_id=case.trainee_id,
            rubric_key=case.rubric_key,
        )
        for number in BLIND_SEATS
    )
