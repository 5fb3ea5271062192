"""Processes of their own on the database of the test: told what to do, alone or at one instant, and
killed.
"""

import json
import os
import queue
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[3]
SHARED = ("STORAGES", "PEER_XBLOCKS_KEYS", "PEER_XBLOCKS_LOG_HOST")
LONGEST_SECONDS = 240  # a machine may be busy; nothing here measures time
PAUSE_SECONDS = 0.15  # until everybody has read what to do at the same instant


class Worker:
    """One process: it obeys one command after another."""

    def __init__(self) -> None:
        keep = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")
        database = {name: connection.settings_dict[name] for name in keep}
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.db.settings",
            "PEER_TEST_DATABASE": json.dumps(database),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.db.holding.worker"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def is_alive(self) -> bool:
        """Whether it can be told anything."""
        return self.process.poll() is None

    def tell(self, act: str, *args: Any, at: float = 0.0, die_at: int | None = None) -> None:
        """Let it begin; what comes of it is heard with `hear` or `all_said`."""
        shared = {name: getattr(settings, name) for name in SHARED if hasattr(settings, name)}
        command = {"act": act, "args": args, "settings": shared, "at": at, "die_at": die_at}
        self.process.stdin.write(json.dumps(command, default=str) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next that it says: a step that is `said`, or the `end`."""
        line = self._lines.get(timeout=LONGEST_SECONDS)
        assert line, "the process ended"
        return json.loads(line)

    def all_said(self) -> list[Any]:
        """What its steps came to, up to the end. Raises AssertionError when it failed."""
        said = []
        while "said" in (heard := self.hear()):
            said.append(heard["said"])
        assert heard["end"] in ("done", "died"), heard["end"]
        return said

    def do(self, act: str, *args: Any, die_at: int | None = None) -> list[Any]:
        """Let it do something, and wait for what its steps came to."""
        self.tell(act, *args, die_at=die_at)
        return self.all_said()

    def dismiss(self) -> None:
        """Let it end once it has done what it was told."""
        self.process.stdin.close()

    def kill(self) -> list[Any]:
        """Kill it by -9; what it had said whole until then and nobody has heard."""
        self.process.kill()
        self._end()
        heard = []
        while line := self._lines.get(timeout=LONGEST_SECONDS):
            if line.endswith("\n"):
                heard.append(json.loads(line))
        return [one["said"] for one in heard if "said" in one]

    def close(self) -> None:
        """Wait for its end, after `dismiss`."""
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._end()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _end(self) -> None:
        self.process.wait(timeout=LONGEST_SECONDS)
        self._reader.join()
        self.process.stdout.close()
        self.process.stdin.close()


@dataclass
class Crew:
    """Workers that are there for every test of a run; whoever was killed is replaced."""

    workers: list[Worker] = field(default_factory=list)

    def of(self, count: int) -> list[Worker]:
        """This many workers."""
        self.workers = [one for one in self.workers if one.is_alive]
        self.workers += [Worker() for _ in range(count - len(self.workers))]
        return self.workers[:count]

    def at_once(self, *commands: tuple[Any, ...]) -> list[list[Any]]:
        """Let everybody do something at the same instant: what each said, in the same order."""
        workers = self.of(len(commands))
        for worker in workers:
            worker.do("wake")  # whoever is new is still starting
        at = time.time() + PAUSE_SECONDS
        for worker, command in zip(workers, commands, strict=True):
            worker.tell(*command, at=at)
        return [worker.all_said() for worker in workers]

    def do(self, act: str, *args: Any, die_at: int | None = None) -> list[Any]:
        """Let anybody do something."""
        return self.of(1)[0].do(act, *args, die_at=die_at)

    def close(self) -> None:
        """Send everybody home."""
        there = [one for one in self.workers if one.is_alive]
        for worker in there:
            worker.dismiss()
        for worker in there:
            worker.close()
