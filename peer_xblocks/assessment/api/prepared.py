"""Results that are not released yet: words kept for later, holding back, and releasing together."""

import hashlib
import json
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import cases, reach, resolving
from peer_xblocks.assessment.api import releases
from peer_xblocks.assessment.editions import rubric_of
from peer_xblocks.assessment.models import CaseRecord, PreparedRelease
from peer_xblocks.assessment.release_words import problems_with, words_of
from peer_xblocks.assessment.values import Prepared, ReleasedTogether
from peer_xblocks.core.errors import ConflictError, Error, InvalidError
from peer_xblocks.core.record import Goal, Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work.text import storable

State = CaseRecord.State
LONGEST_REASON = 1_000
MOST = 100


def prepare(
    user: AbstractBaseUser, submission_id: UUID | str, goals: tuple[Goal, ...], message: str
) -> Prepared:
    """Keep goals and words for a settled result, to release it later, alone or with others.

    Raises what `releases.release` raises; the words have to be as whole as for a release.
    """
    case = _of_signer(user, submission_id)
    words = words_of(goals, message)
    if problems := problems_with(rubric_of(case), words):
        raise InvalidError(problems)
    kept = json.dumps([goal.model_dump(mode="json") for goal in words.goals])
    return _keep(user, case, goals=kept, message=words.message)


def hold(user: AbstractBaseUser, submission_id: UUID | str, reason: str) -> Prepared:
    """Hold a settled result back, so that no lead releases it before this is lifted."""
    reason = storable(reason).strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        limit = _("Say why in a few words, %s characters at most.") % LONGEST_REASON
        raise InvalidError({"hold_reason": limit})
    return _keep(user, _of_signer(user, submission_id), held=True, reason=reason)


def lift(user: AbstractBaseUser, submission_id: UUID | str) -> Prepared:
    """Let a result that was held back be released again."""
    return _keep(user, _of_signer(user, submission_id), held=False, reason="")


def release_together(
    user: AbstractBaseUser, programme: str, submission_ids: Sequence[UUID | str], key: str
) -> ReleasedTogether:
    """Release each of these prepared results; each in its own transaction, with its own record.

    One that cannot be released is named with a sentence and keeps nobody else waiting. The same
    `key` again releases what is left of them.
    """
    grants.require(user, programme, Role.LEAD)
    released: list[UUID] = []
    refused: dict[str, str] = {}
    for submission_id in list(dict.fromkeys(map(str, submission_ids)))[:MOST]:
        try:
            released.append(_release(user, programme, submission_id, key))
        except Error as error:
            refused[submission_id] = str(error)
    return ReleasedTogether(released=tuple(released), refused=refused)


def _release(user: AbstractBaseUser, programme: str, submission_id: str, key: str) -> UUID:
    case = reach.case_of_lead(user, submission_id)
    own_key = hashlib.sha256(f"{key} {submission_id}".encode()).hexdigest()
    if case.programme != programme:
        raise ConflictError(_("This result belongs to another programme."))
    if case.state == State.RELEASED:
        goals, message = cases.goals_of(case.shown), case.shown.message
    else:
        words = cases.prepared_of(case)
        if words is None or not words.goals:
            raise ConflictError(_("No goals are prepared for this result yet."))
        goals, message = words.goals, words.message
    return releases.release(user, submission_id, goals, message, own_key).submission_id


def _of_signer(user: AbstractBaseUser, submission_id: UUID | str) -> CaseRecord:
    """A settled case that is not released yet, for a lead who did not rate it."""
    case = reach.case_of_lead(user, submission_id)
    reach.refuse_rater(user, case)
    if case.state != State.TO_RELEASE:
        raise ConflictError(_("Only a settled result that is not released yet can be prepared."))
    return case


def _keep(user: AbstractBaseUser, case: CaseRecord, **what: object) -> Prepared:
    def kept() -> None:
        locked = resolving.locked(case.id)
        if locked.state != State.TO_RELEASE:
            raise ConflictError(_("This result was released or voided in the meantime."))
        by = {"prepared_by_id": user.pk, "prepared_at": timezone.now()}
        PreparedRelease.objects.update_or_create(case=locked, defaults={**by, **what})

    run(kept, joins=True)
    prepared = cases.prepared_of(case)
    assert prepared is not None
    return prepared
