"""The door to the blocks' handlers: signed in, with a token, in a role. There is no other."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import NoSuchHandlerError

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.standalone import course_library
from peer_xblocks.standalone.runtime import SiteRuntime
from peer_xblocks.standalone.views.course import visitor_of


@login_required
def handle(request: HttpRequest, usage: str, handler: str) -> HttpResponse:
    """Pass a request on to a block's handler."""
    try:
        library = course_library.current()
        usage_key = UsageKey.from_string(usage)
        visitor = visitor_of(request.user, library)
    except (InvalidKeyError, NotFoundError) as error:
        raise Http404 from error
    if not library.knows(usage_key, visitor.is_trainer):
        raise Http404
    runtime = SiteRuntime.reading(library.ids, library.authored, request.user, visitor.role)
    block = runtime.get_block(usage_key)
    try:
        answer = runtime.handle(block, handler, django_to_webob_request(request))
    except NoSuchHandlerError as error:
        raise Http404 from error
    return webob_to_django_response(answer)
