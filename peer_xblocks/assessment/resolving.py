"""Applying rule `resolve/1` once all ratings of a submission are in.

Two that settle it are settled by the rule alone. Where they cannot stand together a third, blind
seat is opened; what three come to waits for a lead who rated none of them to sign it.

It is a transaction of its own after the last rating, of a worker where there are workers. When the
process dies between the two, or the broker is down, the case stays `due`: whoever looks at the
cases next, or the command `peer_resolve`, carries on. Nothing gets stuck and nothing is done twice.
"""

import logging
import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from peer_xblocks import compat
from peer_xblocks.assessment import facts, noticing, third
from peer_xblocks.assessment.editions import rubric_of
from peer_xblocks.assessment.models import (
    BLIND_SEATS,
    THIRD_SEAT,
    CaseRecord,
    RatingRecord,
    ResolutionRecord,
    Seat,
)
from peer_xblocks.assessment.rows import rating_of
from peer_xblocks.assessment.values import NoticeKind
from peer_xblocks.core.resolution import Resolution, resolve
from peer_xblocks.records.api import append, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

log = logging.getLogger(__name__)

State = CaseRecord.State
RESOLVE = "peer_xblocks.assessment.resolving.resolve_case"


def resolve_due(programme: str | None = None) -> int:
    """Apply the rule to every case whose ratings are all in, of one programme or of all; how many
    there were.
    """
    due = CaseRecord.objects.filter(state=State.DUE)
    if programme is not None:
        due = due.filter(programme=programme)
    found = list(due.values_list("id", flat=True))
    for case_id in found:
        resolve_case(case_id)
    return len(found)


def begin(case_id: int) -> None:
    """Have the rule applied to a case that has just become due.

    The rating is in already, so a failure here is told to the log and not to the rater.
    """
    if compat.has_workers():
        compat.enqueue(RESOLVE, case_id)
        return
    try:
        resolve_case(case_id)
    except Exception:
        log.exception("The rule could not be applied; the case stays due and is taken up again.")


@outermost
def resolve_case(case_id: int) -> None:
    """Apply the rule to one case: settle it, or leave it to a lead.

    Does nothing unless it is due.
    """
    case = locked(case_id)
    if case.state != State.DUE:
        return
    rows = ratings_of(case)
    resolution = resolve(rubric_of(case), [rating_of(row) for row in rows])
    if resolution is None:
        _open_third(case)
    elif len(rows) > len(BLIND_SEATS):
        _move_to(case, State.TO_SIGN)
        noticing.tell_leads(case.programme, NoticeKind.TO_SIGN, case.submission, case.round)
    else:
        settle_with(case, rows, resolution)


def proposed(case: CaseRecord, rows: list[RatingRecord]) -> Resolution | None:
    """What the rule makes of three ratings, for a lead to sign; None while there are two."""
    if len(rows) <= len(BLIND_SEATS):
        return None
    return resolve(rubric_of(case), [rating_of(row) for row in rows])


def settle_with(
    case: CaseRecord,
    rows: list[RatingRecord],
    resolution: Resolution,
    lead: AbstractBaseUser | None = None,
    key: str = "",
) -> None:
    """Keep a resolution and append its record.

    Requires the case's lock; the last step of a transaction.
    """
    record_id = f"urn:uuid:{uuid.uuid4()}"
    signer = people.urn(lead, case.programme) if lead else None
    ResolutionRecord.objects.create(
        case=case,
        resolution=resolution.model_dump_json(),
        record_id=record_id,
        signed_by_id=lead.pk if lead else None,
        key=key,
        resolved_at=timezone.now(),
    )
    _move_to(case, State.TO_RELEASE)
    if lead is None:
        noticing.tell_leads(case.programme, NoticeKind.BOTH_IN, case.submission, case.round)
    append(case.programme, facts.of_resolution(case, rows, resolution, record_id, signer))


def _open_third(case: CaseRecord) -> None:
    """A seat in the same queue as any other: who takes it cannot tell that it is a third."""
    Seat.objects.create(
        case=case,
        programme=case.programme,
        number=THIRD_SEAT,
        queued_at=case.submitted_at,
        trainee_id=case.trainee_id,
        rubric_key=case.rubric_key,
    )
    _move_to(case, State.NEEDS_THIRD)
    standing = third.standing_of(case)
    if standing is not None and standing.may_settle:  # nobody can give it: it is for a lead
        noticing.tell_leads(case.programme, NoticeKind.BOTH_IN, case.submission, case.round)
    for_assessment.set_status(case.submission, Status.BEING_RATED)


def _move_to(case: CaseRecord, state: State) -> None:
    case.state = state
    case.save(update_fields=["state"])


def locked(case_id: int) -> CaseRecord:
    """A case's row, held until the transaction ends."""
    return CaseRecord.objects.select_for_update().get(id=case_id)


def ratings_of(case: CaseRecord) -> list[RatingRecord]:
    """The ratings of a case with their seats, in the order of the seats."""
    rows = case.ratings.select_related("seat", "assessor", "case").order_by("seat__number")
    return list(rows)


def resolution_of(case: CaseRecord) -> Resolution | None:
    """What settled a case, None while nothing has."""
    row = ResolutionRecord.objects.filter(case=case).first()
    return Resolution.model_validate_json(row.resolution) if row else None
