"""Voiding: that a submission counts no more, with a reason. Nothing of it is removed."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.assessment import aftermath, announcing, reach, resolving, voiding
from peer_xblocks.assessment.models import CaseRecord, VoidRecord
from peer_xblocks.assessment.values import Cause, VoidInfo
from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import append, grants, programmes
from peer_xblocks.records.transactions import outermost, run
from peer_xblocks.work.text import storable

LONGEST_REASON = 2_000
State = CaseRecord.State
BY_LEADS = (Cause.ERROR, Cause.MISCONDUCT, Cause.REQUEST, Cause.TECHNICAL)


def void(
    user: AbstractBaseUser, submission_id: UUID | str, cause: Cause | str, reason: str, key: str
) -> VoidInfo:
    """Let a submission count no more, with all that followed from it; the trainee may try again.

    The same `key` again answers what was voided. Raises ForbiddenError for a lead who rated it,
    InvalidError for the cause or the reason, ConflictError when it was voided before.
    """
    case = reach.case_of_lead(user, submission_id)
    reach.refuse_rater(user, case)
    reason = storable(reason).strip()
    problems: dict[str, str] = {}
    if cause not in {one.value for one in BY_LEADS}:
        problems["cause"] = _("Choose why it counts no more.")
    if not 0 < len(reason) <= LONGEST_REASON:
        limit = _("Give a reason, %s characters at most: the trainee reads it.") % LONGEST_REASON
        problems["void_reason"] = limit
    if problems:
        raise InvalidError(problems)
    made = _void(case.id, voiding.Act(user, Role.LEAD, Cause(cause), reason, key[:64]))
    announcing.tell_followed(case.programme)
    return made


def reset(
    by: AbstractBaseUser, trainee: AbstractBaseUser, course: str, activity: str, reason: str = ""
) -> int:
    """Void whatever somebody handed in at an activity, because the platform resets their state
    there; how many submissions that were.

    Joins the platform's transaction. Raises ForbiddenError unless `by` is an author, a lead or an
    operator of the programme.
    """
    programme = programmes.for_course(course)
    if programme is None:
        return 0
    held = grants.roles(by, programme.slug)
    acting_as = next((one for one in (Role.LEAD, Role.AUTHOR, Role.OPERATOR) if one in held), None)
    if acting_as is None:
        raise ForbiddenError
    because = storable(reason).strip() or _("The trainee’s state was deleted on the platform.")
    act = voiding.Act(by, acting_as, Cause.RESET, because)
    return run(lambda: _reset(programme.slug, trainee, activity, act), joins=True)


@outermost
def _void(case_id: int, act: voiding.Act) -> VoidInfo:
    case = resolving.locked(case_id)
    earlier = VoidRecord.objects.filter(case=case).first()
    if earlier is not None and (earlier.voided_by_id, earlier.key) != (act.by.pk, act.key):
        raise ConflictError(_("This was voided already."))
    if earlier is None:
        _row, fact = voiding.set_aside(case, act)
        append(case.programme, fact)
    found = aftermath.void_of(case)
    assert found is not None
    return found


def _reset(programme: str, trainee: AbstractBaseUser, activity: str, act: voiding.Act) -> int:
    cases = CaseRecord.objects.select_for_update().filter(
        programme=programme, trainee_id=trainee.pk, activity=activity
    )
    found = [voiding.set_aside(case, act)[1] for case in cases.exclude(state=State.VOIDED)]
    append(programme, *found)
    return len(found)
