"""Before an assessor rates a performance that no file holds: were they there?"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from peer_xblocks.assessment.api import seats
from peer_xblocks.assessment.api import watched as said
from peer_xblocks.assessment.values import Desk
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted


def ask(request: HttpRequest, seen: Desk, problems: dict[str, str] | None = None) -> HttpResponse:
    """The question, with what was written and what is wrong with it."""
    context = {
        "desk": seen,
        "problems": problems or {},
        "code": request.POST.get("code", ""),
        "where": request.POST.get("where", ""),
        "watched": "watched" in request.POST,
        "longest": said.LONGEST_WHERE,
    }
    status = 422 if problems else 200
    return render(request, "peer_xblocks/pages/watched.html", context, status=status)


@page
@require_POST
def declare(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """Say that one was there; then the desk opens."""
    sent = request.POST
    code, where = posted.text(sent, "code"), posted.text(sent, "where")
    try:
        said.declare(request.user, seat_id, code, where, watched="watched" in sent)
    except InvalidError as error:
        return ask(request, seats.desk(request.user, seat_id), error.problems)
    return redirect("peer_xblocks:desk", seat_id)
