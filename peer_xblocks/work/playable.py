"""A recording as a player wants it: the file that was made for seeking, or what arrived."""

from typing import NamedTuple

from django.core.files import File

from peer_xblocks.work import files
from peer_xblocks.work.models import Recording


class Playable(NamedTuple):
    """A file to be sent to a player. `digest` and `size` are its own, not those of the evidence."""

    file: File
    media_type: str
    size: int
    digest: str


def of(row: Recording) -> Playable:
    """What to play of a recording; the caller closes the file."""
    if row.playable_as:
        name, size, digest = row.playable_as, row.playable_size, row.playable_sha256
    else:
        name, size, digest = row.stored_as, row.size, row.sha256
    return Playable(files.opened(name, size), row.media_type, size, digest)
