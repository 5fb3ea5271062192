"""ORA2 beside us: its own API, in its own environment, on a database of the same kind.

The environment is made in `.venv-peers` the first time, with what `bench/peers/requirements.txt`
pins. Where it cannot be had, the rows say so.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from bench.stand import databases

PEERS = databases.ROOT / "bench" / "peers"
HOME = databases.ROOT / ".venv-peers"
PYTHON = HOME / "bin" / "python"
PINNED = PEERS / "requirements.txt"
MADE = HOME / ".made"
LIMIT_SECONDS = 900


def measured(what: str, database: str, *options: str) -> dict[str, Any]:
    """What ORA2 does, by name; a single member `missing` says why there is nothing."""
    if reason := _install():
        return {"missing": reason}
    with tempfile.TemporaryDirectory() as folder:
        known = json.dumps(databases.settings(database, Path(folder)))
        environment = {**os.environ, "PEER_BENCH_DATABASE": known}
        environment |= {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(PEERS)}
        command = [str(PYTHON), "-W", "ignore", str(PEERS / "ora2.py"), what, *options]
        try:
            ran = subprocess.run(
                command,
                env=environment,
                capture_output=True,
                text=True,
                timeout=LIMIT_SECONDS,
                check=True,
            )
        except subprocess.TimeoutExpired:
            return {"missing": f"over {LIMIT_SECONDS} s"}
        except subprocess.CalledProcessError as error:
            return {"missing": f"failed: {error.stderr.strip().rpartition(chr(10))[2][:60]}"}
    found: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def _install() -> str:
    """Make the environment where it is missing or another; why there is none, or ""."""
    digest = hashlib.sha256(PINNED.read_bytes() + sys.version.encode()).hexdigest()
    if not (MADE.exists() and MADE.read_text() == digest):
        print(f"Installing ORA2 into {HOME.name}, to measure it beside ours (about a minute) …")
        try:
            venv.create(HOME, with_pip=True, clear=True)
            _pip("-r", str(PINNED))
        except (OSError, subprocess.CalledProcessError) as error:
            return f"not installed: {type(error).__name__}"
        if databases.driver("mariadb") == "mysqlclient":
            _pip("mysqlclient", check=False)
        MADE.write_text(digest)
    return ""


def _pip(*what: str, check: bool = True) -> None:
    """Install something into the peers' environment, and nothing anywhere else."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([*command, *what], check=check, capture_output=True, env=ours)
