"""Salts, commitments and the two forms of an entry (docs/reference/record.md, section 3)."""

import binascii
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from peer_xblocks.evidence.canonical import canonical_bytes, parse_canonical
from peer_xblocks.evidence.errors import CanonicalFormError, EncodingError, EntryFormatError

SALT_BYTES = 32
COMMITMENT_BYTES = 32
ENTRY_BYTES_MAX = 65_535

ENTRY_HEAD = b'{"c":"'
ENTRY_TAIL = b'","v":1}'
TO_URL_ALPHABET = bytes.maketrans(b"+/", b"-_")
# The standard alphabet's own two characters become ones that no alphabet has.
FROM_URL_ALPHABET = bytes.maketrans(b"-_+/=", b"+/...")


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """The entry of a record: a commitment and nothing else."""

    commitment: bytes


@dataclass(frozen=True, slots=True)
class ErasureEntry:
    """The entry that says that the records behind these entries, ascending, are gone."""

    indexes: tuple[int, ...]


def new_salt() -> bytes:
    """Return 32 fresh random bytes; each record has its own."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, record: bytes) -> bytes:
    """Return the 32-byte commitment HMAC-SHA-256(salt, canonical bytes of a record).

    Requires a salt of exactly 32 bytes, so that HMAC's key padding cannot make two salts equal;
    raises EntryFormatError otherwise.
    """
    if len(salt) != SALT_BYTES:
        raise EntryFormatError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.digest(salt, record, "sha256")


def record_entry(commitment: bytes) -> bytes:
    """Return the 57 bytes of the entry of a record with this 32-byte commitment."""
    if len(commitment) != COMMITMENT_BYTES:
        raise EntryFormatError(f"a commitment has {COMMITMENT_BYTES} bytes, not {len(commitment)}")
    return ENTRY_HEAD + encode_base64url(commitment).encode("ascii") + ENTRY_TAIL


def erasure_entry(indexes: Iterable[int]) -> bytes:
    """Return the bytes of the entry that says that these entries' records are gone.

    Requires at least one index; sorts them. Raises EntryFormatError for an index given twice or
    below 0, and when they do not fit into one entry of 65,535 bytes (tlog-tiles).
    """
    ordered = sorted(indexes)
    _check_erased(ordered)
    entry = canonical_bytes({"erased": ordered, "v": 1})
    if len(entry) > ENTRY_BYTES_MAX:
        raise EntryFormatError(f"{len(ordered)} indexes do not fit into one entry")
    return entry


def parse_entry(entry: bytes) -> RecordEntry | ErasureEntry:
    """Return what an entry says; raises EntryFormatError for any other bytes."""
    try:
        value = parse_canonical(entry)
    except CanonicalFormError as error:
        raise EntryFormatError(error.reason) from error
    if not isinstance(value, dict) or not _is_one(value.get("v")) or len(value) != 2:
        raise EntryFormatError("it has not exactly the members of version 1")
    if "c" in value:
        return RecordEntry(_commitment_of(value["c"]))
    return ErasureEntry(_indexes_of(value.get("erased")))


def encode_base64url(data: bytes) -> str:
    """Return bytes in base64url without padding (RFC 4648, section 5)."""
    encoded = binascii.b2a_base64(data, newline=False).rstrip(b"=")
    return encoded.translate(TO_URL_ALPHABET).decode("ascii")


def decode_base64url(text: str | bytes, length: int | None = None) -> bytes:
    """Return the bytes, `length` of them if given, that unpadded base64url stands for.

    Raises EncodingError for padding, another alphabet, white space, another length and for
    trailing bits that are not zero: of several texts for the same bytes only one is taken.
    """
    return _decode(text, "base64url", length)


def encode_base64(data: bytes) -> str:
    """Return bytes in padded standard base64 (RFC 4648, section 4), as notes use it."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def decode_base64(text: str | bytes, length: int | None = None) -> bytes:
    """Return the bytes that padded standard base64 stands for, as strictly as base64url."""
    return _decode(text, "base64", length)


def _decode(text: str | bytes, alphabet: str, length: int | None) -> bytes:
    """Decode, and take the result only if encoding it gives the same text."""
    try:
        raw = text.encode("ascii") if isinstance(text, str) else text
        padded = raw
        if alphabet == "base64url":
            padded = raw.translate(FROM_URL_ALPHABET) + b"=" * (-len(raw) % 4)
        data = binascii.a2b_base64(padded, strict_mode=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise EncodingError(alphabet, length) from error
    if length is not None and len(data) != length:
        raise EncodingError(alphabet, length)
    again = encode_base64url(data) if alphabet == "base64url" else encode_base64(data)
    if again.encode("ascii") != raw:
        raise EncodingError(alphabet, length)
    return data


def _is_one(value: object) -> bool:
    return value == 1 and not isinstance(value, bool)


def _commitment_of(text: object) -> bytes:
    """Read the commitment of a record's entry."""
    if not isinstance(text, str):
        raise EntryFormatError("its commitment is not text")
    try:
        return decode_base64url(text, COMMITMENT_BYTES)
    except EncodingError as error:
        raise EntryFormatError("its commitment is not strict base64url of 32 bytes") from error


def _indexes_of(value: object) -> tuple[int, ...]:
    """Read the indexes of an erasure's entry."""
    if not isinstance(value, list):
        raise EntryFormatError("it has neither a commitment nor a list of indexes")
    _check_erased(value)
    return tuple(value)


def _check_erased(indexes: list[int]) -> None:
    """Raise EntryFormatError unless the indexes are whole numbers, at least one, ascending."""
    if not indexes:
        raise EntryFormatError("an erasure names at least one entry")
    if any(not isinstance(index, int) or isinstance(index, bool) for index in indexes):
        raise EntryFormatError("an index is a whole number")
    if indexes[0] < 0 or any(a >= b for a, b in pairwise(indexes)):
        raise EntryFormatError("the indexes of an erasure ascend from 0 on")
