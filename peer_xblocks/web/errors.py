"""From an error of ours to an HTTP answer: the status, and a page that says what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peer_xblocks.core.errors import (
    ConflictError,
    Error,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleError,
)
from peer_xblocks.core.record import Role
from peer_xblocks.web import words

# The most particular first: StaleError is a ConflictError.
STATUSES: tuple[tuple[type[Error], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (StaleError, 409),
    (ConflictError, 409),
    (InvalidError, 422),
)


def status_of(error: Error) -> int:
    """The HTTP status that an error of ours is answered with."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


def problems_of(error: Error) -> dict[str, str]:
    """What is wrong with each part of what was sent; empty for other errors."""
    return dict(error.problems) if isinstance(error, InvalidError) else {}


WHOSE = {
    "assess": Role.ASSESSOR,
    "lead": Role.LEAD,
    "me": Role.TRAINEE,
    "audit": Role.AUDITOR,
}


def whose(request: HttpRequest) -> str:
    """For whom the pages are below which somebody asks; "" where it is not one role's."""
    route = request.resolver_match.route if request.resolver_match else ""
    role = next((role for part, role in WHOSE.items() if f"{part}/" in route), None)
    return str(words.WHOSE[role.value]) if role else ""


def answer(request: HttpRequest, error: Error) -> HttpResponse:
    """A page for an error. It holds nothing of the address asked for.

    So what belongs to another person and what does not exist are answered alike, byte for byte.
    """
    status = status_of(error)
    context = {
        "error": error,
        "problems": problems_of(error),
        "status": status,
        "whose": whose(request) if status == 403 else "",
    }
    return render(request, "peer_xblocks/error.html", context, status=status)
