"""Answering with a file, or with the part of it that was asked for (RFC 9110 section 14)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK_BYTES = 64 * 1024
_RANGE = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")


def send(
    request: HttpRequest, file: BinaryIO, *, size: int, media_type: str, digest: str
) -> HttpResponseBase:
    """Stream a file of `size` bytes, or one range of it; 416 for a range beyond its end.

    Whatever stands in the file, a browser runs nothing of it.
    """
    etag = f'"{digest}"'
    asked = _asked(request, etag, size)
    if asked is None:
        begin, end, status = 0, size, 200
    else:
        begin, end = asked
        status = 206
    if status == 206 and begin >= end:
        file.close()
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = StreamingHttpResponse(_Part(file, begin, end), status=status)
        response["Content-Type"] = media_type
        response["Content-Length"] = str(end - begin)
        if status == 206:
            response["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Content-Disposition"] = "inline"
    # The browser's own page around a recording has to fetch it; nothing in it runs a script.
    response["Content-Security-Policy"] = (
        "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
    )
    return response


def _asked(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """The range [begin, end) that was asked for; None when the whole is due."""
    match = _RANGE.match(request.headers.get("Range", ""))
    if not match or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if first:
        return int(first), min(int(last) + 1, size) if last else size
    if last:
        return max(0, size - int(last)), size
    return None


class _Part:
    """The bytes [begin, end) of a file, piece by piece; closing it closes the file."""

    def __init__(self, file: BinaryIO, begin: int, end: int) -> None:
        self.file = file
        self.left = end - begin
        file.seek(begin)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (piece := self.file.read(min(CHUNK_BYTES, self.left))):
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file, as Django does once the answer is sent or given up."""
        self.file.close()
