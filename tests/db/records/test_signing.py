"""Key files: made for their owner alone, and refused when anybody else could read them."""

import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from peer_xblocks.records.signing import KeyFileError, make_key, private_key


def test_a_new_key_is_its_owners_alone(tmp_path, settings):
    """A key file has the mode 0600 from the first moment and is never written over."""
    path = tmp_path / "key.pem"
    make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    settings.PEER_XBLOCKS_KEYS = {"*": str(path)}
    assert private_key("a").public_key() == private_key("b").public_key()
    with pytest.raises(FileExistsError):
        make_key(path)


def test_a_programmes_own_key_comes_before_the_one_for_all(tmp_path, settings):
    """Each programme may have a key of its own."""
    for name in ("own", "all"):
        make_key(tmp_path / name)
    settings.PEER_XBLOCKS_KEYS = {"pss": tmp_path / "own", "*": tmp_path / "all"}
    assert private_key("pss").public_key() != private_key("other").public_key()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_key_that_others_may_read_or_write_is_refused(tmp_path, settings, mode):
    """The refusal says which file and what to do."""
    path = tmp_path / "key.pem"
    make_key(path)
    path.chmod(mode)
    settings.PEER_XBLOCKS_KEYS = {"*": path}
    with pytest.raises(KeyFileError, match="0600") as refused:
        private_key("pss")
    assert refused.value.facts == {"path": str(path)}


def other_kind() -> bytes:
    """A private key that is not of Ed25519."""
    return generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.parametrize("content", [b"", b"not a key", other_kind()])
def test_what_is_no_ed25519_key_is_refused(tmp_path, settings, content):
    """A file with anything else gives one sentence and no traceback of a library."""
    path = tmp_path / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(content)
    settings.PEER_XBLOCKS_KEYS = {"*": path}
    with pytest.raises(KeyFileError):
        private_key("pss")


def test_a_missing_key_is_named(tmp_path, settings):
    """Neither a setting nor a file that is not there passes for a key."""
    settings.PEER_XBLOCKS_KEYS = {}
    with pytest.raises(KeyFileError, match="PEER_XBLOCKS_KEYS"):
        private_key("pss")
    settings.PEER_XBLOCKS_KEYS = {"*": tmp_path / "none.pem"}
    with pytest.raises(KeyFileError, match="cannot be read"):
        private_key("pss")
