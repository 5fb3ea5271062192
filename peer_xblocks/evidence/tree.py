"""The tree of a pack: its tiles against each other and against the checkpoint's root."""

from collections.abc import Iterator

from peer_xblocks.evidence import merkle, tiles
from peer_xblocks.evidence.checkpoint import Checkpoint
from peer_xblocks.evidence.errors import PackError, TileError
from peer_xblocks.evidence.merkle import HASH_BYTES
from peer_xblocks.evidence.pack import TILES, Pack
from peer_xblocks.evidence.report import Problem
from peer_xblocks.evidence.tiles import TILE_BYTES, TILE_WIDTH, Tile

# A checkpoint that claims an absurd size must not make us count up to it.
_MISSING_TOLD = 1000


class Tree:
    """The hashes of one pack's tree, level by level in steps of eight, and what is wrong with it.

    `leaves` holds the leaf hashes one after another, with zeros where a tile is missing; it is
    empty when the tiles are nowhere near enough. The levels above are always derived from it.
    """

    def __init__(self, pack: Pack, checkpoint: Checkpoint) -> None:
        """Read every tile and derive the levels above, down to the root."""
        self.size = checkpoint.size
        self.problems: list[Problem] = []
        self.leaves = b""
        self._runs: list[bytes] = []
        present = {name for name in pack.sizes if name.startswith(TILES)}
        for name in sorted(present):
            if not _is_tile_of(tiles.parse_path(name), self.size):
                self._add(f"a log of size {self.size} has no such tile", name)
        if tiles.count_tiles(self.size) > len(present) + _MISSING_TOLD:
            self._add(f"a log of size {self.size} has more tiles than these {len(present)}", None)
            return
        read = dict(self._read(pack))
        self.leaves = b"".join(data for tile, data in read.items() if tile.level == 0)
        if not self.problems:
            self._derive(read, checkpoint)

    def root_at(self, size: int) -> bytes | None:
        """Return the root over the first entries, None when a tile is missing.

        Requires a size that is not above the tree's own.
        """
        if size and not self._runs:
            return None
        return merkle.range_root(0, size, tiles.nodes_from_tiles(self.size, self._slice))

    def _read(self, pack: Pack) -> Iterator[tuple[Tile, bytes]]:
        """Yield every tile that there should be, as zeros with a problem when it is not there."""
        for tile in tiles.tiles_of(self.size):
            try:
                yield tile, tiles.read_tile(tile, lambda tile: pack.read(tile.path))
            except PackError as error:
                self._add(error.reason, tile.path)
                yield tile, bytes(tile.width * HASH_BYTES)
            except TileError as error:
                self._add(error.reason, tile.path)
                yield tile, bytes(tile.width * HASH_BYTES)

    def _derive(self, read: dict[Tile, bytes], checkpoint: Checkpoint) -> None:
        """Derive the levels above the leaves, and compare tiles and root with them."""
        run = self.leaves
        while run:
            self._runs.append(run)
            run = tiles.roots_of_tiles(run)
        for tile, data in read.items():
            if tile.level and data != self._slice(tile):
                self._add(
                    f"hash {self._first_other(tile, data)} does not fit the tile below", tile.path
                )
        root = self.root_at(self.size)
        if root is not None and root != checkpoint.root:
            self._add(
                f"the tiles lead to the root {root.hex()}, "
                f"the checkpoint says {checkpoint.root.hex()}",
                None,
            )

    def _first_other(self, tile: Tile, data: bytes) -> str:
        """Return which hash of a tile differs from the derived one, and the tile it is of."""
        derived = self._slice(tile)
        place = next(
            at for at in range(tile.width) if data[32 * at :][:32] != derived[32 * at :][:32]
        )
        below = Tile(tile.level - 1, tile.index * TILE_WIDTH + place)
        return f"{place}, of {below.path},"

    def _slice(self, tile: Tile) -> bytes:
        """Return the derived bytes of a tile."""
        begin = tile.index * TILE_BYTES
        return self._runs[tile.level][begin : begin + tile.width * HASH_BYTES]

    def _add(self, sentence: str, member: str | None) -> None:
        self.problems.append(Problem(sentence, member))


def _is_tile_of(tile: Tile, size: int) -> bool:
    """Say whether the tree of this size has this tile."""
    whole, width = divmod(size >> 8 * tile.level, TILE_WIDTH)
    if tile.index < whole:
        return tile.width == TILE_WIDTH
    return tile.index == whole and tile.width == width
