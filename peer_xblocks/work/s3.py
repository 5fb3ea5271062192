"""What an S3 storage can do beyond Django's: a part sent straight to it, and a range read from it.

Nothing here imports boto3. A site whose storage is django-storages' S3Storage has imported it
already; everywhere else every function answers None.
"""

import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.files import File
from django.core.files.storage import Storage

ADDRESS_SECONDS = 900


def address(storage: Storage, name: str, size: int) -> str | None:
    """Where a browser may put `size` bytes under this name, for a quarter of an hour."""
    found = _bucket(storage, name)
    if found is None:
        return None
    bucket, key = found
    client = bucket.meta.client
    params = {"Bucket": bucket.name, "Key": key, "ContentLength": size}
    address: str = client.generate_presigned_url("put_object", params, ADDRESS_SECONDS)
    return address


def origin(storage: Storage) -> str | None:
    """Where browsers put parts, as a content security policy names it: `https://host`."""
    put = address(storage, "part", 1)
    if put is None:
        return None
    parts = urlsplit(put)
    return f"{parts.scheme}://{parts.netloc}"


def opened(storage: Storage, name: str, size: int) -> File | None:
    """A stored object, of which only what is read is fetched; the caller closes it."""
    found = _bucket(storage, name)
    if found is None:
        return None
    bucket, key = found
    return File(_Ranged(bucket.Object(key), size), name=name)


def _bucket(storage: Storage, name: str) -> tuple[Any, str] | None:
    """The bucket and key of a name, None where this is no S3 storage."""
    module = sys.modules.get("storages.backends.s3")
    if module is None or not isinstance(storage, module.S3Storage):
        return None
    return storage.bucket, storage._normalize_name(name)  # type: ignore[attr-defined]


class _Ranged:
    """An object that is fetched from where it is read, and no further than it is read.

    django-storages' own file fetches the whole object before its first byte can be read.
    """

    def __init__(self, thing: Any, size: int) -> None:
        self._thing = thing
        self.size = size
        self._at = 0
        self._body: Any = None

    def seek(self, to: int, whence: int = 0) -> int:
        """Go to a byte; what was being fetched is let go."""
        self.close()
        self._at = {0: 0, 1: self._at, 2: self.size}[whence] + to
        return self._at

    def tell(self) -> int:
        """Where reading goes on."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none at the end."""
        if self._at >= self.size:
            return b""
        if self._body is None:
            self._body = self._thing.get(Range=f"bytes={self._at}-")["Body"]
        piece: bytes = self._body.read(size if size >= 0 else None)
        self._at += len(piece)
        return piece

    def close(self) -> None:
        """Let go of the connection."""
        if self._body is not None:
            self._body.close()
            self._body = None
