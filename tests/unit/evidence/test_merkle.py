"""The arithmetic of the tree against published vectors and against the standard line by line."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.evidence import merkle
from peer_xblocks.evidence.errors import ProofError, RootMismatchError

from . import reference, vectors

INCLUSION = vectors.cases("inclusion.json")
CONSISTENCY = vectors.cases("consistency.json")
SIZE_MAX = 300
ENTRIES = [b"entry %d" % number for number in range(SIZE_MAX)]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
NODE = merkle.nodes_of(LEAVES)
ROOTS = [merkle.root(LEAVES[:size]) for size in range(SIZE_MAX + 1)]


@pytest.mark.parametrize("case", INCLUSION, ids=lambda case: case["name"])
def test_an_inclusion_vector_holds_or_is_refused_as_published(case: dict[str, Any]) -> None:
    """Each published inclusion proof is taken exactly when it should be."""
    leaf, root = vectors.hashes([case["leafHash"], case["root"]])
    given_proof = vectors.hashes(case["proof"])
    if case["wantErr"]:
        with pytest.raises(ProofError):
            merkle.verify_inclusion(case["leafIdx"], case["treeSize"], leaf, given_proof, root)
    else:
        merkle.verify_inclusion(case["leafIdx"], case["treeSize"], leaf, given_proof, root)


@pytest.mark.parametrize("case", CONSISTENCY, ids=lambda case: case["name"])
def test_a_consistency_vector_holds_or_is_refused_as_published(case: dict[str, Any]) -> None:
    """Each published consistency proof is taken exactly when it should be."""
    old, new = (base64.b64decode(case[name] or "") for name in ("root1", "root2"))
    given_proof = vectors.hashes(case["proof"])
    if case["wantErr"]:
        with pytest.raises(ProofError):
            merkle.verify_consistency(case["size1"], case["size2"], old, new, given_proof)
    else:
        merkle.verify_consistency(case["size1"], case["size2"], old, new, given_proof)


def test_there_are_196_proof_vectors() -> None:
    """None of the published cases was lost on the way here."""
    assert len(INCLUSION) + len(CONSISTENCY) == 196


def test_the_published_roots_are_reproduced() -> None:
    """The roots of the published leaves agree for sizes 0 to 8."""
    data = vectors.read("roots.json")
    leaves = [merkle.leaf_hash(bytes.fromhex(text)) for text in data["leafInputs"]]
    roots = [merkle.root(leaves[:size]).hex() for size in range(len(leaves) + 1)]
    assert roots == data["rootBySize"]


def test_roots_agree_with_the_standard_for_all_sizes_to_300() -> None:
    """Working level by level gives the roots that the standard's recursion gives."""
    assert [reference.mth(ENTRIES[:size]) for size in range(SIZE_MAX + 1)] == ROOTS


def test_every_range_that_is_the_whole_tree_has_its_root() -> None:
    """The root is the same when it is put together from complete subtrees."""
    assert [merkle.range_root(0, size, NODE) for size in range(SIZE_MAX + 1)] == ROOTS


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65, 127, 200, 255, 256, 257, 299, 300])
def test_proofs_agree_with_the_standard(size: int) -> None:
    """Inclusion and consistency proofs are those of the standard's recursion, hash by hash."""
    entries = ENTRIES[:size]
    for number in range(0, size, max(1, size // 16)):
        assert merkle.inclusion_proof(number, size, NODE) == reference.path(number, entries)
        old = number + 1
        assert merkle.consistency_proof(old, size, NODE) == reference.proof(old, entries)


@pytest.mark.parametrize("size", range(1, SIZE_MAX + 1))
def test_every_proof_of_a_tree_verifies(size: int) -> None:
    """For each size to 300 every entry is proved, and growth from every smaller size."""
    for number in range(size):
        proof = merkle.inclusion_proof(number, size, NODE)
        merkle.verify_inclusion(number, size, LEAVES[number], proof, ROOTS[size])
        grown = merkle.consistency_proof(number + 1, size, NODE)
        merkle.verify_consistency(number + 1, size, ROOTS[number + 1], ROOTS[size], grown)


@given(st.data())
def test_an_altered_inclusion_proof_is_refused(data: st.DataObject) -> None:
    """Flipping any bit of a proof, a leaf or a root leads to another root."""
    size = data.draw(st.integers(2, SIZE_MAX))
    index = data.draw(st.integers(0, size - 1))
    parts = [LEAVES[index], ROOTS[size], *merkle.inclusion_proof(index, size, NODE)]
    altered = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    number = int.from_bytes(parts[altered], "big") ^ 1 << bit
    parts[altered] = number.to_bytes(32, "big")
    with pytest.raises(RootMismatchError):
        merkle.verify_inclusion(index, size, parts[0], parts[2:], parts[1])


@given(st.data())
def test_an_entry_is_proved_at_no_other_index(data: st.DataObject) -> None:
    """The proof of one index does not hold for another index of the same tree."""
    size = data.draw(st.integers(2, SIZE_MAX))
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    proof = merkle.inclusion_proof(index, size, NODE)
    with pytest.raises(ProofError):
        merkle.verify_inclusion(other, size, LEAVES[index], proof, ROOTS[size])


@given(st.data())
def test_an_altered_consistency_proof_is_refused(data: st.DataObject) -> None:
    """Flipping any bit of a consistency proof or of either root is noticed."""
    new = data.draw(st.integers(2, SIZE_MAX))
    old = data.draw(st.integers(1, new - 1))
    parts = [ROOTS[old], ROOTS[new], *merkle.consistency_proof(old, new, NODE)]
    altered = data.draw(st.integers(0, len(parts) - 1))
    number = int.from_bytes(parts[altered], "big") ^ 1 << data.draw(st.integers(0, 255))
    parts[altered] = number.to_bytes(32, "big")
    with pytest.raises(ProofError):
        merkle.verify_consistency(old, new, parts[0], parts[1], parts[2:])


def test_no_proof_is_made_outside_the_tree() -> None:
    """An index or an old size that the tree has not is refused, and so is size 0."""
    for index, size in ((0, 0), (1, 1), (-1, 3), (3, 3)):
        with pytest.raises(ProofError):
            merkle.inclusion_proof(index, size, NODE)
    for old, new in ((0, 0), (0, 3), (4, 3), (-1, 3)):
        with pytest.raises(ProofError):
            merkle.consistency_proof(old, new, NODE)


def test_a_hash_of_another_length_is_refused() -> None:
    """A root is made of 32-byte hashes only."""
    with pytest.raises(ProofError, match="31"):
        merkle.root([bytes(32), bytes(31)])


def test_a_wrong_root_is_reported_with_both_roots() -> None:
    """The error of a proof that leads elsewhere carries what it got and what was wanted."""
    with pytest.raises(RootMismatchError) as caught:
        merkle.verify_inclusion(0, 1, LEAVES[0], [], LEAVES[1])
    assert (caught.value.got, caught.value.want) == (LEAVES[0], LEAVES[1])
