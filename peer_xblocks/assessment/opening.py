"""A submission was made: open its case and its two blind seats, inside the submission's own
transaction.
"""

from peer_xblocks.assessment.models import BLIND_SEATS, CaseRecord, Seat
from peer_xblocks.work.values import Handed


def open_seats(sender: object, handed: Handed, **_: object) -> None:
    """Receive `work.signals.submission_made`."""
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
    Seat.objects.bulk_create(
        Seat(
            case=case,
            programme=handed.programme,
            number=number,
            queued_at=handed.submitted_at,
            trainee_id=handed.trainee_id,
            rubric_key=handed.rubric.key,
        )
        for number in BLIND_SEATS
    )
