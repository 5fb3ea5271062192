"""Canonical bytes, commitments and entries: the bytes that everything else stands on."""

import hashlib
import hmac
from contextlib import suppress
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.evidence import commitment
from peer_xblocks.evidence.canonical import canonical_bytes, parse_canonical, sha256_hex
from peer_xblocks.evidence.commitment import ErasureEntry, RecordEntry
from peer_xblocks.evidence.errors import CanonicalFormError, EncodingError, EntryFormatError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
VALUES = st.recursive(SCALARS, lambda v: st.lists(v) | st.dictionaries(TEXT, v), max_leaves=20)


@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    """Writing gives what the library of the standard gives, and reading gives the value back."""
    assert canonical_bytes(value) == rfc8785.dumps(value)
    assert parse_canonical(canonical_bytes(value)) == value


def test_names_are_sorted_by_utf_16_unit() -> None:
    """A name beyond the basic plane stands before one at its end, unlike by code point."""
    value = {"\ufb33": 1, "\U0001f600": 2}
    assert list(parse_canonical(canonical_bytes(value))) == ["\U0001f600", "\ufb33"]
    with pytest.raises(CanonicalFormError):
        parse_canonical('{"\ufb33":1,"\U0001f600":2}'.encode())


@pytest.mark.parametrize(
    "value", [1.0, [0.5], {"a": {"b": float("nan")}}, 2**53, {1: 2}, b"x", "\ud800"]
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    """Floats, large numbers, other types and lone surrogates are not written."""
    with pytest.raises(CanonicalFormError):
        canonical_bytes(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b' {"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\\ud83c\\udf31"',
        b'"\x00"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900 + b" ",
    ],
)
def test_bytes_that_are_not_canonical_are_refused(data: bytes) -> None:
    """There is one way to write a value, and nothing else is read."""
    with pytest.raises(CanonicalFormError):
        parse_canonical(data)


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    """A value that is nested too deep to write is an error."""
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(CanonicalFormError, match="too deep"):
        canonical_bytes(value)


def test_a_digest_is_hex() -> None:
    """Documents are named by 64 lower-case hex digits."""
    assert sha256_hex(b"") == hashlib.sha256().hexdigest()


def test_a_salt_is_fresh() -> None:
    """Each record gets 32 random bytes of its own."""
    assert len(commitment.new_salt()) == 32
    assert commitment.new_salt() != commitment.new_salt()


@given(st.binary(min_size=32, max_size=32), st.binary())
def test_a_commitment_is_hmac_under_the_salt(salt: bytes, record: bytes) -> None:
    """The commitment is HMAC-SHA-256 with the salt as its key."""
    assert commitment.commit(salt, record) == hmac.new(salt, record, "sha256").digest()


@given(st.binary(max_size=100).filter(lambda salt: len(salt) != 32))
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    """HMAC would pad a short key, so that two salts could give one commitment."""
    with pytest.raises(EntryFormatError):
        commitment.commit(salt, b"record")


@given(st.binary(min_size=32, max_size=32))
def test_the_entry_of_a_record_has_57_bytes(value: bytes) -> None:
    """An entry holds the commitment and nothing else, in canonical form."""
    entry = commitment.record_entry(value)
    assert len(entry) == 57
    assert entry == canonical_bytes({"c": commitment.encode_base64url(value), "v": 1})
    assert commitment.parse_entry(entry) == RecordEntry(value)


@given(st.sets(st.integers(0, 2**50), min_size=1, max_size=50))
def test_an_erasure_names_its_entries_in_order(indexes: set[int]) -> None:
    """The entry of an erasure lists the indexes ascending and reads back."""
    entry = commitment.erasure_entry(indexes)
    assert commitment.parse_entry(entry) == ErasureEntry(tuple(sorted(indexes)))


@pytest.mark.parametrize("indexes", [[], [1, 1], [-1], range(20_000)])
def test_an_erasure_that_cannot_be_is_refused(indexes: Any) -> None:
    """No index, one twice, one below 0, or more than fit into one entry is an error."""
    with pytest.raises(EntryFormatError):
        commitment.erasure_entry(indexes)


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"null",
        b'{"v":1}',
        b'{"c":"AAAA","v":1}',
        b'{"c":5,"v":1}',
        b'{"c":"' + b"A" * 43 + b'","v":2}',
        b'{"c":"' + b"A" * 43 + b'","v":true}',
        b'{"c":"' + b"A" * 42 + b'B","v":1}',
        b'{"c":"' + b"A" * 43 + b'","v":1,"x":1}',
        b'{"v":1,"c":"' + b"A" * 43 + b'"}',
        b'{"erased":[],"v":1}',
        b'{"erased":[2,1],"v":1}',
        b'{"erased":[1,1],"v":1}',
        b'{"erased":["1"],"v":1}',
        b'{"erased":[true],"v":1}',
        b'{"erased":{},"v":1}',
    ],
)
def test_bytes_that_are_no_entry_are_refused(entry: bytes) -> None:
    """Only the two forms of the page are entries."""
    with pytest.raises(EntryFormatError):
        commitment.parse_entry(entry)


def test_only_32_bytes_are_a_commitment() -> None:
    """The entry of a record is not made for anything shorter."""
    with pytest.raises(EntryFormatError):
        commitment.record_entry(b"short")


@given(st.binary(max_size=100))
def test_base64_reads_back(data: bytes) -> None:
    """What is encoded decodes to the same bytes, in both alphabets."""
    assert commitment.decode_base64url(commitment.encode_base64url(data), len(data)) == data
    assert commitment.decode_base64(commitment.encode_base64(data), len(data)) == data


@given(st.binary(min_size=32, max_size=32), st.integers(0, 42), st.binary(min_size=1, max_size=1))
def test_one_text_alone_stands_for_bytes(data: bytes, position: int, other: bytes) -> None:
    """Changing any character of a commitment gives other bytes or none."""
    text = commitment.encode_base64url(data).encode()
    altered = text[:position] + other + text[position + 1 :]
    if altered != text:
        with suppress(EncodingError):
            assert commitment.decode_base64url(altered, 32) != data


@pytest.mark.parametrize(
    "text", ["AA==", "A", "AB", "A+8A", "A/8A", "AA\n", " AA", "A A", "é", "AAA="]
)
def test_loose_base64url_is_refused(text: str) -> None:
    """Padding, the other alphabet, spaces and stray bits are errors."""
    with pytest.raises(EncodingError):
        commitment.decode_base64url(text)


@pytest.mark.parametrize(
    "text", ["AA", "AB==", "A-8A", "A_8A", "AA==\n", "AA==AA==", "AAA", "=AAA"]
)
def test_loose_base64_is_refused(text: str) -> None:
    """Missing padding, the other alphabet and stray bits are errors."""
    with pytest.raises(EncodingError):
        commitment.decode_base64(text)


def test_another_length_is_refused() -> None:
    """A caller that wants 32 bytes gets no fewer."""
    with pytest.raises(EncodingError) as caught:
        commitment.decode_base64url("AAAA", 32)
    assert str(caught.value) == "The text is not the strict base64url form of 32 bytes."
