"""Corrections: that something recorded was wrong. A correction is a record of its own; what it
corrects stays, and no level and no result changes by it.
"""

import json
import uuid
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import aftermath, announcing, facts, reach, resolving
from peer_xblocks.assessment.models import BLIND_SEATS, CaseRecord, CorrectionRecord
from peer_xblocks.assessment.values import CorrectionInfo
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.record import Change
from peer_xblocks.records.api import append, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.text import storable

LONGEST = 2_000
MOST_CHANGES = 20


def correct(
    user: AbstractBaseUser,
    submission_id: UUID | str,
    about: str,
    reason: str,
    changes: tuple[Change, ...],
    key: str,
) -> CorrectionInfo:
    """Record, as a lead, that one record of a submission is wrong, and what is right.

    `about` is the record's id. The same `key` again answers the correction that it made. Raises
    ForbiddenError for a lead who rated it, InvalidError for what is missing, ConflictError while a
    blind rating is missing.
    """
    case = reach.case_of_lead(user, submission_id)
    reach.refuse_rater(user, case)
    if case.ratings.count() < len(BLIND_SEATS):
        raise ConflictError(_("Both ratings have to be in before anyone sees them."))
    kept = tuple(_kept(change) for change in changes)
    reason = storable(reason).strip()
    if problems := _problems_with(case, about, reason, kept):
        raise InvalidError(problems)
    made = _correct(user, case.id, about, reason, kept, key[:64])
    announcing.tell_followed(case.programme)
    return made


@outermost
def _correct(
    user: AbstractBaseUser,
    case_id: int,
    about: str,
    reason: str,
    changes: tuple[Change, ...],
    key: str,
) -> CorrectionInfo:
    case = resolving.locked(case_id)
    if not case.corrections.filter(key=key).exists():
        row = CorrectionRecord.objects.create(
            case=case,
            about=about,
            reason=reason,
            changes=json.dumps([change.model_dump() for change in changes]),
            record_id=f"urn:uuid:{uuid.uuid4()}",
            corrected_by_id=user.pk,
            key=key,
            corrected_at=timezone.now(),
        )
        append(case.programme, facts.of_correction(row, changes, people.urn(user, case.programme)))
    return aftermath.corrections_of(case)[-1]


def _kept(change: Change) -> Change:
    return Change(
        member=storable(change.member).strip(),
        was=storable(change.was).strip(),
        now=storable(change.now).strip(),
    )


def _problems_with(
    case: CaseRecord, about: str, reason: str, changes: tuple[Change, ...]
) -> dict[str, str]:
    problems: dict[str, str] = {}
    known = {one.id for one in aftermath.records_of(case, resolving.ratings_of(case))}
    if about not in known:
        problems["about"] = _("Choose which record is wrong.")
    if not 0 < len(reason) <= LONGEST:
        problems["correction_reason"] = _("Give a reason, %s characters at most.") % LONGEST
    if not 1 <= len(changes) <= MOST_CHANGES:
        problems["changes"] = _("Say what is wrong and what is right.")
    for change in changes:
        texts = (change.member, change.was, change.now)
        if not change.member or not (change.was or change.now) or max(map(len, texts)) > LONGEST:
            problems["changes"] = _("Say what is wrong and what is right, in a few words each.")
        elif change.was == change.now:
            problems["changes"] = _("What was and what is right read the same.")
    return problems
