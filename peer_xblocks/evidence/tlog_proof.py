"""The proof that one entry is in the log, as one text that anyone can check (C2SP tlog-proof)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peer_xblocks.evidence import checkpoint as checkpoints
from peer_xblocks.evidence import merkle
from peer_xblocks.evidence.checkpoint import Checkpoint
from peer_xblocks.evidence.commitment import decode_base64, encode_base64
from peer_xblocks.evidence.errors import EncodingError, ProofError
from peer_xblocks.evidence.keys import VerifierKey

HEADER = b"c2sp.org/tlog-proof@v1"
_EXTRA = b"extra "
_INDEX = re.compile(rb"index (0|[1-9][0-9]{0,15})")


@dataclass(frozen=True, slots=True)
class TlogProof:
    """An entry's index, its inclusion proof from the leaf up, and the signed checkpoint.

    `extra` is what the application wrote beside it, which nothing here vouches for.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""


def write_proof(
    index: int, hashes: Sequence[bytes], checkpoint: bytes, extra: bytes = b""
) -> bytes:
    """Return the text of a proof; `checkpoint` is the signed note, taken in unchanged."""
    told = [_EXTRA + encode_base64(extra).encode()] if extra else []
    lines = [HEADER, *told, b"index %d" % index, *(encode_base64(h).encode() for h in hashes)]
    return b"\n".join(lines) + b"\n\n" + checkpoint


def parse_proof(data: bytes) -> TlogProof:
    """Return what the text of a proof says, without checking it. Raises ProofError."""
    head, gap, checkpoint = data.partition(b"\n\n")
    header, *lines = head.split(b"\n")
    if not gap or header != HEADER:
        raise ProofError("it is not a text of c2sp.org/tlog-proof@v1")
    extra = _extra(lines.pop(0)) if lines and lines[0].startswith(_EXTRA) else b""
    match = _INDEX.fullmatch(lines[0]) if lines else None
    if match is None:
        raise ProofError("no line gives the index where it should stand")
    try:
        hashes = tuple(decode_base64(line, merkle.HASH_BYTES) for line in lines[1:])
    except EncodingError as error:
        raise ProofError("a hash is not strict base64 of 32 bytes") from error
    return TlogProof(int(match[1]), hashes, checkpoint, extra)


def verify_proof(data: bytes, entry: bytes, keys: Sequence[VerifierKey | str]) -> Checkpoint:
    """Check that an entry is in the log, and return the checkpoint that proves it.

    Extra data is passed over. Raises ProofError, or what `open_checkpoint` raises.
    """
    proof = parse_proof(data)
    checkpoint = checkpoints.open_checkpoint(proof.checkpoint, keys)
    merkle.verify_inclusion(
        proof.index, checkpoint.size, merkle.leaf_hash(entry), proof.hashes, checkpoint.root
    )
    return checkpoint


def _extra(line: bytes) -> bytes:
    """Return what the application wrote; an empty line of it is none. Raises ProofError."""
    try:
        found = decode_base64(line.removeprefix(_EXTRA))
    except EncodingError as error:
        raise ProofError("its extra data is not strict base64") from error
    if not found:
        raise ProofError("its extra data is empty")
    return found
