"""The members of a pack, read from the rows some hundred at a time.

What a pack is stands in `docs/reference/record.md`, section 5. Nothing here knows who asks: what is
open to a body is decided by `visibility`, and each opened record is handed to `note` first.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peer_xblocks.evidence import tiles
from peer_xblocks.evidence.commitment import encode_base64url
from peer_xblocks.evidence.pack import CHECKPOINT, DOCUMENTS, ERASED, ERASURES, RECORDS, WITHHELD
from peer_xblocks.records import publishing
from peer_xblocks.records.models import Checkpoint, Document, Entry, Erasure, Log, Record
from peer_xblocks.records.visibility import with_consent

BATCH = 500
_NOBODY = "null"
_DOCUMENT_BATCH = 20
_IN_MEMORY_BYTES = 1 << 20

Note = Callable[[Iterable[Record]], None]
Member = tuple[str, bytes | Iterable[bytes]]


class Touched:
    """The subjects that a pack touches: one, those with a record in a period, or all."""

    def __init__(self, log: Log, size: int, subject: str | None, period: Q) -> None:
        """Take the log, the checkpoint's size, and which subjects are wanted."""
        self.log = log
        self.size = size
        self.rows = Q()
        """The condition for records and erasures of these subjects; rosters are always there."""
        if subject is not None:
            self.rows = Q(subject__in=["", subject])
        elif period:
            acted = Record.objects.filter(period, log=log, index__lt=size)
            self.rows = Q(subject="") | Q(subject__in=acted.values("subject"))

    def has_any(self) -> bool:
        """Whether anything at all is known of these subjects below the checkpoint."""
        below = Q(log=self.log, index__lt=self.size) & self.rows & ~Q(subject="")
        return Record.objects.filter(below).exists() or Erasure.objects.filter(below).exists()


def members(checkpoint: Checkpoint, body: str, who: Touched, note: Note) -> Iterator[Member]:
    """Yield each member of the pack in order; the list `records` must be used up before the next.

    The tiles come from the storage: `verify` compares them with the signed root.
    """
    yield CHECKPOINT, bytes(checkpoint.note)
    read = publishing.reader(who.log)
    for tile in tiles.tiles_of(who.size):
        yield tile.path, tiles.read_tile(tile, read)
    digests: set[str] = set()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as withheld:
        yield RECORDS, _records(body, who, note, withheld, digests)
        yield from _spooled(WITHHELD, withheld)
    said_in: set[int] = set()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as erased:
        for line in _erased(who, said_in):
            erased.write(line)
        yield from _spooled(ERASED, erased)
    if said_in:
        yield ERASURES, _erasures(who.log, said_in)
    yield from _documents(digests)


def _records(
    body: str, who: Touched, note: Note, withheld: IO[bytes], digests: set[str]
) -> Iterator[bytes]:
    """Yield the lines of opened records; lines of the others go to `withheld`."""
    after, now = -1, timezone.now()
    while after < who.size - 1:
        with transaction.atomic():
            batch, end = _batch(body, who, after, now)
            shown = [row for row in batch if not row.subject or row.consented]
            hidden = [row for row in batch if row.subject and not row.consented]
            gone = _gone_since(who, after, end, {row.index for row in batch})
            note(shown)
        for line in _lines(who.log, [(r.index, r.subject, r.seq) for r in hidden] + gone):
            withheld.write(line)
        for row in shown:
            canonical = bytes(row.canonical)
            digests.update(json.loads(canonical)["documents"].values())
            salt = encode_base64url(bytes(row.salt))
            yield b"%d %s %s\n" % (row.index, salt.encode(), canonical)
        after = end


def _batch(body: str, who: Touched, after: int, now: datetime) -> tuple[list[Record], int]:
    """Return the next records after an index, and the last index that this settles."""
    records = with_consent(who.log, body, now).filter(who.rows, index__gt=after, index__lt=who.size)
    batch = list(records.order_by("index")[:BATCH])
    return batch, batch[-1].index if len(batch) == BATCH else who.size - 1


def _gone_since(who: Touched, after: int, end: int, shown: set[int]) -> list[tuple[int, str, int]]:
    """Return what was erased after the checkpoint: no entry below it says so yet.

    Asked after the records, so that what is erased between the two is in at least one of them.
    """
    found = Erasure.objects.filter(
        who.rows, log=who.log, index__gt=after, index__lte=end, said_in__gte=who.size
    )
    rows = found.order_by("index").values_list("index", "subject", "seq")
    return [row for row in rows if row[0] not in shown]


def _erased(who: Touched, said_in: set[int]) -> Iterator[bytes]:
    """Yield the lines of erased records, and note the entries that say so."""
    after = -1
    while True:
        found = Erasure.objects.filter(
            who.rows, log=who.log, index__gt=after, index__lt=who.size, said_in__lt=who.size
        ).order_by("index")
        batch = list(found.values_list("index", "subject", "seq", "said_in")[:BATCH])
        if not batch:
            return
        said_in.update(row[3] for row in batch)
        yield from _lines(who.log, [row[:3] for row in batch])
        after = batch[-1][0]


def _lines(log: Log, rows: Sequence[tuple[int, str, int]]) -> Iterator[bytes]:
    """Yield lines INDEX SUBJECT SEQ COMMITMENT, ascending."""
    found = Entry.objects.filter(log=log, index__in=[row[0] for row in rows])
    commitments = dict(found.values_list("index", "commitment")) if rows else {}
    for index, subject, seq in sorted(rows):
        commitment = encode_base64url(bytes(commitments[index]))
        yield f"{index} {subject or _NOBODY} {seq} {commitment}\n".encode()


def _erasures(log: Log, said_in: set[int]) -> Iterator[bytes]:
    for index in sorted(said_in):
        for entry in publishing.entries(log, index, index + 1):
            yield b"%d %s\n" % (index, entry)


def _documents(digests: set[str]) -> Iterator[Member]:
    """Yield the documents that are kept here, by digest; recordings are not among them."""
    wanted = sorted(digests)
    for begin in range(0, len(wanted), _DOCUMENT_BATCH):
        some = Document.objects.filter(sha256__in=wanted[begin : begin + _DOCUMENT_BATCH])
        for document in some.order_by("sha256"):
            yield DOCUMENTS + document.sha256, bytes(document.data)


def _spooled(name: str, lines: IO[bytes]) -> Iterator[Member]:
    """Yield a list that was written aside, unless nothing is in it."""
    if lines.tell():
        lines.seek(0)
        yield name, iter(lambda: lines.read(_IN_MEMORY_BYTES), b"")
