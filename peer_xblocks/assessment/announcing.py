"""Telling the gradebook, and whoever else listens, that a result was released or set aside.

Sent after the commit. A release that was never announced, because the process died in between, is
announced by the command `peer_resolve`.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from peer_xblocks.assessment.models import CaseRecord, ReleaseRecord
from peer_xblocks.assessment.signals import followed, released, set_aside
from peer_xblocks.assessment.values import ReleasedResult
from peer_xblocks.core.resolution import Resolution

log = logging.getLogger(__name__)

State = CaseRecord.State
LATE = timedelta(minutes=2)


def announce(case_id: int) -> None:
    """Tell that a case's result was released, unless that was told before."""
    row = ReleaseRecord.objects.filter(case_id=case_id, announced_at=None).first()
    if row is None:
        return
    resolution = Resolution.model_validate_json(row.case.resolved.resolution)
    result = result_of(row.case, resolution)
    answers = released.send_robust(sender=ReleaseRecord, result=result)
    if _all_heard(answers):
        ReleaseRecord.objects.filter(pk=row.pk).update(announced_at=timezone.now())


def announce_late() -> int:
    """Announce what was released and never told; how many there were."""
    rows = ReleaseRecord.objects.filter(
        announced_at=None, released_at__lt=timezone.now() - LATE, case__state=State.RELEASED
    )
    late = list(rows.values_list("case_id", flat=True))
    for case_id in late:
        announce(case_id)
    return len(late)


def tell_followed(programme: str) -> None:
    """Tell that something was recorded after a result."""
    followed.send_robust(sender=CaseRecord, programme=programme)


def tell_set_aside(case: CaseRecord) -> None:
    """Tell that a released result of a case counts no more, and which other one is the best now."""
    best = best_of(case.trainee_id, case.programme, case.activity)
    set_aside.send_robust(
        sender=CaseRecord,
        trainee_id=case.trainee_id,
        course=case.course,
        activity=case.activity,
        programme=case.programme,
        best=best,
    )


def best_of(trainee_id: int, programme: str, activity: str) -> ReleasedResult | None:
    """The best released result of somebody in an activity that counts, the latest among equals."""
    cases = CaseRecord.objects.filter(
        trainee_id=trainee_id,
        programme=programme,
        activity=activity,
        state=State.RELEASED,
        formative=False,
    )
    results = [
        result_of(case, Resolution.model_validate_json(case.resolved.resolution))
        for case in cases.select_related("resolved", "shown")
    ]
    ranked = sorted(results, key=lambda one: (one.earned / max(1, one.possible), one.released_at))
    return ranked[-1] if ranked else None


def result_of(case: CaseRecord, resolution: Resolution) -> ReleasedResult:
    """What a grade is made from: passed is all, not yet is nothing; a rubric with points gives its
    points.
    """
    points = resolution.points
    return ReleasedResult(
        submission_id=case.submission,
        trainee_id=case.trainee_id,
        programme=case.programme,
        course=case.course,
        activity=case.activity,
        activity_type=case.activity_type,
        passed=resolution.passed,
        earned=points.earned if points else int(resolution.passed),
        possible=points.possible if points else 1,
        formative=case.formative,
        released_at=case.shown.released_at,
    )


def _all_heard(answers: list[tuple[object, object]]) -> bool:
    failures = [answer for _receiver, answer in answers if isinstance(answer, Exception)]
    for failure in failures:
        log.error("a release was not heard; it is announced again later", exc_info=failure)
    return not failures
