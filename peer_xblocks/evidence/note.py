"""Signed notes: a text and the signatures of one or more keys under it (C2SP signed-note).

Two kinds of signature are made and checked: Ed25519 over the text, and the timestamped Ed25519
cosignature of C2SP tlog-cosignature. Lines of unknown keys are kept and never trusted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peer_xblocks.evidence.commitment import decode_base64, encode_base64
from peer_xblocks.evidence.errors import EncodingError, NoteError, SignatureError
from peer_xblocks.evidence.keys import (
    COSIGNATURE,
    KEY_ID_BYTES,
    VerifierKey,
    is_key_name,
    parse_key,
    public_key,
)

NOTE_BYTES_MAX = 1_000_000
SIGNATURES_MAX = 100
_DASH = "\u2014 "
_TIME_BYTES = 8
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who claims to have signed, and the bytes after the key id."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def label(self) -> str:
        """Return the short form `name+hex` of the key that claims to have signed."""
        return f"{self.name}+{self.key_id.hex()}"

    def line(self) -> str:
        """Return the line as it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {encode_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in a newline, and its signature lines, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        """Return the note as it is stored and sent."""
        return (self.text + "\n" + "".join(s.line() for s in self.signatures)).encode("utf-8")


def sign(text: str, name: str, private_key: Ed25519PrivateKey) -> bytes:
    """Return the signed note of this text with one Ed25519 signature under it.

    Raises NoteError for a text that no note can have, KeyFormatError for such a name.
    """
    _check_text(text)
    key = public_key(name, private_key)
    signature = Signature(name, key.key_id, private_key.sign(text.encode("utf-8")))
    return Note(text, (signature,)).to_bytes()


def cosign(note: bytes, name: str, private_key: Ed25519PrivateKey, seconds: int) -> bytes:
    """Return the note with a cosignature added, made at this POSIX time in seconds.

    Who cosigns says that this checkpoint is consistent with all they saw before: check that
    first (C2SP tlog-cosignature). Raises NoteError when there is no such note or time.
    """
    if not 0 <= seconds < 1 << 63:
        raise NoteError(f"{seconds} is not a time in seconds")
    parsed = parse(note)
    key = public_key(name, private_key, COSIGNATURE)
    made = private_key.sign(_cosigned(parsed.text, seconds))
    signature = Signature(name, key.key_id, seconds.to_bytes(_TIME_BYTES, "big") + made)
    return Note(parsed.text, (*parsed.signatures, signature)).to_bytes()


def parse(data: bytes) -> Note:
    """Return the text and the signature lines of a note, without checking any signature.

    Raises NoteError for bytes that are not exactly one signed note.
    """
    if len(data) > NOTE_BYTES_MAX:
        raise NoteError(f"it has more than {NOTE_BYTES_MAX} bytes")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError(f"byte {error.start} is not UTF-8") from error
    head, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteError("it has no blank line with signature lines after it")
    _check_text(head + "\n")
    lines = tail[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise NoteError(f"it has more than {SIGNATURES_MAX} signature lines")
    return Note(head + "\n", tuple(_parse_line(line) for line in lines))


def verify_signatures(note: Note, keys: Iterable[VerifierKey | str]) -> None:
    """Check that each of these keys has signed the note.

    Lines of other keys are ignored. Requires at least one key, because a note that nobody
    vouches for says nothing. Raises SignatureError for the first key that has not signed or
    whose signature is wrong, KeyFormatError for a text that is no key.
    """
    wanted = [parse_key(key) if isinstance(key, str) else key for key in keys]
    if not wanted:
        raise SignatureError("nobody", "was asked for, so nothing is proved")
    for key in wanted:
        _verify_signature(note, key)


def cosigned_at(note: Note, key: VerifierKey) -> int:
    """Return the POSIX time in seconds that a cosigner's line states, without checking it.

    Raises SignatureError when this key has no cosignature under the note.
    """
    for signature in _signatures_of(note, key):
        if key.kind == COSIGNATURE and len(signature.value) == _TIME_BYTES + _SIGNATURE_BYTES:
            return int.from_bytes(signature.value[:_TIME_BYTES], "big")
    raise SignatureError(key.label, "is missing")


def _verify_signature(note: Note, key: VerifierKey) -> None:
    """Raise SignatureError unless this key signed; every line under its name must be right."""
    signatures = _signatures_of(note, key)
    if not signatures:
        raise SignatureError(key.label, "is missing")
    for signature in signatures:
        message, value = note.text.encode("utf-8"), signature.value
        if key.kind == COSIGNATURE:
            message = _cosigned(note.text, int.from_bytes(value[:_TIME_BYTES], "big"))
            value = value[_TIME_BYTES:]
        if not key.is_signature(value, message):
            raise SignatureError(key.label, "is wrong")


def _signatures_of(note: Note, key: VerifierKey) -> Sequence[Signature]:
    """Return the lines that carry the name and the id of this key."""
    return [s for s in note.signatures if (s.name, s.key_id) == (key.name, key.key_id)]


def _cosigned(text: str, seconds: int) -> bytes:
    """Return what a cosigner signs (C2SP tlog-cosignature, "Ed25519 signed message")."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _parse_line(line: str) -> Signature:
    """Read one signature line; raises NoteError."""
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not is_key_name(name):
        raise NoteError("a signature line is not written as dash, name and signature")
    try:
        value = decode_base64(encoded)
    except EncodingError as error:
        raise NoteError(f"the signature line of {name} is not strict base64") from error
    if len(value) <= KEY_ID_BYTES:
        raise NoteError(f"the signature line of {name} is too short")
    return Signature(name, value[:KEY_ID_BYTES], value[KEY_ID_BYTES:])


def _check_text(text: str) -> None:
    """Raise NoteError unless a text can be signed: it ends in a newline, no control characters."""
    if not text.endswith("\n"):
        raise NoteError("its text does not end in a newline")
    if any(character < " " and character != "\n" for character in text):
        raise NoteError("its text has a control character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NoteError("its text cannot be written in UTF-8") from error
