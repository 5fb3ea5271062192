"""A site of one's own, started as `peer-xblocks run` starts it, for as long as a test needs it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("peer-xblocks"))
START_SECONDS = 120


class NotStartedError(Exception):
    """The site did not start; says what it printed."""


@dataclass(frozen=True)
class Site:
    """A site that serves, with what it printed when it was seeded."""

    url: str
    data: Path
    printed: str

    @property
    def key(self) -> str:
        """The verifier key of the log, as printed at the start."""
        found = re.search(r"\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}", self.printed)
        assert found, self.printed
        return found.group()


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Site]:
    """A new site in a folder, with more in its environment; it ends with the block."""
    port, log = _free_port(), folder / "printed.txt"
    command = [COMMAND, "run", "--port", str(port), "--data", str(folder / "var")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "300", **more}
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/", process, log)
            yield Site(f"http://127.0.0.1:{port}", folder / "var", log.read_text())
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 4):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise NotStartedError(f"the site did not start:\n{log.read_text()}")
