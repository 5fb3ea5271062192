"""Signing in as one of the seeded people with one click: real accounts and real sessions, on this
machine only.
"""

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from peer_xblocks.standalone import people

if not getattr(settings, "PEER_XBLOCKS_STANDALONE", False):
    raise ImproperlyConfigured("one-click sign-in exists in the embedded site alone")

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The people of this site, each with a button; a post signs in."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        wanted = ""
    if request.method == "POST":
        known = {person.username for person in people.PEOPLE}
        username = request.POST.get("person", "")
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if username in known and user is not None:
            login(request, user, BACKEND)
            return redirect(wanted or "home")
    context = {"groups": people.groups(), "next": wanted}
    return render(request, "standalone/sign_in.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")
