"""The proof of one record: a tlog-proof that carries the record and its salt as extra data.

Nobody has to trust the extra data: its commitment leads to the signed root, or the proof fails.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from peer_xblocks.evidence import checkpoint as checkpoints
from peer_xblocks.evidence import envelope, merkle, tlog_proof
from peer_xblocks.evidence import note as notes
from peer_xblocks.evidence.canonical import parse_canonical
from peer_xblocks.evidence.checkpoint import Checkpoint
from peer_xblocks.evidence.commitment import (
    commit,
    decode_base64url,
    encode_base64url,
    record_entry,
)
from peer_xblocks.evidence.errors import EvidenceError, ProofError
from peer_xblocks.evidence.findings import Findings
from peer_xblocks.evidence.keys import parse_key
from peer_xblocks.evidence.lines import STRICT_32_BYTES
from peer_xblocks.evidence.report import Problem, ProofReport
from peer_xblocks.evidence.signatures import check_signatures
from peer_xblocks.evidence.tlog_proof import TlogProof

PROOF_BYTES_MAX = 64 << 20
_SHOWN = ("kind", "id", "at", "subject")
_OPENED = re.compile(STRICT_32_BYTES + rb" (.+)", re.DOTALL)


def write_record_proof(
    index: int, hashes: Sequence[bytes], checkpoint: bytes, record: bytes, salt: bytes
) -> bytes:
    """Return the proof of an entry together with the record that it commits to."""
    opened = encode_base64url(salt).encode() + b" " + record
    return tlog_proof.write_proof(index, hashes, checkpoint, opened)


def is_proof(data: bytes) -> bool:
    """Say whether a file begins as the proof of one record does."""
    return data.startswith(tlog_proof.HEADER + b"\n")


def verify_record_proof(data: bytes, keys: Sequence[str] = ()) -> ProofReport:
    """Check the proof of one record, and report every problem in it.

    Each of `keys`, verifier key strings of the log or of cosigners, must have signed its
    checkpoint. Raises KeyFormatError for a text that is no key, and nothing else.
    """
    wanted = [parse_key(key) for key in keys]
    try:
        proof = tlog_proof.parse_proof(data)
        note = notes.parse(proof.checkpoint)
        checkpoint = checkpoints.parse(note.text)
    except EvidenceError as error:
        return ProofReport(key_given=bool(wanted), problems=(Problem(str(error)),))
    signed_by, problems = check_signatures(note, checkpoint, wanted, "checkpoint")
    findings = Findings(checkpoint.size, checkpoint.origin.rpartition("/")[2], b"")
    record = _check(proof, checkpoint, findings)
    return ProofReport(
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root,
        signed_by=signed_by,
        key_given=bool(wanted),
        problems=(*problems, *(replace(one, member=None) for one in findings.problems)),
        index=proof.index,
        record=record,
    )


def _check(proof: TlogProof, checkpoint: Checkpoint, findings: Findings) -> dict[str, str] | None:
    """Check that the record leads to the root and is one of ours; what it is, as far as it says."""
    opened = _OPENED.fullmatch(proof.extra)
    if opened is None:
        findings.add("it does not hold the record that it is the proof of")
        return None
    commitment = commit(decode_base64url(opened[1]), opened[2])
    leaf = merkle.leaf_hash(record_entry(commitment))
    try:
        merkle.verify_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root)
    except ProofError as error:
        findings.add(f"record, salt or proof was altered: {error.reason}", index=proof.index)
    envelope.check_records([(proof.index, commitment, opened[2], True)], -1, findings)
    return _shown(opened[2])


def _shown(record: bytes) -> dict[str, str] | None:
    """What a record says of itself, None when it cannot be read."""
    try:
        value = parse_canonical(record)
    except EvidenceError:
        return None
    if not isinstance(value, dict):
        return None
    return {name: value[name] for name in _SHOWN if isinstance(value.get(name), str)}
