"""`peer-xblocks run` as a process of its own.

What it prints, what it keeps, and what it says when it cannot.
"""

import os
import re
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

START = "from peer_xblocks.standalone import serve; serve.main('127.0.0.1', {port}, {data!r})"


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, port: int) -> Iterator[str]:
    """The site while it serves; what it printed until then."""
    code = START.format(port=port, data=str(data))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    log = data.with_suffix(".log")
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=out, stderr=out, env=environment
        )
    try:
        for _ in range(240):
            if "Stop with Ctrl-C" in log.read_text() or process.poll() is not None:
                break
            time.sleep(0.25)
        assert process.poll() is None, log.read_text()
        yield log.read_text()
    finally:
        process.terminate()
        process.wait(timeout=20)


def fetch(port: int, path: str) -> tuple[int, str]:
    """One request."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str, list[int]]:
    """A first run that is over: folder, port, what it printed, and twenty answers at once."""
    data, port = tmp_path_factory.mktemp("run") / "var", free_port()
    with running(data, port) as printed, ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: fetch(port, "/sign-in")[0], range(20)))
    return data, port, printed, answers


def key_in(printed: str) -> str:
    """The verifier key that a run printed."""
    found = re.search(r"\S+/peer-xblocks/pss-2026\+[0-9a-f]{8}\+\S+", printed)
    assert found, printed
    return found[0]


def test_it_says_where_to_go_and_serves_many_at_once(first_run):
    """Address, verifier key and how to verify are printed; twenty requests at once are answered."""
    _data, port, printed, answers = first_run
    assert f"http://127.0.0.1:{port}/" in printed
    assert key_in(printed)
    assert "peer-xblocks verify" in printed
    assert answers == [200] * 20


def test_starting_again_keeps_the_key_and_the_log(first_run):
    """A second start on the same folder prints the same key and serves."""
    data, _port, printed, _answers = first_run
    port = free_port()
    with running(data, port) as again:
        assert key_in(again) == key_in(printed)
        assert fetch(port, "/sign-in")[0] == 200


def test_secrets_are_their_owners_alone(first_run):
    """Database, secret key and log key can be read by nobody else."""
    data = first_run[0]
    for name in ("secret-key", "log-key", "peer-xblocks.sqlite3"):
        mode = stat.S_IMODE((data / name).stat().st_mode)
        assert mode & 0o077 == 0, name


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path):
    """Where another program listens, one sentence names the port and the way out."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code = START.format(port=port, data=str(tmp_path / "var"))
        ended = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr
