"""A trainee's attempts: what came of each, the goals that go along, and what comes first after a
critical error. And a lead, who may open a scene again.
"""

import uuid
from collections.abc import Collection, Sequence
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import (
    aftermath,
    announcing,
    facts,
    noticing,
    reach,
    repeats,
    resolving,
)
from peer_xblocks.assessment.cases import goals_of
from peer_xblocks.assessment.models import CaseRecord, SceneReopening
from peer_xblocks.assessment.values import AnotherFirst, Attempt, NoticeKind, SceneReopened
from peer_xblocks.core.attempts import CarriedGoal
from peer_xblocks.core.attempts import carried as carried_goals
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.records.api import append, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import submissions
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import SubmissionInfo

LONGEST_REASON = 2_000
State = CaseRecord.State


def history(user: AbstractBaseUser, handed_in: Sequence[SubmissionInfo]) -> tuple[Attempt, ...]:
    """What came of each of these submissions, in their order; those of others are left out.

    Costs one query.
    """
    ids = [str(one.id) for one in handed_in]
    rows = CaseRecord.objects.filter(trainee_id=user.pk, submission__in=ids).order_by("round")
    latest = {row.submission: row for row in rows.select_related("resolved", "shown")}
    found = ((one, latest.get(str(one.id))) for one in handed_in)
    return tuple(_attempt(one, row) for one, row in found if row is not None)


def carried(
    user: AbstractBaseUser, programme: str, scenario: str, rubric: str, asked: Collection[str]
) -> tuple[CarriedGoal, ...]:
    """The goals that the user takes along to a scene; `asked` are the competencies it asks for.

    Costs one query.
    """
    return carried_goals(repeats.given_goals(user.pk, programme), scenario, rubric, asked)


def another_first(
    user: AbstractBaseUser, programme: str, scenario: str, formative: bool
) -> AnotherFirst | None:
    """The own result after which the user does another scene first; None when this one is open.

    Costs one query.
    """
    case = repeats.case_before(user.pk, programme, scenario, formative)
    if case is None:
        return None
    return AnotherFirst(
        submission_id=case.submission, title=case.title, released_at=case.shown.released_at
    )


def require_open(user: AbstractBaseUser, programme: str, scenario: str, formative: bool) -> None:
    """Raise ConflictError when the user does another scene before this one.

    Handing in asks again, whichever way it comes.
    """
    if repeats.case_before(user.pk, programme, scenario, formative) is not None:
        raise ConflictError(repeats.why())


def reopened(user: AbstractBaseUser, submission_id: UUID | str) -> SceneReopened | None:
    """That a lead opened the scene again after the user's own result; None when nobody did. Who it
    was is not told.
    """
    case = reach.current(submissions.get(user, submission_id).id)
    found = aftermath.reopening_of(case)
    return found.model_copy(update={"reopened_by": ""}) if found else None


def reopen(
    user: AbstractBaseUser, submission_id: UUID | str, reason: str, key: str
) -> SceneReopened:
    """Open a scene again, as a lead who did not rate it, to a trainee who would do another first.

    The same `key` again answers what was opened. Raises ForbiddenError for a lead who rated it,
    InvalidError for the reason, ConflictError when no other scene comes first, or it is open again
    already.
    """
    case = reach.case_of_lead(user, submission_id)
    reach.refuse_rater(user, case)
    reason = storable(reason).strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        limit = _("Give a reason, %s characters at most: the trainee reads it.") % LONGEST_REASON
        raise InvalidError({"reopen_reason": limit})
    made = _reopen(user, case.id, reason, key[:64])
    announcing.tell_followed(case.programme)
    return made


@outermost
def _reopen(user: AbstractBaseUser, case_id: int, reason: str, key: str) -> SceneReopened:
    case = resolving.locked(case_id)
    earlier = SceneReopening.objects.filter(case=case).first()
    if earlier is not None:
        if (earlier.reopened_by_id, earlier.key) != (user.pk, key):
            raise ConflictError(_("This scene is open again already."))
        return aftermath.reopening(earlier)
    if not repeats.is_closed_by(case):
        raise ConflictError(_("This scene is open to the trainee as it is."))
    row = SceneReopening.objects.create(
        case=case,
        reason=reason,
        key=key,
        record_id=f"urn:uuid:{uuid.uuid4()}",
        reopened_by_id=user.pk,
        reopened_at=timezone.now(),
    )
    told = (NoticeKind.SCENE_REOPENED, case.submission, case.round)
    noticing.tell([case.trainee_id], case.programme, *told)
    append(case.programme, facts.of_reopening(row, people.urn(user, case.programme)))
    return aftermath.reopening(row)


def _attempt(submission: SubmissionInfo, row: CaseRecord) -> Attempt:
    if row.state != State.RELEASED:
        return Attempt(submission=submission, passed=None, goals=())
    resolution = Resolution.model_validate_json(row.resolved.resolution)
    return Attempt(submission=submission, passed=resolution.passed, goals=goals_of(row.shown))
