"""Signed notes, verifier keys and cosignatures against the published example and by laws."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.evidence import keys, note
from peer_xblocks.evidence.errors import KeyFormatError, NoteError, SignatureError

from . import vectors

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BODY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
TEXT = "example.com/log\n3\nroot\n"
SIGNED = note.sign(TEXT, "example.com/log", LOG)
LOG_KEY = keys.public_key("example.com/log", LOG)
BODY_KEY = keys.public_key("body.example/w1", BODY, keys.COSIGNATURE)
SECONDS = 1_763_800_000
COSIGNED = note.cosign(SIGNED, "body.example/w1", BODY, SECONDS)


def test_the_published_note_verifies_with_its_key() -> None:
    """The example of the standard is read, verified and written again as it was."""
    vector = vectors.read("signed-note.json")
    data = vector["note"].encode()
    parsed = note.parse(data)
    note.verify_signatures(parsed, [vector["vkey"]])
    assert parsed.text == "This is an example message.\n"
    assert parsed.to_bytes() == data
    assert str(keys.parse_key(vector["vkey"])) == vector["vkey"]


def test_a_note_is_verified_by_the_key_that_signed_it() -> None:
    """What `sign` writes, `verify_signatures` takes, from the key as text and as a value."""
    note.verify_signatures(note.parse(SIGNED), [LOG_KEY])
    note.verify_signatures(note.parse(SIGNED), [str(LOG_KEY)])


def test_each_given_key_must_have_signed() -> None:
    """One good signature does not make up for a missing one."""
    with pytest.raises(SignatureError, match="is missing"):
        note.verify_signatures(note.parse(SIGNED), [LOG_KEY, BODY_KEY])
    note.verify_signatures(note.parse(COSIGNED), [LOG_KEY, BODY_KEY])


def test_no_key_proves_nothing() -> None:
    """Asking for nobody's signature is an error, not a success."""
    with pytest.raises(SignatureError, match="nothing is proved"):
        note.verify_signatures(note.parse(SIGNED), [])


def test_a_cosignature_covers_its_time() -> None:
    """A cosignature with another time under it is wrong."""
    parsed = note.parse(COSIGNED)
    assert note.cosigned_at(parsed, BODY_KEY) == SECONDS
    log_line, line = parsed.signatures
    moved = note.Signature(line.name, line.key_id, bytes(8) + line.value[8:])
    with pytest.raises(SignatureError, match="is wrong"):
        note.verify_signatures(note.Note(parsed.text, (log_line, moved)), [BODY_KEY])


def test_a_cosigned_text_is_the_one_of_the_standard() -> None:
    """The cosigner signs a header, the time and the body of the checkpoint."""
    line = note.parse(COSIGNED).signatures[1]
    message = f"cosignature/v1\ntime {SECONDS}\n{TEXT}".encode()
    BODY.public_key().verify(line.value[8:], message)
    assert int.from_bytes(line.value[:8], "big") == SECONDS


def test_a_cosignature_that_is_not_there_has_no_time() -> None:
    """Asking when a key cosigned that did not is an error."""
    with pytest.raises(SignatureError, match="missing"):
        note.cosigned_at(note.parse(SIGNED), BODY_KEY)


def test_a_time_before_1970_is_refused() -> None:
    """A cosignature's time is an unsigned number of seconds."""
    with pytest.raises(NoteError, match="-1"):
        note.cosign(SIGNED, "body.example/w1", BODY, -1)


def test_lines_of_unknown_keys_are_ignored() -> None:
    """Another signature under a known name, or a longer one, does not disturb."""
    unknown = f"\u2014 example.com/log {base64.b64encode(bytes(2424)).decode()}\n".encode()
    note.verify_signatures(note.parse(SIGNED + unknown), [LOG_KEY])


def test_a_second_wrong_line_of_a_known_key_is_refused() -> None:
    """When one of two lines of a known key is wrong the note is refused."""
    wrong = base64.b64encode(LOG_KEY.key_id + bytes(64)).decode()
    line = f"\u2014 example.com/log {wrong}\n".encode()
    with pytest.raises(SignatureError, match="is wrong"):
        note.verify_signatures(note.parse(SIGNED + line), [LOG_KEY])


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_an_altered_byte_is_noticed(position: int, change: int) -> None:
    """A note with any byte altered is no note or is not signed any more."""
    altered = bytearray(SIGNED)
    altered[position] ^= change
    with pytest.raises((NoteError, SignatureError)):
        note.verify_signatures(note.parse(bytes(altered)), [LOG_KEY])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAA=",
        b"text\n\n- name AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 na+me AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAB=\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAA\n",
        b"text\n\n\xe2\x80\x94  AAAAAAA=\n",
        b"te\x00xt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"te\txt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"te\xffxt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"text\n\n" + b"\xe2\x80\x94 name AAAAAAA=\n" * 101,
        b"text\n" * 250_000,
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    """Bytes that are not exactly one signed note are an error."""
    with pytest.raises(NoteError):
        note.parse(data)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "\ud800\n"])
def test_a_text_that_no_note_has_is_not_signed(text: str) -> None:
    """Only plain lines of UTF-8 are signed."""
    with pytest.raises(NoteError):
        note.sign(text, "example.com/log", LOG)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb"])
def test_a_name_that_no_key_has_is_refused(name: str) -> None:
    """A key's name has no spaces and no plus."""
    with pytest.raises(KeyFormatError):
        keys.public_key(name, LOG)


@given(st.integers(0, len(str(LOG_KEY)) - 1), st.characters(codec="ascii"))
def test_a_misspelled_key_is_refused(position: int, character: str) -> None:
    """Any other character in a verifier key string shows in its key id."""
    text = str(LOG_KEY)
    misspelled = text[:position] + character + text[position + 1 :]
    if misspelled != text:
        with pytest.raises(KeyFormatError):
            keys.parse_key(misspelled)


def test_a_key_of_a_kind_that_is_not_checked_here_is_refused() -> None:
    """A key for ML-DSA or for anything else than Ed25519 is an error that says so."""
    other = keys.VerifierKey("example.com/log", 6, LOG_KEY.public)
    with pytest.raises(KeyFormatError, match="type 6"):
        keys.parse_key(str(other))
    short = keys.VerifierKey("example.com/log", 1, LOG_KEY.public[:31])
    with pytest.raises(KeyFormatError, match="32 bytes"):
        keys.parse_key(str(short))


def test_every_error_is_one_plain_sentence() -> None:
    """What goes wrong with a key is said in a sentence and kept as facts."""
    with pytest.raises(KeyFormatError) as caught:
        keys.parse_key("nonsense")
    assert str(caught.value) == (
        '"nonsense" is not a verifier key because it has not the form name+hex+base64.'
    )
    assert caught.value.key == "nonsense"
