"""The public files of a programme's log: its checkpoint and its tiles. They hold digests alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peer_xblocks.core.errors import Error
from peer_xblocks.records.api import checkpoints
from peer_xblocks.web.headers import public


@require_safe
def file(request: HttpRequest, programme: str, path: str) -> HttpResponse:
    """One file of the log, byte for byte as signed and stored; 404 for any other path."""
    try:
        held = checkpoints.file(programme, path)
    except Error as error:
        raise Http404 from error
    is_checkpoint = path == "checkpoint"
    media_type = "text/plain; charset=utf-8" if is_checkpoint else "application/octet-stream"
    return public(HttpResponse(held, content_type=media_type), immutable=not is_checkpoint)
