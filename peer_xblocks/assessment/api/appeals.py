"""Appeals on how a result came about: made by the trainee within a window, heard by a lead who did
not rate it.

How a performance was judged is no ground. An appeal that is upheld changes no rating: the ratings
are set aside, and others rate anew; or something recorded is corrected beside it.
"""

import uuid
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peer_xblocks.assessment import (
    aftermath,
    announcing,
    eligible,
    facts,
    noticing,
    opening,
    reach,
    resolving,
    voiding,
    watching,
)
from peer_xblocks.assessment.eligible import WhyNot
from peer_xblocks.assessment.models import BLIND_SEATS, AppealRecord, CaseRecord
from peer_xblocks.assessment.values import AppealInfo, Cause, Decision, Ground, NoticeKind
from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import append, grants, people
from peer_xblocks.records.transactions import outermost, run
from peer_xblocks.work.api import for_assessment, submissions
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import Status

WINDOW_DAYS = 30
LONGEST = 4_000
State = CaseRecord.State
KEPT_BY = {
    WhyNot.OWN: gettext_lazy("whose own it is: %(n)s"),
    WhyNot.EXCLUDED: gettext_lazy("who rated it, passed it on or know its ratings: %(n)s"),
    WhyNot.TIED: gettext_lazy("tied to the trainee, of whom one may rate: %(n)s"),
    WhyNot.UNQUALIFIED: gettext_lazy("not qualified for the rubric: %(n)s"),
}


def window() -> timedelta:
    """How long after a release an appeal can be made: the setting PEER_XBLOCKS_APPEAL_DAYS, 30 days
    when it is not set.
    """
    return timedelta(days=int(getattr(settings, "PEER_XBLOCKS_APPEAL_DAYS", WINDOW_DAYS)))


def closes(case: CaseRecord) -> datetime | None:
    """Until when an appeal on a released result can be made; None when it cannot any more."""
    if case.state != State.RELEASED or AppealRecord.objects.filter(case=case).exists():
        return None
    until = case.shown.released_at + window()
    return until if until > timezone.now() else None


def make(
    user: AbstractBaseUser, submission_id: UUID | str, ground: Ground | str, words: str, key: str
) -> AppealInfo:
    """Appeal on the released result of the user's own submission.

    The same `key` again answers the appeal that was made. Raises NotFoundError for any other
    submission, InvalidError for ground or words, ConflictError without a result, after the window,
    or when there is an appeal already.
    """
    own = submissions.get(user, submission_id)
    case = reach.current(own.id)
    words = storable(words).strip()
    problems: dict[str, str] = {}
    if ground not in set(Ground):
        problems["ground"] = _("Choose what your appeal is about.")
    if not 0 < len(words) <= LONGEST:
        problems["words"] = _("Tell us what happened, %s characters at most.") % LONGEST
    if problems:
        raise InvalidError(problems)
    return run(lambda: _make(case.id, Ground(ground), words, key[:64]))


def waiting(user: AbstractBaseUser, programme: str) -> tuple[AppealInfo, ...]:
    """The appeals of a programme that nobody has decided, for leads, the oldest first; none on the
    user's own submissions.
    """
    grants.require(user, programme, Role.LEAD)
    rows = AppealRecord.objects.filter(programme=programme, decided_at=None)
    rows = rows.exclude(case__trainee_id=user.pk).select_related("case", "heard_by")
    return tuple(aftermath.appeal_info(row, user) for row in rows.order_by("made_at", "id"))


def decide(
    user: AbstractBaseUser,
    submission_id: UUID | str,
    decision: Decision | str,
    reason: str,
    key: str,
) -> AppealInfo:
    """Decide an appeal as a lead who did not rate: dismiss it, say that something was corrected, or
    set the ratings aside so that two others rate anew.

    The same `key` again answers the decision. Raises ForbiddenError for a lead who rated it,
    InvalidError for decision or reason, or when no two could rate anew, ConflictError when it is
    decided already.
    """
    case = _appealed(user, submission_id)
    reach.refuse_rater(user, case)
    reason = storable(reason).strip()
    problems: dict[str, str] = {}
    if decision not in set(Decision):
        problems["decision"] = _("Choose what is decided.")
    if not 0 < len(reason) <= LONGEST:
        problems["appeal_reason"] = _("Give your reason, %s characters at most.") % LONGEST
    if decision == Decision.CORRECTED and not case.corrections.exists():
        problems["decision"] = _("Record the correction first; then the appeal can be closed.")
    if decision == Decision.RATED_ANEW and watching.is_observed(case):
        problems["decision"] = _(
            "Nobody else watched this performance, so it cannot be rated anew. Void it instead; "
            "then the trainee can perform again."
        )
    if problems:
        raise InvalidError(problems)
    made = _decide(user, case.id, Decision(decision), reason, key[:64])
    announcing.tell_followed(case.programme)
    return made


