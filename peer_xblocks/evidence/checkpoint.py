"""Checkpoints: what a log signs, its origin, size and root (C2SP tlog-checkpoint)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peer_xblocks.evidence import note as notes
from peer_xblocks.evidence.commitment import decode_base64, encode_base64
from peer_xblocks.evidence.errors import CheckpointError, EncodingError
from peer_xblocks.evidence.keys import ED25519, VerifierKey, parse_key
from peer_xblocks.evidence.merkle import EMPTY_ROOT, HASH_BYTES

SIZE_MAX = 2**53 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of one log: its origin, how many entries it has and the root over them."""

    origin: str
    size: int
    root: bytes


def format(checkpoint: Checkpoint) -> str:
    """Return the three lines that a log signs, each with its newline.

    Raises CheckpointError for facts that no checkpoint can state.
    """
    text = f"{checkpoint.origin}\n{checkpoint.size}\n{encode_base64(checkpoint.root)}\n"
    if parse(text) != checkpoint:
        raise CheckpointError("its origin or size cannot be written")
    return text


def parse(text: str) -> Checkpoint:
    """Return what the text of a note says, if it is the text of a checkpoint.

    Exactly three lines are taken: this log writes no extension lines. Raises CheckpointError.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise CheckpointError("it has not the three lines origin, size and root")
    origin, size, encoded, _ = lines
    if not origin:
        raise CheckpointError("its origin is empty")
    if _SIZE.fullmatch(size) is None or int(size) > SIZE_MAX:
        raise CheckpointError("its size is not a plain whole number")
    try:
        root = decode_base64(encoded, HASH_BYTES)
    except EncodingError as error:
        raise CheckpointError("its root is not strict base64 of 32 bytes") from error
    if size == "0" and root != EMPTY_ROOT:
        raise CheckpointError("an empty log has another root")
    return Checkpoint(origin, int(size), root)


def sign_checkpoint(checkpoint: Checkpoint, private_key: Ed25519PrivateKey) -> bytes:
    """Return the signed note of a checkpoint; the key's name is the log's origin."""
    return notes.sign(format(checkpoint), checkpoint.origin, private_key)


def open_checkpoint(data: bytes, keys: Sequence[VerifierKey | str]) -> Checkpoint:
    """Return the checkpoint that a signed note holds, once each of these keys has vouched for it.

    A key of type 1 is a log's own, so its name must be the origin. Raises NoteError,
    CheckpointError, SignatureError or KeyFormatError.
    """
    note = notes.parse(data)
    checkpoint = parse(note.text)
    wanted = [parse_key(key) if isinstance(key, str) else key for key in keys]
    for key in wanted:
        if key.kind == ED25519 and key.name != checkpoint.origin:
            raise CheckpointError(f"it is of {checkpoint.origin} and the key is of {key.name}")
    notes.verify_signatures(note, wanted)
    return checkpoint
