"""The folder that holds everything the embedded site keeps, and the secrets in it, readable by
their owner alone.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any


def folder() -> Path:
    """The data folder: PEER_XBLOCKS_DATA, `var` in the current folder when it is not set. Made
    when missing.
    """
    path = Path(os.environ.get("PEER_XBLOCKS_DATA") or "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key() -> str:
    """The site's own secret key, made on first use."""
    return private_text(folder() / "secret-key", secrets.token_urlsafe(48))


def log_host() -> str:
    """The host name in the origin of this site's logs: random, made on first use, never a real
    domain.
    """
    return private_text(folder() / "log-host", f"standalone-{secrets.token_hex(4)}.invalid")


def recordings() -> dict[str, Any] | None:
    """Where recordings are kept instead of in this folder: what the file says that is named by
    PEER_XBLOCKS_RECORDINGS, a Django storage as JSON. None where none is named.
    """
    name = os.environ.get("PEER_XBLOCKS_RECORDINGS")
    if not name:
        return None
    try:
        said = json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(
            f"PEER_XBLOCKS_RECORDINGS: {name} cannot be read as JSON ({error})."
        ) from error
    if not isinstance(said, dict) or "BACKEND" not in said:
        raise SystemExit(f'PEER_XBLOCKS_RECORDINGS: {name} names no storage: it needs a "BACKEND".')
    return said


def private_text(path: Path, fresh: str) -> str:
    """The text in a file that only its owner may read; with `fresh` in it when the file is new."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(fresh + "\n")
    return fresh
