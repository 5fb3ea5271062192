"""Releasing: the act that shows a result to the trainee."""

import json
import uuid
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import announcing, facts, noticing, reach, resolving, standings
from peer_xblocks.assessment.editions import editions_of, rubric_of
from peer_xblocks.assessment.models import CaseRecord, PreparedRelease, ReleaseRecord
from peer_xblocks.assessment.release_words import Words, problems_with, words_of
from peer_xblocks.assessment.values import NoticeKind, ReleasedResult
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.core.standing import Standing
from peer_xblocks.records.api import append, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.values import Status

State = CaseRecord.State


def release(
    user: AbstractBaseUser,
    submission_id: UUID | str,
    goals: tuple[Goal, ...],
    message: str,
    key: str,
) -> ReleasedResult:
    """Show a settled result to the trainee, with one or two coaching goals and some words.

    The same `key` again answers what was released. Raises ForbiddenError for a lead who rated it,
    InvalidError for the goals, ConflictError when it is not settled yet or was released by someone
    else.
    """
    case = reach.case_of_lead(user, submission_id)
    reach.refuse_rater(user, case)
    rubric = rubric_of(case)
    words = words_of(goals, message)
    if problems := problems_with(rubric, words):
        raise InvalidError(problems)
    result = _release(user, case.id, words, key[:64])
    announcing.announce(case.id)
    return result


@outermost
def _release(user: AbstractBaseUser, case_id: int, words: Words, key: str) -> ReleasedResult:
    case = resolving.locked(case_id)
    resolution = _settled(case)
    if case.state == State.RELEASED:
        if case.shown.released_by_id != user.pk or case.shown.key != key:
            raise ConflictError(_("This result was released already."))
        return announcing.result_of(case, resolution)
    if PreparedRelease.objects.filter(case=case, held=True).exists():
        raise ConflictError(_("A lead holds this result back for now. Lift that first."))
    row, after = _shown(user, case, resolution, words, key)
    PreparedRelease.objects.filter(case=case).delete()
    case.state = State.RELEASED
    case.save(update_fields=["state"])
    for_assessment.set_status(case.submission, Status.RELEASED)
    told = (NoticeKind.RELEASED, case.submission, case.round)
    noticing.tell([case.trainee_id], case.programme, *told)
    signer = people.urn(user, case.programme)
    append(case.programme, facts.of_release(row, resolution.passed, words.goals, after, signer))
    return announcing.result_of(case, resolution)


def _settled(case: CaseRecord) -> Resolution:
    """What a case was resolved to. Raises ConflictError where there is nothing to release."""
    resolution = resolving.resolution_of(case)
    if resolution is None:
        raise ConflictError(_("This has to be settled before it can be released."))
    if case.state == State.VOIDED:
        raise ConflictError(_("This no longer counts, so there is nothing to release."))
    return resolution


def _shown(
    user: AbstractBaseUser, case: CaseRecord, resolution: Resolution, words: Words, key: str
) -> tuple[ReleaseRecord, dict[str, Standing]]:
    """Keep what the trainee is shown, and what each competency stands at with it."""
    editions = editions_of(case)
    observed = standings.observed_in(case, editions, resolution)
    before, after = standings.before_and_after(case, editions, observed)
    row = ReleaseRecord.objects.create(
        case=case,
        goals=json.dumps([goal.model_dump(mode="json") for goal in words.goals]),
        message=words.message,
        competencies=json.dumps(list(after)),
        observed=json.dumps(observed),
        before=json.dumps(before),
        after=json.dumps(after),
        record_id=f"urn:uuid:{uuid.uuid4()}",
        released_by_id=user.pk,
        key=key,
        released_at=timezone.now(),
    )
    return row, after
