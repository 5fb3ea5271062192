"""Several processes on one log: no gap, no fork, and nothing lost that was acknowledged."""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.db import connection

from peer_xblocks.core.record import Envelope
from peer_xblocks.evidence.commitment import commit, encode_base64url, record_entry
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.records.api import checkpoints
from peer_xblocks.records.models import Entry, Log, Record

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[3]


def start(programme: str, count: int, subjects: list[str]) -> subprocess.Popen[str]:
    """Start a process that appends to the same database."""
    keep = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in keep}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.db.settings",
        "PEER_TEST_DATABASE": json.dumps(database),
        "PYTHONWARNINGS": "",
    }
    command = [sys.executable, "-m", "tests.db.records.appender", programme, str(count), *subjects]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def check_whole() -> dict[int, str]:
    """Check every entry, record and chain of the log; returns the commitments by index."""
    entries = list(Entry.objects.order_by("index"))
    size = Log.objects.get().size
    assert [entry.index for entry in entries] == list(range(size))
    records = list(Record.objects.order_by("index"))
    assert [record.index for record in records] == list(range(size))
    ends: dict[str | None, tuple[int, str | None]] = {}
    for entry, record in zip(entries, records, strict=True):
        envelope = Envelope.model_validate_json(bytes(record.canonical))
        seq, previous = ends.get(envelope.subject, (0, None))
        assert (envelope.seq, envelope.previous) == (seq + 1, previous)
        commitment = commit(bytes(record.salt), bytes(record.canonical))
        assert commitment == bytes(entry.commitment)
        assert bytes(entry.leaf) == leaf_hash(record_entry(commitment))
        ends[envelope.subject] = (envelope.seq, encode_base64url(commitment))
    return {e.index: encode_base64url(bytes(e.commitment)) for e in entries}


def test_four_processes_append_without_gap_or_fork(programme):
    """Four times two hundred records about the same five people stand in one whole log."""
    subjects = [f"urn:uuid:{uuid.uuid4()}" for _ in range(5)]
    processes = [start(programme, 200, subjects) for _ in range(4)]
    said: dict[int, str] = {}
    for process in processes:
        out, _err = process.communicate(timeout=240)
        assert process.returncode == 0
        said.update((int(line.split()[0]), line.split()[1]) for line in out.splitlines())
    assert check_whole() == said
    assert len(said) == 800
    checkpoints.publish(programme)
    body = json.loads(bytes(Record.objects.get(kind="roster").canonical))["body"]
    assert [end["last"] for end in body["subjects"].values()] == [160] * 5


def test_what_a_killed_process_acknowledged_is_kept(programme):
    """After kill -9 in the middle every printed record is there, and the log goes on whole."""
    subjects = [f"urn:uuid:{uuid.uuid4()}" for _ in range(3)]
    processes = [start(programme, 10_000, subjects) for _ in range(2)]
    said: dict[int, str] = {}
    for process in processes:
        lines = [process.stdout.readline() for _ in range(20)]
        process.send_signal(signal.SIGKILL)
        # Not `communicate`: it would pass over what `readline` has read ahead.
        rest = process.stdout.read()
        process.stdout.close()
        process.wait(timeout=60)
        for line in [*lines, *rest.splitlines(keepends=True)]:
            if line.endswith("\n"):
                index, commitment = line.split()
                said[int(index)] = commitment
    survivor = start(programme, 10, subjects)
    out, _err = survivor.communicate(timeout=60)
    assert survivor.returncode == 0
    said.update((int(line.split()[0]), line.split()[1]) for line in out.splitlines())
    kept = check_whole()
    assert len(said) >= 50
    assert said.items() <= kept.items()
