"""Recordings, streamed to those who may see them: the owner, a seat's holder, a lead.

What is sent is the file that a player seeks in; the owner gets the bytes that arrived as well.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from peer_xblocks.assessment.api import resolutions, seats
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.web import ranges
from peer_xblocks.web.door import page
from peer_xblocks.work.api import captions, recordings
from peer_xblocks.work.playable import Playable
from peer_xblocks.work.values import Captions


@page
@require_safe
def own(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """A recording, to the trainee whose it is."""
    return _send(request, recordings.play(request.user, recording_id))


@page
@require_safe
def arrived(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """The bytes that arrived, to the trainee whose they are: the digest is theirs."""
    info, file = recordings.open(request.user, recording_id)
    response = _send(request, Playable(file, info.media_type, info.bytes, info.sha256))
    response["Content-Disposition"] = content_disposition_header(True, info.filename) or ""
    return response


@page
@require_safe
def of_seat(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """The recording of a performance, to the assessor who holds a seat on it."""
    return _send(request, seats.play_recording(request.user, seat_id))


@page
@require_safe
def of_case(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The recording of a performance, to a lead who settles or releases it."""
    return _send(request, resolutions.play_recording(request.user, submission_id))


@page
@require_safe
def own_captions(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """The captions of a recording, to the trainee whose it is."""
    return _captions(captions.get(request.user, recording_id))


@page
@require_safe
def captions_of_seat(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """The captions of a performance, to the assessor who holds a seat on it."""
    return _captions(seats.captions(request.user, seat_id))


@page
@require_safe
def captions_of_case(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The captions of a performance, to a lead who settles or releases it."""
    return _captions(resolutions.captions(request.user, submission_id))


def _captions(found: Captions | None) -> HttpResponseBase:
    if found is None or found.form != "captions":
        raise NotFoundError
    response = HttpResponse(found.text, content_type="text/vtt; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _send(request: HttpRequest, what: Playable) -> HttpResponseBase:
    is_text = what.media_type == "text/plain"
    media_type = "text/plain; charset=utf-8" if is_text else what.media_type
    return ranges.send(
        request, what.file, size=what.size, media_type=media_type, digest=what.digest
    )
