"""What leads see and do until a result is shown: settle, sign, prepare, hold, release."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import (
    appeals,
    assignments,
    prepared,
    referrals,
    releases,
    resolutions,
)
from peer_xblocks.assessment.values import CaseState
from peer_xblocks.core.errors import ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import case_page, posted, release_form
from peer_xblocks.work.api import accommodations


@page
@require_safe
def cases(request: HttpRequest) -> HttpResponseBase:
    """What needs a lead, what is ready to release, what was released, and what is appealed."""
    shown = []
    for slug, roles in grants.programmes_of(request.user):
        if Role.LEAD in roles:
            waiting = resolutions.waiting(request.user, slug)
            by_state = {
                state.value: [one for one in waiting if one.state is state] for state in CaseState
            }
            shown.append(
                {
                    "programme": programmes.get(slug),
                    "short": assignments.short_of_assessors(request.user, slug),
                    "contact": referrals.contact(request.user, slug),
                    "asking": accommodations.asking(request.user, slug),
                    "appeals": appeals.waiting(request.user, slug),
                    "ready": [one for one in by_state["to_release"] if one.ready and not one.held],
                    "key": posted.new_key(),
                    **by_state,
                }
            )
    if not shown:
        raise ForbiddenError
    return render(request, "peer_xblocks/pages/lead.html", {"shown": shown})


@page
@require_safe
def case(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """One case: the ratings, and what is to be decided next."""
    return case_page.show(request, submission_id)


@page
@require_POST
def settle(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Sign a resolution where a third rating was due and none was held."""
    detail = resolutions.case(request.user, submission_id)
    entered = release_form.entered(request.POST)
    try:
        signed = release_form.signed(request.POST, detail.rubric)
        resolutions.settle(request.user, submission_id, signed, posted.key(request.POST))
    except InvalidError as error:
        return case_page.show(request, submission_id, entered, error.problems, 422)
    messages.success(request, _("Settled and recorded. The result can be released now."))
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def sign(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Sign what the rule makes of three ratings."""
    reason = posted.text(request.POST, "reason")
    try:
        resolutions.sign(request.user, submission_id, reason, posted.key(request.POST))
    except InvalidError as error:
        entered = release_form.entered(request.POST)
        return case_page.show(request, submission_id, entered, error.problems, 422)
    messages.success(request, _("Signed and recorded. The result can be released now."))
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def release(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Show what the trainee will read, keep it for a joint release, or release it."""
    entered = release_form.entered(request.POST)
    then = request.POST.get("then")
    try:
        goals = release_form.goals(request.POST)
        if then == "prepare":
            prepared.prepare(request.user, submission_id, goals, entered.message)
            messages.success(request, _("Kept. You can release it with others from the list."))
        elif then == "release":
            key = posted.key(request.POST)
            releases.release(request.user, submission_id, goals, entered.message, key)
            messages.success(request, _("Released. The trainee can read the result now."))
        else:
            return case_page.show(request, submission_id, entered, preview=True)
    except InvalidError as error:
        return case_page.show(request, submission_id, entered, error.problems, 422)
    return redirect("peer_xblocks:lead")


@page
@require_POST
def hold(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Hold a result back with a reason for leads, or lift that."""
    try:
        if request.POST.get("then") == "lift":
            prepared.lift(request.user, submission_id)
            messages.success(request, _("This result can be released again."))
        else:
            reason = posted.text(request.POST, "hold_reason")
            prepared.hold(request.user, submission_id, reason)
            messages.success(request, _("Held back. No lead can release it until this is lifted."))
    except InvalidError as error:
        return case_page.show(request, submission_id, None, error.problems, 422)
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def together(request: HttpRequest) -> HttpResponseBase:
    """Release the prepared results that were ticked; say which could not be."""
    programme = posted.text(request.POST, "programme")
    chosen = request.POST.getlist("submission")
    done = prepared.release_together(request.user, programme, chosen, posted.key(request.POST))
    if done.released:
        count = len(done.released)
        said = ngettext("%(n)d result is released.", "%(n)d results are released.", count)
        messages.success(request, said % {"n": count})
    for sentence in dict.fromkeys(done.refused.values()):
        messages.warning(request, sentence)
    if not chosen:
        messages.info(request, _("Tick the results that you want to release."))
    return redirect("peer_xblocks:lead")
