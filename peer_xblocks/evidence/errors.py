"""What can go wrong with evidence, as one tree of errors whose facts are attributes.

EvidenceError
├── CanonicalFormError        a value or text has no canonical form
├── EncodingError             base64 that is not written strictly
├── EntryFormatError          bytes that are no entry of ours
├── ProofError                a proof that cannot be right for this index or size
│   └── RootMismatchError     a proof that leads to another root
├── TileError                 a tile that has no such path or no such bytes
├── NoteError                 text that is no signed note
├── KeyFormatError            text that is no verifier key
├── SignatureError            a signature that is absent or wrong
├── CheckpointError           a note that is no checkpoint
└── PackError                 a pack, or a member of it, that cannot be read or written
"""


class EvidenceError(Exception):
    """Something offered as evidence is not what it should be."""


class CanonicalFormError(EvidenceError):
    """A value has no canonical form, or bytes are not in it (RFC 8785)."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, a clause that follows "because"."""
        super().__init__(f"There is no canonical form because {reason}.")
        self.reason = reason


class EncodingError(EvidenceError):
    """Text is not the one strict base64 form of so many bytes (RFC 4648)."""

    def __init__(self, alphabet: str, length: int | None) -> None:
        """Keep the alphabet's name and the length in bytes that was wanted, None for any."""
        size = "bytes" if length is None else f"{length} bytes"
        super().__init__(f"The text is not the strict {alphabet} form of {size}.")
        self.alphabet = alphabet
        self.length = length


class EntryFormatError(EvidenceError):
    """Bytes are not an entry of the log."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, a clause that follows "because"."""
        super().__init__(f"This is not an entry of the log because {reason}.")
        self.reason = reason


class ProofError(EvidenceError):
    """A proof cannot be made, or cannot be right for the index and sizes it is given for."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, a clause that follows "because"."""
        super().__init__(f"The proof does not hold because {reason}.")
        self.reason = reason


class RootMismatchError(ProofError):
    """A proof leads to another root than the one it should lead to."""

    def __init__(self, got: bytes, want: bytes) -> None:
        """Keep both roots."""
        super().__init__(f"it leads to the root {got.hex()}, not to {want.hex()}")
        self.got = got
        self.want = want


class TileError(EvidenceError):
    """A tile or entry bundle has an impossible path or the wrong bytes."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the path and the reason, a clause that follows "because"."""
        super().__init__(f"The tile {path} is not usable because {reason}.")
        self.path = path
        self.reason = reason


class NoteError(EvidenceError):
    """Text is not a signed note (C2SP signed-note)."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, a clause that follows "because"."""
        super().__init__(f"This is not a signed note because {reason}.")
        self.reason = reason


class KeyFormatError(EvidenceError):
    """Text is not a verifier key that we can use (C2SP signed-note, "Verifier keys")."""

    def __init__(self, key: str, reason: str) -> None:
        """Keep the key's text and the reason, a clause that follows "because"."""
        super().__init__(f'"{key}" is not a verifier key because {reason}.')
        self.key = key
        self.reason = reason


class SignatureError(EvidenceError):
    """A key that should have signed a note has not, or its signature is wrong."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep the key's name and the reason, a clause that follows the name."""
        super().__init__(f"The signature of {name} {reason}.")
        self.name = name
        self.reason = reason


class CheckpointError(EvidenceError):
    """A note is not a checkpoint of the log it should be of (C2SP tlog-checkpoint)."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, a clause that follows "because"."""
        super().__init__(f"This is not the checkpoint of the log because {reason}.")
        self.reason = reason


class PackError(EvidenceError):
    """A pack cannot be read or written; `member` is None when it is the pack itself."""

    def __init__(self, member: str | None, reason: str) -> None:
        """Keep the member's name and the reason, a clause that follows the name."""
        super().__init__(f"{'The pack' if member is None else member} {reason}.")
        self.member = member
        self.reason = reason
