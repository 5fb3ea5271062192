"""Bytes that records rest on, under their digest: editions of rubrics and scenarios, statements.

Insert only, and opaque. Nothing here checks a permission: whoever names a digest has read it in
something that they were allowed to read, and the rooms above check that.
"""

import hashlib
from collections.abc import Iterable

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.records.models import Document


def put(data: bytes) -> str:
    """Keep these bytes and return their SHA-256; the same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not Document.objects.filter(sha256=sha256).exists():
        # Somebody else may put the same at this moment, and that is as good.
        Document.objects.bulk_create([Document(sha256=sha256, data=data)], ignore_conflicts=True)
    return sha256


def get(sha256: str) -> bytes:
    """Return the bytes with this SHA-256; raises NotFoundError."""
    data = Document.objects.filter(sha256=sha256).values_list("data", flat=True).first()
    if data is None:
        raise NotFoundError
    return bytes(data)


def several(digests: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes with these SHA-256, in at most one query; raises NotFoundError."""
    wanted = set(digests)
    rows = Document.objects.filter(sha256__in=wanted) if wanted else Document.objects.none()
    found = {sha256: bytes(data) for sha256, data in rows.values_list("sha256", "data")}
    if found.keys() != wanted:
        raise NotFoundError
    return found
