"""The published vectors under tests/vectors/merkle, read once."""

import base64
import json
from pathlib import Path
from typing import Any

MERKLE = Path(__file__).parents[2] / "vectors" / "merkle"
TESSERA = MERKLE / "tessera-log"


def read(name: str) -> Any:
    """Return the content of a vector file."""
    return json.loads((MERKLE / name).read_text(encoding="utf-8"))


def cases(name: str) -> list[Any]:
    """Return the cases of a file of proof vectors."""
    found: list[Any] = read(name)["cases"]
    return found


def hashes(texts: list[str] | None) -> list[bytes]:
    """Return decoded hashes; null means an empty list there."""
    return [base64.b64decode(text) for text in texts or []]
