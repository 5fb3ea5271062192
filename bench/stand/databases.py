"""A database of its own for each measurement, in a process of its own, and dropped afterwards."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
NAMES = ("sqlite", "mariadb", "postgres")


def on_each(names: Sequence[str], script: str, *options: str) -> int:
    """Run a script with `--inside` once for each database; the worst of their exit codes."""
    commands = [[sys.executable, script, *options, "--inside", one] for one in names or NAMES]
    return max(subprocess.run(command, check=False).returncode for command in commands)


def inside(name: str, act: Callable[[str], int]) -> int:
    """Make a database of this kind, act, and drop it. A missing server is left out, with a word."""
    from tests.db import conftest

    if reason := conftest.missing(name):
        print(f"{name}: left out, {reason}")
        return 0
    use_pure_driver_where_needed(name)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PEER_TEST_DATABASE"] = json.dumps(conftest.database(name, Path(folder)))
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.db.settings"
        import django

        django.setup()
        from django.db import connection

        before = connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            return act(name)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def use_pure_driver_where_needed(name: str) -> None:
    """Let PyMySQL speak to MariaDB where the driver that Open edX uses could not be compiled."""
    if name == "mariadb" and not importlib.util.find_spec("MySQLdb"):
        import pymysql

        pymysql.install_as_MySQLdb()


def driver(name: str) -> str:
    """What speaks to the database: the one written in Python takes twice the time of the other."""
    if name != "mariadb":
        return ""
    return "mysqlclient" if importlib.util.find_spec("MySQLdb") else "PyMySQL"


def settings(name: str, folder: Path) -> dict[str, Any]:
    """The settings of a second database of this kind, for a peer."""
    from tests.db import conftest

    found: dict[str, Any] = conftest.database(name, folder)
    if name == "sqlite":
        file = str(folder / "peer.sqlite3")
        return found | {"NAME": file, "TEST": {"NAME": file}}
    # PostgreSQL is asked for the new database from an old one, MariaDB from none.
    known = found["NAME"] if name == "postgres" else f"{found['NAME']}_peer"
    return found | {
        "NAME": known,
        "TEST": {**found["TEST"], "NAME": f"{found['TEST']['NAME']}_peer"},
    }
