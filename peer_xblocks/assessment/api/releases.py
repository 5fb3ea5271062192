"""Releasing: the act that shows a result to the trainee."""

import json
import uuid
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import facts, reach, resolving, standings
from peer_xblocks.assessment.editions import rubric_of
from peer_xblocks.assessment.models import CaseRecord, ReleaseRecord
from peer_xblocks.assessment.signals import released
from peer_xblocks.assessment.values import ReleasedResult
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.records.api import append, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import Status

LONGEST_MESSAGE = 4_000
State = CaseRecord.State


class _Words(NamedTuple):
    """What a lead says with a release."""

    goals: tuple[Goal, ...]
    message: str


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
    shown = tuple(goal.model_copy(update={"text": storable(goal.text).strip()}) for goal in goals)
    words = _Words(shown, storable(message).strip())
    if problems := _problems_with(rubric, words):
        raise InvalidError(problems)
    return _release(user, case.id, rubric, words, key[:64])


@outermost
def _release(
    user: AbstractBaseUser,
    case_id: int,
    rubric: Rubric,
    words: _Words,
    key: str,
) -> ReleasedResult:
    case = resolving.locked(case_id)
    resolution = resolving.resolution_of(case)
    if resolution is None:
        raise ConflictError(_("This has to be settled before it can be released."))
    if case.state == State.RELEASED:
        if case.shown.released_by_id != user.pk or case.shown.key != key:
            raise ConflictError(_("This result was released already."))
        return _result(case, resolution)
    observed = standings.observed_in(case, rubric, resolution)
    before, after = standings.before_and_after(case, rubric, observed)
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
    case.state = State.RELEASED
    case.save(update_fields=["state"])
    for_assessment.set_status(case.submission, Status.RELEASED)
    result = _result(case, resolution)
    transaction.on_commit(
        lambda: released.send_robust(sender=ReleaseRecord, result=result), robust=True
    )
    signer = people.urn(user, case.programme)
    append(
        case.programme,
        facts.of_release(row, resolution.passed, words.goals, after, signer),
    )
    return result


def _problems_with(rubric: Rubric, words: _Words) -> dict[str, str]:
    goals = words.goals
    problems: dict[str, str] = {}
    if not 1 <= len(goals) <= 2:
        problems["goals"] = _("Give one or two coaching goals.")
    if any(not goal.text for goal in goals):
        problems["goals"] = _("A goal needs a few words.")
    if any(goal.criterion and rubric.criterion(goal.criterion) is None for goal in goals):
        problems["goals"] = _("A goal names a criterion that is not in the rubric.")
    if len(words.message) > LONGEST_MESSAGE:
        problems["message"] = _("Please keep this under %s characters.") % LONGEST_MESSAGE
    return problems


def _result(case: CaseRecord, resolution: Resolution) -> ReleasedResult:
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
