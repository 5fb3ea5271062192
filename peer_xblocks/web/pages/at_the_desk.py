"""What an assessor may need beside rating: more time, to say whom they know, to tell of a worry."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peer_xblocks.assessment.api import referrals, seats, ties
from peer_xblocks.core.errors import Error
from peer_xblocks.web import errors
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted


@page
@require_POST
def hold(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """Hold the seat for the full lease again; the page asks while somebody is at it."""
    try:
        until = seats.hold(request.user, seat_id)
    except Error as error:
        body = {"code": error.code, "sentence": str(error)}
        return JsonResponse(body, status=errors.status_of(error))
    return JsonResponse({"lease_until": until.isoformat() if until else None})


@page
@require_POST
def know(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """Declare a tie to whoever performs, without being told a name."""
    kind = posted.text(request.POST, "kind")
    if ties.declare_at_seat(request.user, seat_id, kind):
        messages.success(request, _("Noted. You may go on: one of the two raters may be tied."))
        return redirect("peer_xblocks:desk", seat_id)
    messages.success(request, _("Noted. This one goes to somebody else. Thank you for saying so."))
    return redirect("peer_xblocks:queue")


@page
@require_POST
def refer(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """Tell the programme's safeguarding contact of a worry. It never touches the rating."""
    words = posted.text(request.POST, "referral")
    sent = referrals.refer_from_seat(request.user, seat_id, words, posted.key(request.POST))
    said = _("Sent to %(name)s and to nobody else. It does not touch the rating.")
    messages.success(request, said % {"name": sent.to})
    return redirect("peer_xblocks:desk", seat_id)
