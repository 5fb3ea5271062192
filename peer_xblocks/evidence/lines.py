"""The lines of a pack's lists: from their bytes to commitments and leaves, before any JSON.

For a million opened records this pass is the whole cost of proving that they are in the log, so
it is one plain loop over bytes; what the records say is read by `envelope`.
"""

import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence

from peer_xblocks.evidence.commitment import (
    ENTRY_HEAD,
    ENTRY_TAIL,
    FROM_URL_ALPHABET,
    TO_URL_ALPHABET,
    ErasureEntry,
    decode_base64url,
    parse_entry,
    record_entry,
)
from peer_xblocks.evidence.errors import EntryFormatError
from peer_xblocks.evidence.findings import Findings, Listed
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.evidence.pack import ERASURES

INDEX = rb"(0|[1-9][0-9]{0,15})"
# The last of 43 characters carries four bits: only sixteen characters end 32 bytes strictly.
STRICT_32_BYTES = rb"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"
URN = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NO_SUBJECT = "null"
_RECORD = re.compile(INDEX + b" " + STRICT_32_BYTES + b" ")
_UNOPENED = re.compile(
    INDEX + rb" (null|" + URN.encode() + rb") ([1-9][0-9]{0,15}) " + STRICT_32_BYTES
)
_ERASURE = re.compile(INDEX + rb" (.*)", re.DOTALL)
_LEAF_HEAD = b"\x00" + ENTRY_HEAD


Rederived = tuple[int, bytes, bytes, bool]
"""An opened record: index, commitment derived from salt and bytes, the bytes, is it the leaf."""


def rederive(lines: Sequence[bytes], leaves: bytes) -> tuple[list[Rederived], list[bytes]]:
    """Derive commitment and leaf of each line of `records`, and compare with the tree's leaves.

    `leaves` holds the leaf hashes of the whole log, one after another. Returns what was derived,
    and apart from it the lines of another form than `INDEX SALT RECORD`.
    """
    heads = [_RECORD.match(line) for line in lines]
    misspelled = [line for line, head in zip(lines, heads, strict=True) if head is None]
    found = [head for head in heads if head is not None]
    if not found:
        return [], misspelled
    indexes = [int(head[1]) for head in found]
    records = [head.string[head.end() :] for head in found]
    salts = _decoded([head[2] for head in found])
    digest, sha256 = hmac.digest, hashlib.sha256
    commitments = [
        digest(salt, record, "sha256") for salt, record in zip(salts, records, strict=True)
    ]
    derived = [sha256(_LEAF_HEAD + text + ENTRY_TAIL).digest() for text in _encoded(commitments)]
    are_leaves = [
        leaf == leaves[32 * index : 32 * index + 32]
        for index, leaf in zip(indexes, derived, strict=True)
    ]
    return list(zip(indexes, commitments, records, are_leaves, strict=True)), misspelled


def _decoded(texts: Sequence[bytes]) -> list[bytes]:
    """Return the 32 bytes of each text of 43 characters, by decoding all of them at once.

    An "A", six zero bits, fills each up to whole groups of four characters, which are 33 bytes.
    """
    joined = (b"A".join(texts) + b"A").translate(FROM_URL_ALPHABET)
    data = binascii.a2b_base64(joined, strict_mode=True)
    return [data[at : at + 32] for at in range(0, len(data), 33)]


def _encoded(values: Sequence[bytes]) -> list[bytes]:
    """Return the text of 43 characters of each 32 bytes, by encoding all of them at once."""
    joined = binascii.b2a_base64(b"\x00".join(values) + b"\x00", newline=False)
    text = joined.translate(TO_URL_ALPHABET)
    return [text[at : at + 43] for at in range(0, len(text), 44)]


def check_unopened(lines: Sequence[bytes], member: str, after: int, findings: Findings) -> int:
    """Check lines of `withheld` or `erased`: each rebuilds the tree's leaf at its index.

    `after` is the last index of the lines before; returns that of these.
    """
    for line in lines:
        match = _UNOPENED.fullmatch(line)
        if match is None:
            _refuse(line, "INDEX SUBJECT SEQ COMMITMENT", member, findings)
            continue
        index, commitment = int(match[1]), decode_base64url(match[4])
        subject = None if match[2] == NO_SUBJECT.encode() else match[2].decode("ascii")
        if not findings.take(index, member, after):
            continue
        after = index
        if findings.leaf(index) != leaf_hash(record_entry(commitment)):
            findings.add(
                f"entry {index} has another commitment in the log",
                member=member,
                index=index,
                subject=subject,
            )
            commitment = b""
        findings.link(Listed(index, subject, int(match[3]), commitment, member))
    return after


def check_erasures(lines: Sequence[bytes], after: int, findings: Findings) -> int:
    """Check lines of `erasures`: each is an erasure entry that stands in the tree at its index.

    `after` is the last index of the lines before; returns that of these.
    """
    for line in lines:
        match = _ERASURE.fullmatch(line)
        if match is None:
            _refuse(line, "INDEX ENTRY", ERASURES, findings)
            continue
        index = int(match[1])
        if not findings.take(index, ERASURES, after):
            continue
        after = index
        indexes = _erased_by(match[2])
        if indexes is None:
            findings.add(f"entry {index} is not an erasure", member=ERASURES, index=index)
        elif findings.leaf(index) != leaf_hash(match[2]):
            findings.add(f"entry {index} is another in the log", member=ERASURES, index=index)
        else:
            findings.erasures[index] = indexes
    return after


def _erased_by(entry: bytes) -> tuple[int, ...] | None:
    """Return the indexes that an erasure entry names, None when it is no such entry."""
    try:
        parsed = parse_entry(entry)
    except EntryFormatError:
        return None
    return parsed.indexes if isinstance(parsed, ErasureEntry) else None


def _refuse(line: bytes, form: str, member: str, findings: Findings) -> None:
    """Note a line that has not the form of its member."""
    index = first_number(line)
    where = "a line" if index is None else f"the line of entry {index}"
    findings.add(f"{where} is not written as {form}", member=member, index=index)


def first_number(line: bytes) -> int | None:
    """Return the index that a misspelled line seems to be of, None when there is none."""
    match = re.match(INDEX + b"(?: |$)", line)
    return int(match[1]) if match else None
