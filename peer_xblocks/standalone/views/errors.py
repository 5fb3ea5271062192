"""What somebody sees when a page cannot be shown: one sentence and a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or not for this person."""
    return _page(request, 404, _("There is nothing here for you under this address."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request was not allowed."""
    return _page(request, 403, _("This was not allowed. Go back, reload the page and try again."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read."""
    return _page(request, 400, _("This could not be read."))


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side."""
    return _page(
        request, 500, _("Something went wrong on our side. What was saved is still there.")
    )


def _page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return render(request, "standalone/error.html", {"sentence": sentence}, status=status)
