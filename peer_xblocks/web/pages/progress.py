"""What is being rated, for leads: who has which seat, and keeping one for somebody."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import assignments
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.records.api import programmes
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted


@page
@require_safe
def in_progress(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The submissions that are being rated, with their seats."""
    found = assignments.in_progress(request.user, programme)
    context = {"programme": programmes.get(programme), "found": found}
    return render(request, "peer_xblocks/pages/progress.html", context)


@page
@require_safe
def seat(request: HttpRequest, programme: str, seat_id: UUID) -> HttpResponseBase:
    """For whom one seat can be kept."""
    return _seat(request, programme, seat_id, {}, 200)


@page
@require_POST
def assign(request: HttpRequest, programme: str, seat_id: UUID) -> HttpResponseBase:
    """Keep a seat for an assessor, or open it to everybody."""
    try:
        if request.POST.get("then") == "free":
            assignments.free(request.user, seat_id)
            messages.success(request, _("This seat is open to everybody again."))
        else:
            kept = assignments.assign(request.user, seat_id, _chosen(request))
            said = _("It is kept for %(name)s, who gets it with the next press.")
            messages.success(request, said % {"name": kept.assessor})
    except InvalidError as error:
        return _seat(request, programme, seat_id, error.problems, 422)
    return redirect("peer_xblocks:in-progress", programme)


def _seat(
    request: HttpRequest, programme: str, seat_id: UUID, problems: dict[str, str], status: int
) -> HttpResponseBase:
    choices = assignments.choices(request.user, seat_id)
    context = {
        "programme": programmes.get(programme),
        "seat_id": seat_id,
        "able": [person for person, why in choices if not why],
        "unable": [(person, why) for person, why in choices if why],
        "problems": problems,
    }
    return render(request, "peer_xblocks/pages/seat.html", context, status=status)


def _chosen(request: HttpRequest):
    """The person who was chosen. Raises InvalidError for nobody."""
    number = posted.whole_number(request.POST, "assessor")
    found = get_user_model().objects.filter(pk=number).first() if number else None
    if found is None:
        raise InvalidError({"assessor": _("Choose for whom this seat is kept.")})
    return found
