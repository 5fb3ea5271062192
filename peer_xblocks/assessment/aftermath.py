"""What followed a case: its void, its corrections, its appeal, and what can be corrected."""

import json
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.assessment import reach
from peer_xblocks.assessment.models import (
    AppealRecord,
    CaseRecord,
    CorrectionRecord,
    RatingRecord,
    ReleaseRecord,
    ResolutionRecord,
    SceneReopening,
    VoidRecord,
)
from peer_xblocks.assessment.resolving import ratings_of
from peer_xblocks.assessment.rows import letter_of
from peer_xblocks.assessment.values import (
    AppealInfo,
    CorrectionInfo,
    Recorded,
    SceneReopened,
    VoidInfo,
)
from peer_xblocks.core.record import Change
from peer_xblocks.records.api import people


def records_of(case: CaseRecord, rows: Sequence[RatingRecord]) -> tuple[Recorded, ...]:
    """The records of a case in the order in which they came, each with what it is."""
    found = [Recorded(id=case.submission_record, what=_("The submission"))]
    for row in rows:
        what = _("The rating of Assessor %s") % letter_of(row.seat)
        found.append(Recorded(id=row.record_id, what=what))
    resolved = ResolutionRecord.objects.filter(case=case).first()
    if resolved is not None:
        found.append(Recorded(id=resolved.record_id, what=_("The resolution")))
    shown = ReleaseRecord.objects.filter(case=case).first()
    if shown is not None:
        found.append(Recorded(id=shown.record_id, what=_("The release")))
    return tuple(found)


def corrections_of(case: CaseRecord) -> tuple[CorrectionInfo, ...]:
    """What was corrected of a case, the oldest first."""
    rows = case.corrections.select_related("corrected_by").order_by("id")
    whats = {one.id: one.what for one in records_of(case, ratings_of(case))} if rows else {}
    return tuple(_correction(row, whats) for row in rows)


def void_of(case: CaseRecord) -> VoidInfo | None:
    """That a case no longer counts, None when it does."""
    row = VoidRecord.objects.filter(case=case).select_related("voided_by").first()
    if row is None:
        return None
    return VoidInfo(
        cause=row.cause,
        reason=row.reason,
        voided_by=people.called(row.voided_by),
        voided_at=row.voided_at,
    )


def appeal_of(case: CaseRecord, lead: AbstractBaseUser | None = None) -> AppealInfo | None:
    """The appeal on a case's result, None when there is none; for its trainee, or for a lead."""
    row = AppealRecord.objects.filter(case=case).select_related("heard_by").first()
    return appeal_info(row, lead) if row else None


def appeal_info(row: AppealRecord, lead: AbstractBaseUser | None = None) -> AppealInfo:
    """An appeal's row as its trainee or a lead sees it."""
    case = row.case
    may_hear = lead is not None and row.decided_at is None and not reach.has_rated(lead, case)
    return AppealInfo(
        submission_id=case.submission,
        title=case.title,
        ground=row.ground,
        words=row.words,
        made_at=row.made_at,
        decision=row.decision or None,
        reason=row.reason,
        heard_by=people.called(row.heard_by) if lead and row.heard_by else "",
        heard_by_signer=row.heard_by_id is not None and row.heard_by_id in signers_of(case),
        decided_at=row.decided_at,
        may_hear=may_hear,
    )


def reopening_of(case: CaseRecord) -> SceneReopened | None:
    """That a lead opened the scene again after this case, None when nobody did."""
    row = SceneReopening.objects.filter(case=case).select_related("reopened_by").first()
    return reopening(row) if row else None


def reopening(row: SceneReopening) -> SceneReopened:
    """A reopening's row as leads see it."""
    by = people.called(row.reopened_by)
    return SceneReopened(reason=row.reason, reopened_by=by, reopened_at=row.reopened_at)


def signers_of(case: CaseRecord) -> set[int]:
    """Who signed or released a case's result."""
    signed = ResolutionRecord.objects.filter(case=case).values_list("signed_by_id", flat=True)
    shown = ReleaseRecord.objects.filter(case=case).values_list("released_by_id", flat=True)
    return {one for one in (*signed, *shown) if one is not None}


def _correction(row: CorrectionRecord, whats: dict[str, str]) -> CorrectionInfo:
    return CorrectionInfo(
        what=whats.get(row.about, _("A record")),
        reason=row.reason,
        changes=tuple(Change.model_validate(one) for one in json.loads(row.changes)),
        corrected_by=people.called(row.corrected_by),
        corrected_at=row.corrected_at,
    )
