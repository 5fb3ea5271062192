"""Checkpoints and proofs of one entry, against the published log and against tampering."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.evidence import checkpoint, keys, merkle, note, tlog_proof
from peer_xblocks.evidence.checkpoint import Checkpoint
from peer_xblocks.evidence.errors import (
    CheckpointError,
    EvidenceError,
    ProofError,
    SignatureError,
)

from . import vectors

TESSERA = vectors.read("tessera-log.keys.json")
TESSERA_KEY = Ed25519PrivateKey.from_private_bytes(
    base64.b64decode(TESSERA["signingKeySeedBase64"])
)
ENTRIES = [text.encode() for text in TESSERA["entries"]]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize("size", range(16))
def test_a_published_checkpoint_is_reproduced(size: int) -> None:
    """Root and signature of each of the 16 checkpoints come out byte for byte."""
    published = (vectors.TESSERA / f"checkpoint.{size}").read_bytes()
    ours = Checkpoint("example.com/log/testdata", size, merkle.root(LEAVES[:size]))
    assert checkpoint.sign_checkpoint(ours, TESSERA_KEY) == published
    assert checkpoint.open_checkpoint(published, [TESSERA["vkey"]]) == ours


def test_the_published_key_belongs_to_the_published_seed() -> None:
    """The verifier key string of that log comes out of its seed."""
    assert str(keys.public_key("example.com/log/testdata", TESSERA_KEY)) == TESSERA["vkey"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"origin\n1\n{ROOT}",
        f"origin\n1\n{ROOT}\nextension\n",
        f"\n1\n{ROOT}\n",
        f"origin\n01\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n+1\n{ROOT}\n",
        f"origin\n١\n{ROOT}\n",
        f"origin\n99999999999999999999\n{ROOT}\n",
        f"origin\n9999999999999999\n{ROOT}\n",
        f"origin\n0\n{ROOT}\n",
        f"origin\n1\n{ROOT[:-1]}\n",
        f"origin\n1\n{ROOT[:-2]}B=\n",
        "origin\n1\nAAAA\n",
    ],
)
def test_a_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    """Only origin, a plain size and a strict root in three lines are a checkpoint."""
    with pytest.raises(CheckpointError):
        checkpoint.parse(text)


@given(st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(size: int, root: bytes) -> None:
    """Reading the text of a checkpoint gives the checkpoint."""
    one = Checkpoint("example.com/peer-xblocks/p", size, root)
    assert checkpoint.parse(checkpoint.format(one)) == one


def test_an_origin_with_a_newline_is_not_written() -> None:
    """An origin cannot bring lines of its own into what is signed."""
    with pytest.raises(CheckpointError):
        checkpoint.format(Checkpoint("a\nb", 1, bytes(32)))


def test_the_key_of_another_log_does_not_open_a_checkpoint() -> None:
    """A log's own key counts only under checkpoints of its origin."""
    text = checkpoint.format(Checkpoint("example.com/one", 1, bytes(32)))
    signed = note.sign(text, "example.com/other", TESSERA_KEY)
    with pytest.raises(CheckpointError, match="the key is of"):
        checkpoint.open_checkpoint(signed, [keys.public_key("example.com/other", TESSERA_KEY)])


def test_a_cosigner_may_open_a_checkpoint_of_any_log() -> None:
    """A cosigner's key has its own name."""
    one = Checkpoint("example.com/one", 1, bytes(32))
    signed = note.cosign(checkpoint.sign_checkpoint(one, TESSERA_KEY), "body", TESSERA_KEY, 1)
    body = keys.public_key("body", TESSERA_KEY, keys.COSIGNATURE)
    assert checkpoint.open_checkpoint(signed, [body]) == one


def test_a_checkpoint_without_keys_is_not_opened() -> None:
    """Opening means that somebody vouches for it."""
    with pytest.raises(SignatureError):
        checkpoint.open_checkpoint((vectors.TESSERA / "checkpoint").read_bytes(), [])


def proof_of(index: int) -> bytes:
    """Return the text that proves one entry of the published log."""
    hashes = merkle.inclusion_proof(index, len(LEAVES), merkle.nodes_of(LEAVES))
    signed = (vectors.TESSERA / "checkpoint").read_bytes()
    return tlog_proof.write_proof(index, hashes, signed)


@pytest.mark.parametrize("index", range(15))
def test_the_text_of_a_proof_verifies(index: int) -> None:
    """Each entry of the published log has a proof that stands on its own."""
    text = proof_of(index)
    opened = tlog_proof.verify_proof(text, ENTRIES[index], [TESSERA["vkey"]])
    assert opened.size == 15
    assert text.startswith(b"c2sp.org/tlog-proof@v1\nindex %d\n" % index)


def test_a_proof_of_another_entry_is_refused() -> None:
    """The text proves the entry that it was made for."""
    with pytest.raises(ProofError):
        tlog_proof.verify_proof(proof_of(3), ENTRIES[4], [TESSERA["vkey"]])


@given(st.integers(0, len(proof_of(6)) - 1), st.integers(1, 255))
def test_an_altered_proof_is_refused(position: int, change: int) -> None:
    """A proof with any byte altered proves nothing."""
    altered = bytearray(proof_of(6))
    altered[position] ^= change
    with pytest.raises(EvidenceError):
        tlog_proof.verify_proof(bytes(altered), ENTRIES[6], [TESSERA["vkey"]])


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"c2sp.org/tlog-proof@v1",
        b"c2sp.org/tlog-proof@v2\nindex 0",
        b"c2sp.org/tlog-proof@v1\nextra AAAA",
        b"c2sp.org/tlog-proof@v1\nextra \nindex 0",
        b"c2sp.org/tlog-proof@v1\nextra AAA\nindex 0",
        b"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA",
        b"c2sp.org/tlog-proof@v1\nindex 00",
        b"c2sp.org/tlog-proof@v1\nindex 0\nAAAA",
    ],
)
def test_a_text_that_is_no_proof_is_refused(head: bytes) -> None:
    """Only the form that we write is read."""
    with pytest.raises(ProofError):
        tlog_proof.parse_proof(head + b"\n\nrest")


def test_extra_data_is_read_and_vouched_for_by_nobody() -> None:
    """What stands beside a proof comes back as it was written, and the proof holds with any."""
    text = proof_of(6)
    head, index, rest = text.split(b"\n", 2)
    extra = b"\n".join([head, b"extra c2FsdCByZWNvcmQ=", index, rest])
    assert tlog_proof.parse_proof(extra).extra == b"salt record"
    assert tlog_proof.verify_proof(extra, ENTRIES[6], [TESSERA["vkey"]]).size == 15
