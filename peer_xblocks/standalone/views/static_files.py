"""Static files: the course's own pictures and handouts for its people, then those of the site."""

import mimetypes

from django.contrib.staticfiles.views import serve as serve_of_apps
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.problem import ProblemsError
from peer_xblocks.standalone import course_library

# A drawing that somebody opens by itself is a page: it may draw, and nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the course, as Open edX has it under the same address, or one of the site."""
    found = _of_course(path) if request.user.is_authenticated else None
    if found is None:
        return serve_of_apps(request, path, insecure=True)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    answer = HttpResponse(found, content_type=kind)
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _of_course(path: str) -> bytes | None:
    try:
        return course_library.current().static.get(path)
    except (NotFoundError, ProblemsError):
        return None
