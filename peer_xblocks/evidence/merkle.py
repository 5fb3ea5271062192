"""The arithmetic of the Merkle tree: hashes, roots, inclusion and consistency proofs.

RFC 6962 section 2.1; the checks follow RFC 9162 sections 2.1.3.2 and 2.1.4.2. Ranges are written
`[begin, end)`. A node is named by its level (0: leaf) and its index within the level, and holds
the hash of the complete subtree over the leaves `[index << level, (index + 1) << level)`.
Every function is stateless; every hash has 32 bytes.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from peer_xblocks.evidence.errors import ProofError, RootMismatchError

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeSource = Callable[[int, int], bytes]
"""Gives the hash of a complete subtree by (level, index)."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf, SHA-256(00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node, SHA-256(01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes; of none, SHA-256 of nothing.

    A last node without a partner moves up unchanged, which gives the split of RFC 6962 at the
    largest power of two below the size. Raises ProofError for a hash that has not 32 bytes.
    """
    return root_of_bytes(_joined(leaf_hashes))


def root_of_bytes(level: bytes) -> bytes:
    """Return the root over leaf hashes that are given as one run of bytes.

    Requires a whole number of 32-byte hashes.
    """
    if not level:
        return EMPTY_ROOT
    while len(level) > HASH_BYTES:
        odd = level[-HASH_BYTES:] if len(level) // HASH_BYTES % 2 else b""
        level = next_level(level) + odd
    return level


def next_level(level: bytes) -> bytes:
    """Return the nodes above a run of nodes; a last one without a partner is left out."""
    sha256 = hashlib.sha256
    pair = 2 * HASH_BYTES
    end = len(level) - len(level) % pair
    return b"".join(
        [sha256(b"\x01" + level[at : at + pair]).digest() for at in range(0, end, pair)]
    )


def nodes_of(leaf_hashes: Iterable[bytes]) -> NodeSource:
    """Return the source of all nodes above these leaf hashes, for proofs from memory."""
    levels = [_joined(leaf_hashes)]
    while len(levels[-1]) >= 2 * HASH_BYTES:
        levels.append(next_level(levels[-1]))

    def node(level: int, index: int) -> bytes:
        return levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES]

    return node


def range_root(begin: int, end: int, node: NodeSource) -> bytes:
    """Return the hash over the leaves `[begin, end)`, MTH(D[begin:end]) of RFC 6962.

    Requires a range that is a subtree of some tree: `begin` is a multiple of the smallest power
    of two that is not below `end - begin`.
    """
    if begin == end:
        return EMPTY_ROOT
    parts: list[bytes] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        parts.append(node(level, begin >> level))
        begin += 1 << level
    result = parts.pop()
    while parts:
        result = node_hash(parts.pop(), result)
    return result


def inclusion_proof(index: int, size: int, node: NodeSource) -> list[bytes]:
    """Return the audit path of a leaf in the tree of this size (RFC 6962, section 2.1.1).

    Raises ProofError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ProofError(f"there is no entry {index} in a tree of size {size}")
    proof: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(begin, middle, node))
            begin = middle
    return proof[::-1]


def consistency_proof(old_size: int, new_size: int, node: NodeSource) -> list[bytes]:
    """Return the proof that a tree grew from one size to another (RFC 6962, section 2.1.2).

    Raises ProofError unless 0 < old_size <= new_size: from an empty tree nothing can be proved.
    """
    _check_sizes(old_size, new_size)
    proof: list[bytes] = []
    begin, end, whole = 0, new_size, True
    while end != old_size:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(begin, middle, node))
            begin, whole = middle, False
    if not whole:
        proof.append(range_root(begin, end, node))
    return proof[::-1]


def root_from_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 9162, section 2.1.3.2).

    Raises ProofError when the index is not below the size or the proof has another length than
    it must have.
    """
    if not 0 <= index < size:
        raise ProofError(f"there is no entry {index} in a tree of size {size}")
    _check_hashes([leaf, *proof])
    path, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError(f"it has {len(proof)} hashes, more than size {size} allows")
        if path & 1 or path == last:
            result = node_hash(sibling, result)
            while path and not path & 1:
                path, last = path >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        path, last = path >> 1, last >> 1
    if last != 0:
        raise ProofError(f"it has {len(proof)} hashes, fewer than size {size} needs")
    return result


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], want: bytes
) -> None:
    """Check that a leaf hash stands at this index of the tree with root `want`.

    Raises ProofError, and RootMismatchError when the proof leads to another root.
    """
    _check_hashes([want])
    got = root_from_inclusion(index, size, leaf, proof)
    if got != want:
        raise RootMismatchError(got, want)


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the new tree begins with the old one (RFC 9162, section 2.1.4.2).

    Raises ProofError, and RootMismatchError when the proof leads to another root.
    """
    _check_sizes(old_size, new_size)
    if old_size == new_size:
        if proof:
            raise ProofError("between equal sizes it is empty")
        if old_root != new_root:
            raise RootMismatchError(old_root, new_root)
        return
    if not proof:
        raise ProofError("between different sizes it is not empty")
    _check_hashes([old_root, new_root, *proof])
    old, new = _roots_from_consistency(old_size, new_size, old_root, proof)
    if old != old_root:
        raise RootMismatchError(old, old_root)
    if new != new_root:
        raise RootMismatchError(new, new_root)


def _roots_from_consistency(
    old_size: int, new_size: int, old_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return the old and the new root that a consistency proof leads to.

    Requires 0 < old_size < new_size and a proof that is not empty.
    """
    path, last = old_size - 1, new_size - 1
    while path & 1:
        path, last = path >> 1, last >> 1
    # An old tree that is complete stands in the new one as a node, so its root is not repeated.
    first, rest = (proof[0], proof[1:]) if path else (old_root, proof)
    old = new = first
    for sibling in rest:
        if last == 0:
            raise ProofError(f"it has {len(proof)} hashes, more than these sizes allow")
        if path & 1 or path == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while path and not path & 1:
                path, last = path >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        path, last = path >> 1, last >> 1
    if last != 0:
        raise ProofError(f"it has {len(proof)} hashes, fewer than these sizes need")
    return old, new


def _split(size: int) -> int:
    """Return the largest power of two below a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _check_sizes(old_size: int, new_size: int) -> None:
    """Raise ProofError unless a tree can have grown from one size to the other."""
    if not 0 < old_size <= new_size:
        raise ProofError(f"no tree of size {new_size} can be compared with one of size {old_size}")


def _check_hashes(hashes: Iterable[bytes]) -> None:
    """Raise ProofError unless every hash has 32 bytes."""
    for value in hashes:
        if len(value) != HASH_BYTES:
            raise ProofError(f"a hash has {HASH_BYTES} bytes, not {len(value)}")


def _joined(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return hashes as one run of bytes, after checking their length."""
    hashes = list(leaf_hashes)
    if not set(map(len, hashes)) <= {HASH_BYTES}:
        _check_hashes(hashes)
    return b"".join(hashes)