def _make(case_id: int, ground: Ground, words: str, key: str) -> AppealInfo:
    case = resolving.locked(case_id)
    earlier = AppealRecord.objects.filter(case=case).first()
    if earlier is not None:
        if earlier.key != key:
            raise ConflictError(_("You have appealed already. You see here what comes of it."))
        return aftermath.appeal_info(earlier)
    if case.state != State.RELEASED:
        raise ConflictError(_("There is no released result to appeal on."))
    if closes(case) is None:
        raise ConflictError(_("The time for an appeal on this result is over."))
    row = AppealRecord.objects.create(
        case=case,
        programme=case.programme,
        ground=ground.value,
        words=words,
        key=key,
        made_at=timezone.now(),
    )
    noticing.tell_leads(case.programme, NoticeKind.APPEAL_MADE, case.submission, case.round)
    return aftermath.appeal_info(row)


@outermost
def _decide(
    user: AbstractBaseUser, case_id: int, decision: Decision, reason: str, key: str
) -> AppealInfo:
    case = resolving.locked(case_id)
    row = AppealRecord.objects.get(case=case)
    if row.decided_at is not None:
        if (row.heard_by_id, row.decision_key) != (user.pk, key):
            raise ConflictError(_("This appeal is decided already."))
        return aftermath.appeal_info(row, user)
    if case.state != State.RELEASED:
        raise ConflictError(_("This result counts no more, so there is nothing to decide."))
    if decision is Decision.RATED_ANEW:
        _require_two(case)
    row.decision, row.reason, row.decision_key = decision.value, reason, key
    row.heard_by, row.decided_at = user, timezone.now()
    row.record_id = f"urn:uuid:{uuid.uuid4()}"
    row.save()
    told = (NoticeKind.APPEAL_DECIDED, case.submission, case.round)
    noticing.tell([case.trainee_id], case.programme, *told)
    found = [facts.of_appeal(row, _statement(row), people.urn(user, case.programme))]
    if decision is Decision.RATED_ANEW:
        act = voiding.Act(user, Role.LEAD, Cause.ERROR, reason)
        found.append(voiding.set_aside(case, act, all_of_it=False)[1])
        opening.open_next_round(case)
        for_assessment.set_status(case.submission, Status.WAITING)
    append(case.programme, *found)
    return aftermath.appeal_info(row, user)


def _require_two(case: CaseRecord) -> None:
    """Raise InvalidError, naming what keeps them, where no two could rate a case anew."""
    found = eligible.for_next_round(case)
    able = sum(one.why_not is None for one in found)
    if able >= len(BLIND_SEATS):
        return
    counted = Counter(one.why_not for one in found if one.why_not is not None)
    reasons = "; ".join(str(KEPT_BY[why]) % {"n": n} for why, n in sorted(counted.items()))
    said = _(
        "To be rated anew it needs two who may rate it, and there are %(able)s (%(reasons)s). Let "
        "another assessor join first, or void it; then the trainee can perform again."
    )
    raise InvalidError({"decision": said % {"able": able, "reasons": reasons}})


def _statement(row: AppealRecord) -> str:
    """What the record keeps of a decision, in one language whatever the page's is."""
    heard = "heard by a lead who did not rate it"
    if row.heard_by_id in aftermath.signers_of(row.case):
        heard = "heard by the lead who had signed or released it, and did not rate it"
    return f"Appeal on process ({row.ground}), {heard}: {row.decision}. Reason: {row.reason}"


def _appealed(user: AbstractBaseUser, submission_id: UUID | str) -> CaseRecord:
    """The latest case of a submission on which there is an appeal, for a lead."""
    latest = reach.case_of_lead(user, submission_id)
    rounds = CaseRecord.objects.filter(submission=latest.submission).order_by("-round")
    found = next((case for case in rounds if hasattr(case, "appeal")), None)
    if found is None:
        raise NotFoundError
    return found
