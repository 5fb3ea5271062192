"""The keys that sign checkpoints: files that only the site's own account can read.

The setting PEER_XBLOCKS_KEYS maps a programme's name, or "*" for all others, to the path of a
file with one Ed25519 private key in PEM (PKCS8). A key never stands in the database.
"""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import Error
from peer_xblocks.core.sentences import gettext_noop

OTHERS = "*"


class KeyFileError(Error):
    """The key that signs for a programme cannot be used; `path` names its file."""

    code = "key_file"
    sentence = gettext_noop("The key that signs this log cannot be used.")


def private_key(programme: str) -> Ed25519PrivateKey:
    """Return the key that signs the checkpoints of a programme; raises KeyFileError."""
    keys = getattr(settings, "PEER_XBLOCKS_KEYS", {})
    path = keys.get(programme) or keys.get(OTHERS)
    if not path:
        raise KeyFileError(_("No key is named for this programme in PEER_XBLOCKS_KEYS."))
    return _load(Path(path))


def make_key(path: Path | str) -> None:
    """Write a new private key into a new file that only its owner can read.

    Raises FileExistsError when there is one already: a log that changes its key by accident
    looks to everybody else like another log.
    """
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)


def _load(path: Path) -> Ed25519PrivateKey:
    try:
        with path.open("rb") as file:
            # Asked of the open file, so that nobody can change it in between.
            mode = os.fstat(file.fileno()).st_mode
            pem = file.read(10_000)
    except OSError as error:
        raise KeyFileError(_("The key file cannot be read."), path=str(path)) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(
            _("The key file can be read by others on this machine; give it the mode 0600."),
            path=str(path),
        )
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError(
            _("The key file holds no private key in PEM."), path=str(path)
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(_("The key in the key file is not of Ed25519."), path=str(path))
    return key
