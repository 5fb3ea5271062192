"""Checkpoints: signing what the log is now, together with a roster, and giving it to everybody."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import ChainEnd, Kind, Role, RosterBody
from peer_xblocks.evidence import checkpoint as signed
from peer_xblocks.evidence.commitment import encode_base64url
from peer_xblocks.evidence.errors import TileError
from peer_xblocks.evidence.keys import public_key
from peer_xblocks.evidence.tiles import parse_path
from peer_xblocks.records import publishing
from peer_xblocks.records.api.log import Fact, append, lock
from peer_xblocks.records.models import Checkpoint, Log
from peer_xblocks.records.signing import private_key
from peer_xblocks.records.transactions import run

_ENTRIES = re.compile(r"tile/entries/")


@dataclass(frozen=True, slots=True)
class CheckpointInfo:
    """A signed statement about a log; `vkey` is the verifier key that it can be checked with."""

    origin: str
    size: int
    root: bytes
    note: str
    at: datetime
    vkey: str


def publish(programme: str) -> CheckpointInfo:
    """Append a roster, sign the log as it is then, and write the public files.

    When nothing was appended since the last checkpoint, that one is returned and the log does not
    grow. Files that a killed process left unwritten are written. For commands and for the room
    above, after a release; requires no open transaction. Raises NotFoundError, KeyFileError.
    """
    made = run(lambda: _sign(programme))
    if made.published_at is None:
        publishing.write_tiles(made.log, made.size)
        run(lambda: _show(programme, made))
    return _info(made)


def latest(programme: str) -> CheckpointInfo | None:
    """Return the latest checkpoint whose files are public, or None."""
    found = published(programme)
    return None if found is None else _info(found)


def published(programme: str) -> Checkpoint | None:
    """Return the row of the latest checkpoint whose files are public, or None."""
    return (
        Checkpoint.objects.filter(log__programme__slug=programme, published_at__isnull=False)
        .select_related("log")
        .order_by("-size")
        .first()
    )


def file(programme: str, path: str) -> bytes:
    """Return one public file of a log, `checkpoint` or a tile; raises NotFoundError."""
    log = Log.objects.filter(programme__slug=programme).first()
    if log is None or not _is_public(path):
        raise NotFoundError
    return publishing.read(log, path)


def _sign(programme: str) -> Checkpoint:
    """Make the next checkpoint under the log's lock, or return the latest one."""
    log = lock(programme)
    last = log.checkpoints.order_by("-size").first()
    if last is not None and last.size == log.size:
        return last
    key = private_key(programme)
    append(programme, _roster(log))
    size = log.size + 1
    _tiles, root = publishing.grown(log, size)
    statement = signed.Checkpoint(log.origin, size, root)
    return Checkpoint.objects.create(
        log=log,
        size=size,
        root=root,
        note=signed.sign_checkpoint(statement, key),
        vkey=str(public_key(log.origin, key)),
        at=datetime.now(UTC),
    )


def _roster(log: Log) -> Fact:
    ends = log.heads.exclude(subject="").values_list("subject", "seq", "commitment")
    subjects = {
        subject: ChainEnd(last=seq, commitment=encode_base64url(bytes(commitment)))
        for subject, seq, commitment in ends
    }
    body = RosterBody(subjects=subjects, size=log.size)
    return Fact(Kind.ROSTER, None, body, "system", Role.SYSTEM)


def _show(programme: str, made: Checkpoint) -> None:
    """Replace the checkpoint file, unless somebody published a later one in the meantime."""
    log = lock(programme)
    later = log.checkpoints.filter(published_at__isnull=False, size__gt=made.size)
    if not later.exists():
        publishing.write_checkpoint(log, made)
    made.published_at = timezone.now()
    made.save(update_fields=["published_at"])


def _is_public(path: str) -> bool:
    if path == publishing.CHECKPOINT:
        return True
    try:
        parse_path(_ENTRIES.sub("tile/0/", path, count=1))
    except TileError:
        return False
    return True


def _info(made: Checkpoint) -> CheckpointInfo:
    return CheckpointInfo(
        origin=made.log.origin,
        size=made.size,
        root=bytes(made.root),
        note=bytes(made.note).decode(),
        at=made.at,
        vkey=made.vkey,
    )
