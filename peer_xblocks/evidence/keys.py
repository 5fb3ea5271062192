"""Verifier keys: who signs, and with which Ed25519 key (C2SP signed-note, "Verifier keys")."""

import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from peer_xblocks.evidence.commitment import decode_base64, encode_base64
from peer_xblocks.evidence.errors import EncodingError, KeyFormatError

ED25519 = 0x01
COSIGNATURE = 0x04
KEY_ID_BYTES = 4
_KEY_BYTES = 33
_TEXT = re.compile(r"([^+\s]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/=]+)")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name with the Ed25519 public key and the kind of signature that it makes.

    `kind` is 1 for a log's own signature and 4 for the timestamped one of a cosigner.
    """

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the first 4 bytes of SHA-256(name, newline, kind, public key)."""
        text = self.name.encode("utf-8") + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(text).digest()[:KEY_ID_BYTES]

    @property
    def label(self) -> str:
        """Return the short form `name+hex` by which people tell keys apart."""
        return f"{self.name}+{self.key_id.hex()}"

    def __str__(self) -> str:
        """Return the verifier key string `name+hex+base64` that is given to others."""
        return f"{self.label}+{encode_base64(bytes([self.kind]) + self.public)}"

    def is_signature(self, signature: bytes, message: bytes) -> bool:
        """Say whether this key made this 64-byte Ed25519 signature over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def is_key_name(name: str) -> bool:
    """Say whether a text can name a key: not empty, without spaces, plus or control characters."""
    return bool(name) and "+" not in name and not any(c.isspace() or c < " " for c in name)


def public_key(name: str, private_key: Ed25519PrivateKey, kind: int = ED25519) -> VerifierKey:
    """Return the verifier key that belongs to a private key.

    Raises KeyFormatError for a name that no key can have.
    """
    if not is_key_name(name):
        raise KeyFormatError(name, "its name is empty or has a space or a plus")
    return VerifierKey(name, kind, private_key.public_key().public_bytes_raw())


def parse_key(text: str) -> VerifierKey:
    """Return the key that a verifier key string stands for.

    Raises KeyFormatError when it is misspelled, which its key id would show, or of a kind that
    we cannot check.
    """
    match = _TEXT.fullmatch(text)
    if match is None or not is_key_name(match[1]):
        raise KeyFormatError(text, "it has not the form name+hex+base64")
    try:
        material = decode_base64(match[3])
    except EncodingError as error:
        raise KeyFormatError(text, "its last part is not strict base64") from error
    if material[0] not in (ED25519, COSIGNATURE):
        raise KeyFormatError(text, f"keys of type {material[0]} cannot be checked here")
    if len(material) != _KEY_BYTES:
        raise KeyFormatError(text, f"it holds {len(material)} bytes, not {_KEY_BYTES}")
    key = VerifierKey(match[1], material[0], material[1:])
    if key.key_id.hex() != match[2]:
        raise KeyFormatError(text, f"its key id should be {key.key_id.hex()}")
    return key
