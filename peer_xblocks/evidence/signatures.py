"""Who signed a checkpoint, asked alike for a pack and for the proof of one record."""

from collections.abc import Sequence

from peer_xblocks.evidence import note as notes
from peer_xblocks.evidence.checkpoint import Checkpoint
from peer_xblocks.evidence.errors import EvidenceError, SignatureError
from peer_xblocks.evidence.keys import ED25519, VerifierKey
from peer_xblocks.evidence.note import Note
from peer_xblocks.evidence.report import Problem


def check_signatures(
    note: Note, checkpoint: Checkpoint, keys: Sequence[VerifierKey], member: str
) -> tuple[tuple[str, ...], list[Problem]]:
    """Return who signed a checkpoint, or claims to when no key is given, and what is wrong."""
    problems: list[Problem] = []
    if not keys:
        if all(signature.name != checkpoint.origin for signature in note.signatures):
            problems.append(Problem(f"{checkpoint.origin} has not signed it", member))
        return tuple(signature.label for signature in note.signatures), problems
    signed: list[str] = []
    for key in keys:
        if key.kind == ED25519 and key.name != checkpoint.origin:
            sentence = f"it is of {checkpoint.origin} and the key is of {key.name}"
            problems.append(Problem(sentence, member))
            continue
        try:
            notes.verify_signatures(note, [key])
            signed.append(key.label)
        except SignatureError as error:
            problems.append(of_member(error, member))
    return tuple(signed), problems


def of_member(error: EvidenceError, member: str) -> Problem:
    """Return an error of something that a member holds, as a problem of that member."""
    return Problem(str(error), member)
