"""What a partner sees by the link that a trainee sent: what this is, what they agree to, the card,
and the way out of the scene. Nobody needs an account here.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peer_xblocks.core.errors import Error, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.web.door import by_link
from peer_xblocks.web.pages import posted
from peer_xblocks.work.api import partners
from peer_xblocks.work.values import PartnerSheet

FIDELITY = {"yes": True, "no": False}


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, key: str) -> HttpResponseBase:
    """The page of one link; a POST is one of the partner's answers.

    A link that never was, ran out, was withdrawn or was handed in gets one answer, byte for byte.
    """
    try:
        if request.method != "POST":
            return _page(request, partners.sheet(key, request.user))
        return _answered(request, key)
    except (NotFoundError, ForbiddenError) as error:
        status = 403 if isinstance(error, ForbiddenError) else 404
        context = {"error": error, "own": status == 403}
        return render(request, "peer_xblocks/pages/partner_gone.html", context, status=status)


def _answered(request: HttpRequest, key: str) -> HttpResponseBase:
    try:
        _act(request, key)
    except InvalidError as error:
        return _page(request, partners.sheet(key, request.user), error)
    return redirect("peer_xblocks:partner", key)


def _act(request: HttpRequest, key: str) -> None:
    sent, then = request.POST, posted.text(request.POST, "then")
    if then == "agree":
        code = posted.text(sent, "code")
        partners.consent(key, request.user, code, agreed="agreed" in sent)
    elif then == "decline":
        partners.decline(key, request.user)
    elif then in FIDELITY:
        partners.tick(key, request.user, kept_to_the_card=FIDELITY[then])
    else:
        partners.sheet(key, request.user)
        raise InvalidError({"": _("This could not be read.")})


def _page(request: HttpRequest, seen: PartnerSheet, error: Error | None = None) -> HttpResponse:
    problems = error.problems if isinstance(error, InvalidError) else {}
    context = {
        "sheet": seen,
        "actor": seen.actor,
        "is_recorded": seen.mode == "with_partner",
        "problems": problems,
        "code": request.POST.get("code", seen.code),
        "agreed": "agreed" in request.POST,
        "longest": partners.LONGEST_CODE,
    }
    status = 422 if error is not None else 200
    return render(request, "peer_xblocks/pages/partner.html", context, status=status)
