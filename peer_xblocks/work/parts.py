"""The parts of an upload: stored, acknowledged, and read again in order."""

import hashlib
import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, NotFoundError
from peer_xblocks.records.transactions import run
from peer_xblocks.work import files, leftovers, limits, s3
from peer_xblocks.work.models import Upload, UploadPart, new_uuid
from peer_xblocks.work.values import PartAddress

FOLDER = "peer_xblocks/uploads"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def put(upload: Upload, number: int, content: bytes, sha256: str) -> None:
    """Keep a part that came with the request."""
    if _is_here(upload, number, sha256):
        return
    _check(upload, number, len(content))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise files.refusal(_("A piece was changed on its way. It is sent again."))
    stored_as = files.storage().save(_name(upload, number), ContentFile(content))
    _keep(upload, number, sha256, len(content), stored_as)


def address(upload: Upload, number: int, size: int) -> PartAddress | None:
    """Where a browser sends a part by itself, None where the storage takes none."""
    _check(upload, number, size)
    name = _name(upload, number)
    url = s3.address(files.storage(), name, size)
    return None if url is None else PartAddress(name=name, url=url)


def arrived(upload: Upload, number: int, name: str, sha256: str) -> None:
    """Keep a part that a browser sent to the storage, once every byte of it was read again."""
    if _is_here(upload, number, sha256):
        return
    if not re.fullmatch(re.escape(f"{FOLDER}/{upload.uuid}/{number}-") + "[0-9a-f-]{36}", name):
        raise NotFoundError
    content = _read(name)
    _check(upload, number, len(content))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise files.refusal(_("A piece was changed on its way. It is sent again."))
    _keep(upload, number, sha256, len(content), name)


def joined(upload: Upload, count: int) -> Iterator[bytes]:
    """The bytes of the first `count` parts, in order. Raises ConflictError, with `missing`."""
    found = list(upload.parts.filter(number__lte=count).order_by("number"))
    missing = sorted(set(range(1, count + 1)) - {part.number for part in found})
    if missing or not found:
        raise ConflictError(_("Some pieces are not here yet."), missing=tuple(missing[:200]))
    return _pieces(found)


def forget(upload: Upload) -> None:
    """Delete the parts of an upload, and their files once that is committed."""
    upload.parts.all().delete()
    leftovers.delete_later(f"{FOLDER}/{upload.uuid}/")


def _pieces(found: list[UploadPart]) -> Iterator[bytes]:
    for part in found:
        content = _read(part.stored_as)
        if hashlib.sha256(content).hexdigest() != part.sha256:
            part.delete()  # so that it is asked for, and taken, again
            raise ConflictError(_("Some pieces are not here yet."), missing=(part.number,))
        yield content


def _read(name: str) -> bytes:
    """A stored part, empty when the storage has lost it."""
    try:
        with files.storage().open(name) as file:
            content: bytes = file.read(limits.PART_BYTES + 1)
    except FileNotFoundError:
        content = b""
    return content


def _check(upload: Upload, number: int, size: int) -> None:
    if not 1 <= number <= limits.MOST_PARTS:
        raise files.refusal(_("This recording has too many pieces."))
    if not 0 < size <= limits.PART_BYTES:
        raise files.refusal(_("A piece is empty, or larger than can be sent at once."))
    here = upload.parts.aggregate(sum=Sum("size"))["sum"] or 0
    most = limits.of_person(upload.owner_id, upload.programme).bytes
    if here + size > most:
        raise files.refusal(_("This is larger than %s MB.") % (most // (1024 * 1024)))


def _is_here(upload: Upload, number: int, sha256: str) -> bool:
    """Whether this part arrived before. Raises ConflictError when another one did."""
    if not _DIGEST.fullmatch(sha256):
        raise files.refusal(_("This could not be read."))
    part = upload.parts.filter(number=number).first()
    if part is not None and part.sha256 != sha256:
        raise ConflictError(_("Another piece of this number is here already."))
    return part is not None


def _keep(upload: Upload, number: int, sha256: str, size: int, stored_as: str) -> None:
    """Write down that a part is here. Of two that arrive at once the first one counts."""
    row = UploadPart(upload=upload, number=number, sha256=sha256, size=size, stored_as=stored_as)

    def keep() -> bool:
        # The upload's row first: the part's own reference to it would take a weaker lock, and two
        # parts at once would then wait for each other.
        found = Upload.objects.filter(id=upload.id, recording=None)
        if not found.update(touched_at=timezone.now()):
            raise NotFoundError  # it was given up, or finished, meanwhile
        if _is_here(upload, number, sha256):
            return False
        row.save(force_insert=True)
        return True

    # When this fails the file stays: the row may be there all the same, and the folder is emptied
    # when the upload ends.
    if not run(keep, joins=True) and not upload.parts.filter(stored_as=stored_as).exists():
        files.discard(stored_as)


def _name(upload: Upload, number: int) -> str:
    return f"{FOLDER}/{upload.uuid}/{number}-{new_uuid()}"
