"""Headers on every page of the embedded site."""

from collections.abc import Callable
from functools import cached_property

from django.http import HttpRequest, HttpResponseBase

from peer_xblocks.work.api import uploads

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'{storage}; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class SafeHeadersMiddleware:
    """Scripts and styles from this site alone; no cache keeps a page of a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    @cached_property
    def policy(self) -> str:
        """The policy, with the bucket to which pages send parts of recordings, if there is one."""
        storage = uploads.storage_origin()
        return POLICY.format(storage=f" {storage}" if storage else "")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and set what the view has not set itself."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "private, no-store")
        return response
