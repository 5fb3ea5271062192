"""A process of a crew: does what it is told on standard input, and says on standard output what the
`api` answered, once it has.

    python -m tests.db.holding.worker

One command a line, as JSON: `act`, `args`, the `settings` that hold, the instant `at` which to
begin, and `die_at`. With `die_at` a child of this process does it, and is killed by -9 right after
the database has done that many of its writes; 0 is after everything, before it is said. What only
reads lies between two of these points, and dying there is dying at the earlier one.
"""

import importlib.util
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Any

if not importlib.util.find_spec("MySQLdb") and importlib.util.find_spec("pymysql"):
    import pymysql

    pymysql.install_as_MySQLdb()

import django

django.setup()

from django.db import connection  # noqa: E402 (only after setup)
from django.test.utils import override_settings  # noqa: E402

from peer_xblocks.core.errors import Error  # noqa: E402
from tests.db.holding import acts  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")


def main() -> None:
    """Obey until standard input ends."""
    given: dict[str, Any] = {}
    for line in iter(sys.stdin.readline, ""):
        command = json.loads(line)
        if command["settings"] != given:
            given = command["settings"]
            override_settings(**given).enable()
        if command["die_at"] is None:
            obey(command)
        elif died_on_the_way(command):
            say(end="died")


def obey(command: dict[str, Any], die_at: int | None = None) -> None:
    """Do one act, saying what each of its steps came to."""
    end = "done"
    try:
        connection.ensure_connection()
        while time.time() < command["at"]:
            time.sleep(0.001)
        for answer in steps(command):
            if die_at == 0:
                die()
            say(said=answer)
    except Error as error:
        say(said=error.code)
    except Exception:
        end = traceback.format_exc()
    say(end=end)


def steps(command: dict[str, Any]) -> Iterator[Any]:
    """What each step of an act came to."""
    return getattr(acts, command["act"])(*command["args"])


def died_on_the_way(command: dict[str, Any]) -> bool:
    """Let a child do it and die; False when it came to the end before, and has said so."""
    connection.close()
    child = os.fork()
    if child == 0:
        seen = 0

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            nonlocal seen
            result = execute(sql, *rest)
            if sql.startswith(WRITES):
                seen += 1
                if seen == command["die_at"]:
                    die()
            return result

        with connection.execute_wrapper(count):
            obey(command, command["die_at"])
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def die() -> None:
    """Be killed as the system kills: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def say(**words: Any) -> None:
    """Tell the parent."""
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
