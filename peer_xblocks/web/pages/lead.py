"""What leads see: what needs settling or releasing, and one case with its ratings."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import releases, resolutions
from peer_xblocks.core.errors import ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import comparison, performance, posted, release_form


@page
@require_safe
def cases(request: HttpRequest) -> HttpResponseBase:
    """What needs a lead, what is ready to release, and what was released."""
    shown = []
    for slug, roles in grants.programmes_of(request.user):
        if Role.LEAD in roles:
            waiting = resolutions.waiting(request.user, slug)
            by_state = {
                state: [one for one in waiting if one.state == state]
                for state in ("needs_lead", "to_release", "released")
            }
            shown.append({"programme": programmes.get(slug), **by_state})
    if not shown:
        raise ForbiddenError
    return render(request, "peer_xblocks/pages/lead.html", {"shown": shown})


@page
@require_safe
def case(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """One case: the ratings, and what is to be decided next."""
    return _case(request, submission_id, release_form.Entered(), {}, 200)


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
        return _case(request, submission_id, entered, error.problems, 422)
    messages.success(request, _("Settled and recorded. The result can be released now."))
    return redirect("peer_xblocks:case", submission_id)


@page
@require_POST
def release(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Show what the trainee will read, or release it."""
    entered = release_form.entered(request.POST)
    try:
        goals = release_form.goals(request.POST)
        if request.POST.get("then") != "release":
            return _case(request, submission_id, entered, {}, 200, preview=True)
        releases.release(
            request.user, submission_id, goals, entered.message, posted.key(request.POST)
        )
    except InvalidError as error:
        return _case(request, submission_id, entered, error.problems, 422)
    messages.success(request, _("Released. The trainee can read the result now."))
    return redirect("peer_xblocks:lead")


def _case(
    request: HttpRequest,
    submission_id: UUID,
    entered: release_form.Entered,
    problems: dict[str, str],
    status: int,
    *,
    preview: bool = False,
) -> HttpResponseBase:
    detail = resolutions.case(request.user, submission_id)
    opened = partial(resolutions.open_recording, request.user, submission_id)
    rows = comparison.rows_of(detail)
    context = {
        **performance.shown(detail.scenario, detail.text, detail.recording, detail.answers, opened),
        "recording_url": reverse("peer_xblocks:recording-case", args=[submission_id]),
        "case": detail,
        "rows": rows,
        "agreed": [row for row in rows if not (row.differs or row.disputed)],
        "errors": comparison.errors_of(detail),
        "whole_because": [one for one in detail.third_because if not (one.criterion or one.code)],
        "entered": entered,
        "problems": problems,
        "key": posted.new_key(),
        "preview": preview,
        "feedback": comparison.preview(detail, entered) if preview else None,
    }
    return render(request, "peer_xblocks/pages/case.html", context, status=status)
