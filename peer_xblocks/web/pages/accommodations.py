"""How a scene may be done: what is free to all, and more time, asked for and granted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.records.api import programmes
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted
from peer_xblocks.work.api import accommodations, recordings


@page
def own(request: HttpRequest, programme: str) -> HttpResponseBase:
    """A trainee's own: read it; a POST asks for more time, or asks no longer."""
    if request.method == "POST":
        if posted.text(request.POST, "then") == "take-back":
            accommodations.take_back(request.user, programme)
        else:
            accommodations.ask(request.user, programme)
        return redirect("peer_xblocks:accommodations", programme)
    context = {
        "time": accommodations.mine(request.user, programme),
        "limits": recordings.limits_of(request.user, programme),
        "programme": programmes.get(programme),
    }
    return render(request, "peer_xblocks/pages/accommodations.html", context)


@page
@require_safe
def of_trainees(request: HttpRequest, programme: str) -> HttpResponseBase:
    """For leads: who asks for more time, and who has it."""
    return _of_trainees(request, programme, {}, 200)


@page
@require_POST
def grant(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Grant somebody more time."""
    trainee = posted.whole_number(request.POST, "trainee")
    percent = posted.whole_number(request.POST, "percent")
    reason = posted.text(request.POST, "reason")
    try:
        accommodations.grant(request.user, trainee, programme, percent, reason)
    except InvalidError as error:
        return _of_trainees(request, programme, error.problems, 422)
    messages.success(request, _("Granted. It holds from now on, in every scene of the programme."))
    return redirect("peer_xblocks:more-time", programme)


@page
@require_POST
def end(request: HttpRequest, programme: str, trainee_id: int) -> HttpResponseBase:
    """End it, or say that there is none; a reason that was noted is deleted."""
    accommodations.end(request.user, trainee_id, programme)
    messages.success(request, _("Done. Nothing is kept of it."))
    return redirect("peer_xblocks:more-time", programme)


def _of_trainees(
    request: HttpRequest, programme: str, problems: dict[str, str], status: int
) -> HttpResponseBase:
    found = accommodations.of_programme(request.user, programme)
    context = {
        "programme": programmes.get(programme),
        "trainees": found,
        "asking": [one for one in found if one.time.asked_at],
        "granted": [one for one in found if one.time.extra_percent],
        "choices": accommodations.CHOICES,
        "limits": recordings.site_limits(),
        "problems": problems,
        "posted": request.POST,
    }
    return render(request, "peer_xblocks/pages/more_time.html", context, status=status)
