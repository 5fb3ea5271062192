"""The public files of a log (C2SP tlog-tiles) in a Django storage.

The storage with the alias `peer_xblocks_log` is used, or the default one. Tiles never change
once written; the file `checkpoint` is replaced, and only after all that it speaks of is there.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import InvalidStorageError, Storage, default_storage, storages

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.evidence import tiles
from peer_xblocks.evidence.commitment import erasure_entry, record_entry
from peer_xblocks.evidence.errors import EvidenceError
from peer_xblocks.evidence.tiles import TILE_WIDTH, Tile
from peer_xblocks.records.models import Checkpoint, Entry, Erasure, Log

ALIAS = "peer_xblocks_log"
CHECKPOINT = "checkpoint"
_BATCH = 2_560


def storage() -> Storage:
    """Return where the public files are."""
    try:
        return storages[ALIAS]
    except InvalidStorageError:
        return default_storage


def read(log: Log, path: str) -> bytes:
    """Return one public file of a log; raises NotFoundError. Requires a path of tlog-tiles."""
    try:
        with storage().open(_name(log, path), "rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise NotFoundError from error


def reader(log: Log) -> tiles.TileReader:
    """Return what reads the hash tiles of a log from the storage."""
    return lambda tile: read(log, tile.path)


def grown(log: Log, size: int) -> tuple[dict[Tile, bytes], bytes]:
    """Return the tiles that the log got since its last published checkpoint, and its new root.

    The edge of the old tree is read from the storage and believed only if it leads to the root
    that was signed; otherwise everything is derived from the entries again. Requires that the
    entries below `size` are there.
    """
    last = log.checkpoints.filter(published_at__isnull=False, size__lte=size).order_by("-size")
    old = last.first()
    if old is not None and _stored_edge_holds(log, old):
        return _grow(log, old.size, size)
    return _grow(log, 0, size)


def write_tiles(log: Log, size: int) -> None:
    """Write each hash tile and entry bundle that the log got since the last public checkpoint."""
    made, _root = grown(log, size)
    if not made:
        return
    begin = min(tile.index for tile in made if tile.level == 0)
    for tile, data in made.items():
        _write_once(_name(log, tile.path), data)
    for tile, bundle in _bundles(log, begin, size):
        _write_once(_name(log, tile.entries_path), bundle)


def write_checkpoint(log: Log, checkpoint: Checkpoint) -> None:
    """Replace the file `checkpoint`. A reader meets the old one or the new one where it can be so.

    On a file system that is a rename. On other storages the file is replaced by saving over it,
    or, where a storage never overwrites, missing for a moment.
    """
    name, place, note = _name(log, CHECKPOINT), storage(), bytes(checkpoint.note)
    try:
        target = place.path(name)
    except NotImplementedError:
        _overwrite(name, note)
        return
    beside = place.save(f"{name}.{secrets.token_hex(4)}", ContentFile(note))
    os.replace(place.path(beside), target)


def entries(log: Log, begin: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of the entries [begin, end); those of erasures follow from their rows."""
    for first in range(begin, end, _BATCH):
        last = min(first + _BATCH, end)
        said: dict[int, list[int]] = {}
        rows = Erasure.objects.filter(log=log, said_in__gte=first, said_in__lt=last)
        for said_in, index in rows.values_list("said_in", "index"):
            said.setdefault(said_in, []).append(index)
        found = Entry.objects.filter(log=log, index__gte=first, index__lt=last).order_by("index")
        for index, commitment in found.values_list("index", "commitment"):
            yield (
                erasure_entry(said[index])
                if commitment is None
                else record_entry(bytes(commitment))
            )


def _name(log: Log, path: str) -> str:
    return f"peer-xblocks/{log.origin.rpartition('/')[2]}/{path}"


def _stored_edge_holds(log: Log, old: Checkpoint) -> bool:
    with suppress(EvidenceError, NotFoundError, OSError):
        return tiles.root_from_tiles(old.size, reader(log)) == bytes(old.root)
    return False


def _grow(log: Log, old_size: int, size: int) -> tuple[dict[Tile, bytes], bytes]:
    made = dict(tiles.grow_tiles(old_size, _leaves(log, old_size, size), reader(log)))

    def tile(wanted: Tile) -> bytes:
        return made[wanted] if wanted in made else read(log, wanted.path)

    return made, tiles.root_from_tiles(size, tile)


def _leaves(log: Log, begin: int, end: int) -> Iterator[bytes]:
    for first in range(begin, end, _BATCH):
        last = min(first + _BATCH, end)
        found = Entry.objects.filter(log=log, index__gte=first, index__lt=last).order_by("index")
        for leaf in found.values_list("leaf", flat=True):
            yield bytes(leaf)


def _bundles(log: Log, begin: int, size: int) -> Iterator[tuple[Tile, bytes]]:
    """Yield the entry bundles from the tile `begin` on, up to the size."""
    for number in range(begin, -(-size // TILE_WIDTH)):
        first = number * TILE_WIDTH
        last = min(first + TILE_WIDTH, size)
        yield Tile(0, number, last - first), tiles.build_bundle(entries(log, first, last))


def _write_once(name: str, data: bytes) -> None:
    """Write a file that never changes. One that was cut short when a process died is mended."""
    place = storage()
    if place.exists(name):
        with place.open(name, "rb") as file:
            if file.read() == data:
                return
        place.delete(name)
    written = place.save(name, ContentFile(data))
    if written != name:
        # Somebody else wrote the same file at this moment.
        place.delete(written)


def _overwrite(name: str, data: bytes) -> None:
    place = storage()
    written = place.save(name, ContentFile(data))
    if written != name:
        place.delete(written)
        place.delete(name)
        place.save(name, ContentFile(data))
