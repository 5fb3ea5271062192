"""The one decorator on every page: someone signed in, errors answered kindly, no cache."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from peer_xblocks.core.errors import Error
from peer_xblocks.web import errors
from peer_xblocks.web.headers import private

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(view: View[P]) -> View[P]:
    """Make a view a page of ours.

    It never stands inside the platform's transaction of the request: the `api` call that appends
    owns the transaction.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return private(_signed_out(request))
        try:
            response = view(request, *args, **kwargs)
        except Error as error:
            response = errors.answer(request, error)
        return private(response)

    return transaction.non_atomic_requests(answered)


def by_link(view: View[P]) -> View[P]:
    """Make a view a page for whoever holds its address, signed in or not.

    The address goes to no other site, into no search engine and into no cache. Its forms carry no
    token: whoever could forge one would have to know the address, and a browser that may tell no
    referrer tells no origin either, which a token's check would refuse.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = private(view(request, *args, **kwargs))
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return csrf_exempt(transaction.non_atomic_requests(answered))


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    """A browser goes to sign in; a module of ours is told, and keeps what it holds."""
    if request.headers.get("Accept", "").startswith("application/json"):
        sentence = _(
            "You are signed out. Sign in again in another window; what you wrote stays here."
        )
        return JsonResponse({"code": "signed_out", "sentence": sentence}, status=403)
    return redirect_to_login(request.get_full_path())
