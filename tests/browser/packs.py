"""A pack on another machine: verified without the server, and tampered with."""

import subprocess
import zipfile
from pathlib import Path

from sites import COMMAND


def verify(pack: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `peer-xblocks verify` as elsewhere: nothing in the environment, another folder."""
    return subprocess.run(
        [COMMAND, "verify", str(pack), *options],
        cwd=pack.parent,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def records(pack: Path) -> list[bytes]:
    """The opened records, a line each."""
    with zipfile.ZipFile(pack) as zipped:
        return zipped.read("records").splitlines(keepends=True)


def with_records(pack: Path, name: str, lines: list[bytes]) -> Path:
    """A copy of the pack in which the opened records are these lines."""
    copy = pack.with_name(name)
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(copy, "w") as new:
        for member in old.namelist():
            data = b"".join(lines) if member == "records" else old.read(member)
            new.writestr(member, data)
    return copy
