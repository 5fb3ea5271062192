"""Headers that every answer of ours carries: no caches, no frames, our own scripts alone."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Mark an answer as one person's: no cache keeps it, no other site frames it."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "DENY"
    response.setdefault("Content-Security-Policy", _policy())
    patch_vary_headers(response, ("Cookie",))
    return response


def public(response: HttpResponse, *, immutable: bool) -> HttpResponse:
    """Mark a file of the log: anyone may fetch it; all but the checkpoint never change."""
    kept = "public, max-age=31536000, immutable" if immutable else "no-cache"
    response["Cache-Control"] = kept
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _policy() -> str:
    """The content security policy; static files may stand on a host of their own."""
    static = urlsplit(settings.STATIC_URL or "")
    own = f"'self' {static.scheme}://{static.netloc}" if static.netloc else "'self'"
    return (
        f"default-src 'none'; script-src {own}; style-src {own}; font-src {own}; "
        f"img-src {own} data:; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
