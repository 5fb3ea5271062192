"""Setting a case aside, in the caller's transaction: nothing of it is changed or removed."""

import uuid
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from peer_xblocks.assessment import announcing, facts, handing, noticing
from peer_xblocks.assessment.aftermath import records_of
from peer_xblocks.assessment.models import CaseRecord, VoidRecord
from peer_xblocks.assessment.resolving import ratings_of
from peer_xblocks.assessment.values import Cause, NoticeKind
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import Fact, people
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

State = CaseRecord.State


class Act(NamedTuple):
    """Who sets something aside, in which role, and why. `by` is None for the site itself."""

    by: AbstractBaseUser | None
    acting_as: Role
    cause: Cause
    reason: str
    key: str = ""


def set_aside(case: CaseRecord, act: Act, *, all_of_it: bool = True) -> tuple[VoidRecord, Fact]:
    """Void a case: its submission with all that followed or, without `all_of_it`, what followed.

    Requires the case's lock. Answers the row, and the fact that the caller appends as its last
    step.
    """
    was_released = case.state == State.RELEASED
    row = VoidRecord.objects.create(
        case=case,
        cause=act.cause.value,
        reason=act.reason,
        record_id=f"urn:uuid:{uuid.uuid4()}",
        voided_by_id=act.by.pk if act.by else None,
        key=act.key,
        voided_at=timezone.now(),
    )
    about = [one.id for one in records_of(case, ratings_of(case))]
    handing.withdraw(case)
    case.state = State.VOIDED
    case.save(update_fields=["state"])
    if all_of_it:
        for_assessment.set_status(case.submission, Status.VOIDED)
        told = (NoticeKind.VOIDED, case.submission, case.round)
        noticing.tell([case.trainee_id], case.programme, *told)
    else:
        about.remove(case.submission_record)
    if was_released:
        transaction.on_commit(lambda: announcing.tell_set_aside(case), robust=True)
    actor = people.urn(act.by, case.programme) if act.by else "system"
    return row, facts.of_void(row, tuple(about), actor, act.acting_as)
