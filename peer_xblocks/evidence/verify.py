"""Checking a pack offline: everything is derived again, and every problem is reported."""

from collections.abc import Sequence
from pathlib import Path

from peer_xblocks.evidence.report import Report


def verify_pack(path: Path | str, keys: Sequence[str] = (), since: bytes | None = None) -> Report:
    """Check a pack, a folder or a zip, and report every problem in it.

    Each of `keys`, verifier key strings of the log or of cosigners, must have signed its
    checkpoint. `since` is an earlier signed checkpoint of the same log, which this one must
    continue. Raises KeyFormatError for a text that is no key, and nothing else: whatever is
    wrong with the pack is a problem in the report.
    """
    raise NotImplementedError
