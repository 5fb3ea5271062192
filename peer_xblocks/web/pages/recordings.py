"""Recordings, streamed to those who may see them: the owner, a seat's holder, a lead."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from peer_xblocks.assessment.api import resolutions, seats
from peer_xblocks.web import ranges
from peer_xblocks.web.door import page
from peer_xblocks.work.api import recordings


@page
@require_safe
def own(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """A recording, to the trainee who handed it in."""
    return _send(request, recordings.open(request.user, recording_id))


@page
@require_safe
def of_seat(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """The recording of a performance, to the assessor who holds a seat on it."""
    return _send(request, seats.open_recording(request.user, seat_id))


@page
@require_safe
def of_case(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The recording of a performance, to a lead who settles or releases it."""
    return _send(request, resolutions.open_recording(request.user, submission_id))


def _send(request: HttpRequest, opened: tuple[Any, Any]) -> HttpResponseBase:
    info, file = opened
    media_type = "text/plain; charset=utf-8" if info.media_type == "text/plain" else info.media_type
    return ranges.send(request, file, size=info.bytes, media_type=media_type, digest=info.sha256)
