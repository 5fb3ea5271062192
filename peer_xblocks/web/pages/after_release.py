"""What leads do about a case beside its result: void, correct, hear an appeal, open the scene
again, tell of a worry.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peer_xblocks.assessment.api import appeals, attempts, corrections, referrals, voids
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.record import Change
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import case_page, posted


@page
@require_POST
def void(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Let a submission count no more, with a reason that the trainee reads."""
    cause, reason = posted.text(request.POST, "cause"), posted.text(request.POST, "void_reason")
    try:
        voids.void(request.user, submission_id, cause, reason, posted.key(request.POST))
    except InvalidError as error:
        return case_page.show(request, submission_id, None, error.problems, 422)
    messages.success(request, _("Voided and recorded. The trainee reads why, and may try again."))
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def correct(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Record that something recorded is wrong, and what is right."""
    about = posted.text(request.POST, "about")
    reason = posted.text(request.POST, "correction_reason")
    key = posted.key(request.POST)
    try:
        corrections.correct(request.user, submission_id, about, reason, _changes(request), key)
    except InvalidError as error:
        return case_page.show(request, submission_id, None, error.problems, 422)
    messages.success(request, _("Corrected and recorded. What was recorded before stays as it is."))
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def decide(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Decide an appeal."""
    decision = posted.text(request.POST, "decision")
    reason = posted.text(request.POST, "appeal_reason")
    try:
        appeals.decide(request.user, submission_id, decision, reason, posted.key(request.POST))
    except InvalidError as error:
        return case_page.show(request, submission_id, None, error.problems, 422)
    messages.success(request, _("Decided and recorded. The trainee can read it now."))
    return redirect("peer_xblocks:lead")


@page
@require_POST
def reopen(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Let a trainee do a scene again at once, where another one would come first."""
    reason = posted.text(request.POST, "reopen_reason")
    try:
        attempts.reopen(request.user, submission_id, reason, posted.key(request.POST))
    except InvalidError as error:
        return case_page.show(request, submission_id, None, error.problems, 422)
    messages.success(request, _("Recorded. The trainee can do this scene again now."))
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def refer(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Tell the programme's safeguarding contact of a worry, as a lead."""
    words = posted.text(request.POST, "referral")
    try:
        referrals.refer_from_case(request.user, submission_id, words, posted.key(request.POST))
    except InvalidError as error:
        return case_page.show(request, submission_id, None, error.problems, 422)
    messages.success(request, _("Sent to the safeguarding contact, and to nobody else."))
    return redirect("peer_xblocks:case", submission_id)


def _changes(request: HttpRequest) -> tuple[Change, ...]:
    """The rows of the form that hold anything."""
    columns = [request.POST.getlist(name) for name in ("member", "was", "now")]
    rows = ([posted.line(text) for text in row] for row in zip(*columns, strict=False))
    return tuple(Change(member=row[0], was=row[1], now=row[2]) for row in rows if any(row))
