"""Whom one knows: ties between assessors and trainees, declared by either or by a lead."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import ties
from peer_xblocks.assessment.values import TieInfo
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.web import words
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted

RATERS = (Role.ASSESSOR, Role.LEAD)


@page
@require_safe
def known(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The ties that the person may see, and a form for another."""
    return _known(request, programme, {}, 200)


@page
@require_POST
def declare(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Declare a tie."""
    try:
        assessor, trainee = _two(request)
        since, until = _period(request)
        kind = posted.text(request.POST, "kind")
        ties.declare(request.user, assessor, trainee, programme, kind, since=since, until=until)
    except InvalidError as error:
        return _known(request, programme, error.problems, 422)
    messages.success(request, _("Noted. It counts for everything that is rated from now on."))
    return redirect("peer_xblocks:ties", programme)


@page
@require_POST
def end(request: HttpRequest, programme: str, tie_id: int) -> HttpResponseBase:
    """End a tie now."""
    ties.end(request.user, tie_id)
    messages.success(request, _("Ended. That it was there stays known."))
    return redirect("peer_xblocks:ties", programme)


def _known(
    request: HttpRequest, programme: str, problems: dict[str, str], status: int
) -> HttpResponseBase:
    user = request.user
    roles = set(grants.roles(user, programme))
    shown = ties.of_programme if Role.LEAD in roles else ties.mine
    found = shown(user, programme)
    rates = bool(roles & set(RATERS))
    context = {
        "programme": programmes.get(programme),
        "now": [one for one in found if not _is_over(one)],
        "over": [one for one in found if _is_over(one)],
        "rates": rates,
        "leads": Role.LEAD in roles,
        "assessors": [one for one in ties.assessors(user, programme) if one.id != user.pk],
        "trainees": ties.trainees(user, programme) if rates else (),
        "kinds": words.TIES.items(),
        "problems": problems,
        "posted": request.POST,
    }
    return render(request, "peer_xblocks/pages/ties.html", context, status=status)


def _is_over(tie: TieInfo) -> bool:
    return tie.until is not None and tie.until <= timezone.now()


def _two(request: HttpRequest) -> tuple[Any, Any]:
    """The assessor and the trainee; whoever asks is the one that the form does not name."""
    if not {"assessor", "trainee"} & set(request.POST):
        raise InvalidError({"assessor": _("Choose a person from the list.")})
    return _person(request, "assessor"), _person(request, "trainee")


def _person(request: HttpRequest, name: str) -> Any:
    if name not in request.POST:
        return request.user
    number = posted.whole_number(request.POST, name)
    found = get_user_model().objects.filter(pk=number).first() if number else None
    if found is None:
        raise InvalidError({name: _("Choose a person from the list.")})
    return found


def _period(request: HttpRequest) -> tuple[datetime | None, datetime | None]:
    since = posted.day(request.POST, "since")
    return since, posted.day(request.POST, "until", end=True)
