"""What a handler answers: pieces of the page for our script, a page for a form without script,
JSON for machines.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from webob import Response

from peer_xblocks.blocks import frame
from peer_xblocks.core.errors import (
    ConflictError,
    Error,
    ForbiddenError,
    InvalidError,
    NotFoundError,
)

SCRIPT = "peer-xblocks"
"""What our script writes into X-Requested-With."""

STATUSES: tuple[tuple[type[Error], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (InvalidError, 422),
)


@dataclass(frozen=True)
class Shown:
    """Pieces of the page, each with an id, that take the places of those with the same ids.

    `say` is said aloud. `anchor` is where a browser without script goes back to on its page; ""
    when the pieces are a step that the page would not show by itself. `data` is plain data for a
    module of ours, in place of pieces.
    """

    html: str = ""
    say: str = ""
    anchor: str = ""
    data: Mapping[str, Any] | None = None


def status_of(error: Error) -> int:
    """The HTTP status of an error of ours."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


def wants_json(request: Any) -> bool:
    """Whether a machine asks, or a module of ours that wants data and no page."""
    kind = "application/json"
    return request.content_type == kind or request.headers.get("Accept", "").startswith(kind)


def made(request: Any, shown: Shown, status: int) -> Response:
    """The answer that shows something: pieces to our script, else back to the page, or a page of
    its own.
    """
    if wants_json(request):
        return _json({"say": shown.say, **(shown.data or {})}, status)
    if _is_script(request):
        said = render_to_string("peer_xblocks/blocks/_said.html", {"say": shown.say})
        return _html(frame.with_token(shown.html) + said, status)
    if status == 200 and shown.anchor and (page := _own_page(request)):
        return Response(status=303, location=f"{page}#{shown.anchor}")
    return _page(request, shown.html, shown.say, status)


def refusal(
    request: Any,
    sentence: str,
    status: int,
    code: str = "error",
    problems: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Response:
    """The answer that has nothing to show but a sentence."""
    if wants_json(request):
        body = {"error": code, "sentence": sentence, "problems": dict(problems or {})}
        return _json({**(facts or {}), **body}, status)
    if _is_script(request):
        return _html(render_to_string("peer_xblocks/blocks/_said.html", {"say": sentence}), status)
    return _page(request, "", sentence, status)


def _page(request: Any, html: str, say: str, status: int) -> Response:
    context = {"html": frame.with_token(html), "say": say, "back": _own_page(request)}
    return _html(render_to_string("peer_xblocks/blocks/page.html", context), status)


def _is_script(request: Any) -> bool:
    return request.headers.get("X-Requested-With") == SCRIPT


def _own_page(request: Any) -> str:
    """The page of this site that the form stood on, as a path; "" when that is not known."""
    referer = urlsplit(request.referer or "")
    if referer.netloc != urlsplit(request.host_url).netloc or referer.path == request.path:
        return ""
    return referer.path + (f"?{referer.query}" if referer.query else "")


def _html(html: str, status: int) -> Response:
    return _private(Response(text=html, status=status, content_type="text/html", charset="UTF-8"))


def _json(body: dict[str, Any], status: int) -> Response:
    text = json.dumps(body)
    kind = "application/json"
    return _private(Response(text=text, status=status, content_type=kind, charset="UTF-8"))


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
