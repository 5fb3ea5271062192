"""The files that hold the tree: hash tiles and entry bundles (C2SP tlog-tiles).

A tile is 256 consecutive hashes of one level, or fewer at the right edge. Level 0 holds leaf
hashes; a hash of level n is the root over one full tile of level n - 1. Where the files are kept
is the caller's business: these functions take and give coordinates, paths and bytes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from peer_xblocks.evidence import merkle
from peer_xblocks.evidence.errors import TileError
from peer_xblocks.evidence.merkle import HASH_BYTES, NodeSource

TILE_WIDTH = 256
TILE_BYTES = TILE_WIDTH * HASH_BYTES
_HEIGHT = 8
_LEVEL_MAX = 63
_PATH = re.compile(
    r"tile/(0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)

TileReader = Callable[["Tile"], bytes]
"""Gives the bytes of a tile of the tree, or raises what the place it reads from raises."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """The coordinates of one tile: its level, its index there and how many hashes it holds."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Return where the hashes stand, such as `tile/0/x001/x234/067` or `tile/1/000.p/17`."""
        return f"tile/{self.level}/{self._tail()}"

    @property
    def entries_path(self) -> str:
        """Return where the entries stand, such as `tile/entries/000.p/17`; requires level 0."""
        return f"tile/entries/{self._tail()}"

    def _tail(self) -> str:
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        *upper, last = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return "".join(f"x{part}/" for part in upper) + last + partial


def parse_path(path: str) -> Tile:
    """Return the tile that stands at this path; raises TileError for any other text."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise TileError(path, "it is not the path of a hash tile")
    level, digits, width = match.groups()
    tile = Tile(int(level), int(re.sub("[x/]", "", digits)), int(width or TILE_WIDTH))
    if tile.level > _LEVEL_MAX or tile.path != path:
        raise TileError(path, "it is not the path of a hash tile")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of the tree of this size, level by level, each from left to right."""
    return tiles_between(0, size)


def tiles_between(old_size: int, new_size: int) -> Iterator[Tile]:
    """Yield the tiles of the tree at the new size that the tree at the old size has not.

    These are what a log publishes when it grows. Requires 0 <= old_size <= new_size.
    """
    level, old, new = 0, old_size, new_size
    while new:
        if new != old:
            for index in range(old // TILE_WIDTH, new // TILE_WIDTH):
                yield Tile(level, index)
            if new % TILE_WIDTH:
                yield Tile(level, new // TILE_WIDTH, new % TILE_WIDTH)
        level, old, new = level + 1, old >> _HEIGHT, new >> _HEIGHT


def count_tiles(size: int) -> int:
    """Return how many tiles the tree of this size has."""
    count = 0
    while size:
        count += -(-size // TILE_WIDTH)
        size >>= _HEIGHT
    return count


def build_tiles(leaf_hashes: Iterable[bytes]) -> Iterator[tuple[Tile, bytes]]:
    """Yield every tile of the tree over these leaf hashes, with its bytes."""
    return grow_tiles(0, leaf_hashes, _no_tile)


def grow_tiles(
    old_size: int, leaf_hashes: Iterable[bytes], read: TileReader
) -> Iterator[tuple[Tile, bytes]]:
    """Yield the tiles that a tree of `old_size` gets when these leaf hashes are appended.

    Reads only the last, partial tile of each level of the old tree, so the work is that of the
    new leaves, not of the log. Yields what `tiles_between` names, with the bytes.
    """
    level, old, added = 0, old_size, b"".join(leaf_hashes)
    while added:
        first, width = divmod(old, TILE_WIDTH)
        kept = read_tile(Tile(level, first, width), read) if width else b""
        run = kept + added
        yield from cut_tiles(level, first, run)
        level, old, added = level + 1, old >> _HEIGHT, roots_of_tiles(run)


def cut_tiles(level: int, first: int, run: bytes) -> Iterator[tuple[Tile, bytes]]:
    """Yield the tiles that a run of hashes is cut into, from the tile with index `first` on."""
    for number, at in enumerate(range(0, len(run), TILE_BYTES)):
        data = run[at : at + TILE_BYTES]
        yield Tile(level, first + number, len(data) // HASH_BYTES), data


def roots_of_tiles(run: bytes) -> bytes:
    """Return the hashes of the level above a run of tiles; a partial tile at its end has none."""
    run = run[: len(run) - len(run) % TILE_BYTES]
    for _ in range(_HEIGHT):
        run = merkle.next_level(run)
    return run


def read_tile(tile: Tile, read: TileReader) -> bytes:
    """Return the bytes of a tile; raises TileError when there are not as many as it is wide."""
    data = read(tile)
    if len(data) != tile.width * HASH_BYTES:
        raise TileError(tile.path, f"it has {len(data)} bytes, not {tile.width * HASH_BYTES}")
    return data


def nodes_from_tiles(size: int, read: TileReader) -> NodeSource:
    """Return the source of all nodes of the tree of this size, for proofs from stored tiles.

    Each tile is read once. Only tiles of that size are asked for.
    """
    known: dict[Tile, bytes] = {}

    def node(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, _HEIGHT)
        number, offset = divmod(index << height, TILE_WIDTH)
        width = min(TILE_WIDTH, (size >> _HEIGHT * tile_level) - number * TILE_WIDTH)
        tile = Tile(tile_level, number, width)
        if tile not in known:
            known[tile] = read_tile(tile, read)
        begin = offset * HASH_BYTES
        return merkle.root_of_bytes(known[tile][begin : begin + (HASH_BYTES << height)])

    return node


def root_from_tiles(size: int, read: TileReader) -> bytes:
    """Return the root of the tree of this size, from the tiles at its right edge."""
    return merkle.range_root(0, size, nodes_from_tiles(size, read))


def proof_from_tiles(index: int, size: int, read: TileReader) -> list[bytes]:
    """Return the inclusion proof of an entry in the tree of this size, from stored tiles.

    Raises ProofError when there is no such entry, TileError for a tile of the wrong length.
    """
    return merkle.inclusion_proof(index, size, nodes_from_tiles(size, read))


def consistency_from_tiles(old_size: int, new_size: int, read: TileReader) -> list[bytes]:
    """Return the consistency proof between two sizes, from the tiles of the larger tree."""
    return merkle.consistency_proof(old_size, new_size, nodes_from_tiles(new_size, read))


def build_bundle(entries: Iterable[bytes]) -> bytes:
    """Return an entry bundle: each entry after its length as a big-endian uint16.

    Requires at most 256 entries; raises TileError for an entry of more than 65,535 bytes.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > 0xFFFF:
            raise TileError("tile/entries", f"an entry has {len(entry)} bytes")
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def parse_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle; raises TileError when the last one is cut short."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        begin = at + 2
        at = begin + int.from_bytes(data[at:begin], "big")
        if at > len(data) or begin > len(data):
            raise TileError("tile/entries", "its last entry is cut short")
        entries.append(data[begin:at])
    return entries


def _no_tile(tile: Tile) -> bytes:
    """Read nothing, for a tree that starts empty."""
    raise TileError(tile.path, "the tree starts empty")
