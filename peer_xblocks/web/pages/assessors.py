"""Who is qualified to rate by what: shown to leads, and said by a lead."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import assessors
from peer_xblocks.assessment.values import MAY_RATE, AssessorInfo, QualificationState
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.records.api import programmes
from peer_xblocks.web import rubrics
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted


class Standing(NamedTuple):
    """The rubrics, by title, on which the newest word about somebody is the same."""

    state: QualificationState
    may_rate: bool
    titles: tuple[str, ...]


@page
@require_safe
def qualified(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Everybody who rates, with what they are qualified for, and a form to say it."""
    return _qualified(request, programme, {}, 200)


@page
@require_POST
def qualify(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Say how far somebody may rate by the ticked rubrics from now on."""
    known = rubrics.titles(assessors.rubrics(request.user, programme))
    try:
        user = _person(request)
        chosen = [one for one in request.POST.getlist("rubric") if one in known]
        state = posted.text(request.POST, "state")
        assessors.qualify_for(request.user, user, programme, chosen, state)
    except InvalidError as error:
        return _qualified(request, programme, error.problems, 422)
    messages.success(request, _("Noted. It counts for seats that are taken from now on."))
    return redirect("peer_xblocks:assessors", programme)


def _qualified(
    request: HttpRequest, programme: str, problems: dict[str, str], status: int
) -> HttpResponseBase:
    found = assessors.of_programme(request.user, programme)
    titles = rubrics.titles(assessors.rubrics(request.user, programme))
    context = {
        "programme": programmes.get(programme),
        "is_asked": assessors.is_asked(programme),
        "shown": [(one, standings(one, titles)) for one in found],
        "others": [one for one in found if one.may_be_qualified],
        "rubrics": titles,
        "states": [(state, state in MAY_RATE) for state in QualificationState],
        "problems": problems,
        "posted": request.POST,
        "ticked": request.POST.getlist("rubric"),
    }
    return render(request, "peer_xblocks/pages/assessors.html", context, status=status)


def standings(one: AssessorInfo, titles: dict[str, str]) -> tuple[Standing, ...]:
    """What is said of somebody, each state once, those in which they may rate first."""
    by_state: dict[QualificationState, list[str]] = {}
    for said in one.qualifications:
        by_state.setdefault(said.state, []).append(titles.get(said.rubric, said.rubric))
    order = sorted(by_state, key=lambda state: (state not in MAY_RATE, list(by_state).index(state)))
    return tuple(
        Standing(state, state in MAY_RATE, tuple(sorted(by_state[state]))) for state in order
    )


def _person(request: HttpRequest) -> Any:
    number = posted.whole_number(request.POST, "assessor")
    found = get_user_model().objects.filter(pk=number).first() if number else None
    if found is None:
        raise InvalidError({"user": _("Choose a person from the list.")})
    return found
