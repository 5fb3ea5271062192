"""From bytes that arrive to a recording that is kept: the one way, whether they come at once or in
parts.
"""

import hashlib
from pathlib import Path
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.work import files, leftovers, limits, playing
from peer_xblocks.work.models import Recording
from peer_xblocks.work.text import storable

PLAYABLE = ".playable"
"""What the name of a file that was made for playing ends in."""


def take_in(row: Recording, chunks: files.Chunks, declared_type: str) -> None:
    """Check what arrives, store it under the row's `stored_as` and fill the row in; it is not
    saved.

    Raises InvalidError, and leaves nothing, when it cannot be taken. Whoever saves the row calls
    `keep` in the same transaction, or `discard`.
    """
    row.filename = plain_name(row.filename)
    most = limits.of_person(row.owner_id, row.programme)
    received = files.receive(row.filename, chunks, declared_type, most.bytes)
    with received.file, playing.looked_at(received.file.name, received.media_type) as looked:
        if looked.milliseconds is not None and limits.is_too_long(looked.milliseconds, most):
            sentence = _("This recording is longer than %s minutes.") % most.minutes
            raise files.refusal(sentence)
        row.media_type, row.milliseconds = looked.media_type, looked.milliseconds
        row.sha256, row.size = received.sha256, received.size
        row.received_at = timezone.now()
        try:
            row.stored_as = _stored(received.file, row.stored_as)
            if looked.playable is not None:
                _store_playable(row, looked.playable)
        except BaseException:
            discard(row.stored_as)
            raise


def keep(row: Recording) -> None:
    """Save the row: its files are its own from now on. Requires a transaction."""
    row.pk = None  # an earlier try of the transaction may have set it
    row.save(force_insert=True)
    leftovers.let_go(row.stored_as, row.playable_as)


def discard(stored_as: str) -> None:
    """Delete what is, or may be, stored of a recording that has no row."""
    if stored_as:
        leftovers.delete(stored_as, stored_as + PLAYABLE)


def plain_name(filename: str) -> str:
    """The last part of a file name, without characters that could end a header or a line."""
    last = storable(filename).replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:255] or "recording"


def _stored(file: IO[bytes], name: str) -> str:
    """Store a file; the name that the storage gave it, which is noted until it is a row's."""
    leftovers.note(name)
    given = files.store(file, name)
    if given != name:  # there is another file of that name, which is not ours to delete
        leftovers.note(given)
        leftovers.let_go(name)
    return given


def _store_playable(row: Recording, path: Path) -> None:
    with path.open("rb") as file:
        row.playable_sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        row.playable_size = path.stat().st_size
        row.playable_as = _stored(file, row.stored_as + PLAYABLE)
