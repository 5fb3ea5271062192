"""Tiles and bundles against a published log and against trees computed in one go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.evidence import merkle, tiles
from peer_xblocks.evidence.errors import TileError
from peer_xblocks.evidence.tiles import Tile

from . import vectors

LEAVES = [merkle.leaf_hash(b"%d" % number) for number in range(66_000)]
SIZES = st.sampled_from([0, 1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537])


def read_from(stored: dict[Tile, bytes]) -> tiles.TileReader:
    """Return a reader of these tiles."""
    return lambda tile: stored[tile]


def test_a_path_is_split_as_the_standard_shows() -> None:
    """Index 1234067 stands at x001/x234/067."""
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(2, 0, 17).path == "tile/2/000.p/17"
    assert Tile(0, 273, 112).entries_path == "tile/entries/273.p/112"


def test_the_tiles_of_the_example_of_the_standard() -> None:
    """A tree of 70,000 has the tiles that the standard counts for it."""
    found = list(tiles.tiles_of(70_000))
    assert len(found) == tiles.count_tiles(70_000) == 273 + 1 + 1 + 1 + 1
    assert [tile.path for tile in found[272:]] == [
        "tile/0/272",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert [tile.path for tile in tiles.tiles_of(256)] == ["tile/0/000", "tile/1/000.p/1"]


@given(st.integers(0, 63), st.integers(0, 2**50), st.integers(1, 256))
def test_a_path_leads_back_to_its_tile(level: int, index: int, width: int) -> None:
    """Reading the path of any tile gives the tile."""
    assert tiles.parse_path(Tile(level, index, width).path) == Tile(level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "tile/00/000",
        "tile/64/000",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/entries/000",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "",
    ],
)
def test_another_path_is_refused(path: str) -> None:
    """A path that no tile has is an error."""
    with pytest.raises(TileError):
        tiles.parse_path(path)


def test_the_published_log_is_reproduced_byte_for_byte() -> None:
    """Tiles and entry bundles of all 15 sizes are those that Tessera wrote."""
    entries = [text.encode() for text in vectors.read("tessera-log.keys.json")["entries"]]
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    for size in range(1, len(entries) + 1):
        for tile, data in tiles.build_tiles(leaves[:size]):
            assert (vectors.TESSERA / tile.path).read_bytes() == data
            bundle = tiles.build_bundle(entries[:size])
            assert (vectors.TESSERA / tile.entries_path).read_bytes() == bundle
            assert tiles.parse_bundle(bundle) == entries[:size]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 513, 65_535, 65_536, 65_800])
def test_tiles_hold_the_tree(size: int) -> None:
    """The tiles of a tree are those it should have, and lead to its root."""
    stored = dict(tiles.build_tiles(LEAVES[:size]))
    assert sorted(stored) == sorted(tiles.tiles_of(size))
    root = merkle.root(LEAVES[:size])
    assert tiles.root_from_tiles(size, read_from(stored)) == root


@given(SIZES, SIZES)
def test_growing_gives_the_tiles_of_the_larger_tree(one: int, other: int) -> None:
    """Publishing only what is new leaves the same files as building all at once."""
    old, new = sorted((one, other))
    stored = dict(tiles.build_tiles(LEAVES[:old]))
    grown = dict(tiles.grow_tiles(old, LEAVES[old:new], read_from(stored)))
    assert sorted(grown) == sorted(tiles.tiles_between(old, new))
    stored.update(grown)
    assert all(stored[tile] == data for tile, data in tiles.build_tiles(LEAVES[:new]))


@given(st.sampled_from([1, 255, 256, 257, 1000, 65_537]), st.data())
def test_proofs_from_tiles_hold(size: int, data: st.DataObject) -> None:
    """Inclusion and consistency proofs made from stored tiles verify against the root."""
    stored = dict(tiles.build_tiles(LEAVES[:size]))
    index = data.draw(st.integers(0, size - 1))
    root = merkle.root(LEAVES[:size])
    proof = tiles.proof_from_tiles(index, size, read_from(stored))
    merkle.verify_inclusion(index, size, LEAVES[index], proof, root)
    old_root = merkle.root(LEAVES[: index + 1])
    grown = tiles.consistency_from_tiles(index + 1, size, read_from(stored))
    merkle.verify_consistency(index + 1, size, old_root, root, grown)


def test_a_tile_of_the_wrong_length_is_refused() -> None:
    """A stored tile that was cut short is an error that names it."""
    with pytest.raises(TileError, match=r"tile/0/000\.p/3"):
        tiles.proof_from_tiles(1, 3, lambda tile: b"short")


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    """Reading a bundle returns what was put in."""
    assert tiles.parse_bundle(tiles.build_bundle(entries)) == entries


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_bundle_that_is_cut_short_is_refused(data: bytes) -> None:
    """A bundle ends with its last entry."""
    with pytest.raises(TileError, match="cut short"):
        tiles.parse_bundle(data)


def test_an_entry_that_is_too_long_for_a_bundle_is_refused() -> None:
    """The length before an entry has two bytes."""
    with pytest.raises(TileError, match="65536"):
        tiles.build_bundle([bytes(65_536)])
