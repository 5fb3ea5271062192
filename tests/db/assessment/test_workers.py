"""What follows a rating, done by a real Celery worker with a real Redis between it and us."""

import json
import os
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection

from peer_xblocks import compat
from peer_xblocks.assessment import resolving
from peer_xblocks.assessment.models import CaseRecord, Notice, ResolutionRecord
from peer_xblocks.records.models import Record
from tests.db import celery_app
from tests.db.assessment.rating import rate
from tests.db.work.scene import submitted

ROOT = Path(__file__).parents[3]
BROKER = os.environ.get("PEER_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
LONGEST_SECONDS = 120  # a machine may be busy; nothing here measures time


@pytest.fixture
def queue(settings):
    """A queue that nobody else uses, to which what follows is sent; emptied afterwards."""
    place = urlsplit(BROKER)
    try:
        socket.create_connection((place.hostname, place.port or 6379), timeout=2).close()
    except OSError:
        pytest.skip(f"no Redis at {place.hostname}:{place.port}")
    name = f"peer_test_{uuid.uuid4().hex}"
    app = celery_app.made(BROKER, name)
    app.set_default()
    app.set_current()
    settings.PEER_XBLOCKS_TASKS = "celery"
    yield name
    redis.Redis.from_url(BROKER).delete(name)
    app.close()


@contextmanager
def worker(queue, mail):
    """A worker of this queue on the database of the test, until the block ends."""
    keep = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in keep}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.db.settings",
        "PEER_TEST_DATABASE": json.dumps(database),
        "PEER_TEST_BROKER": BROKER,
        "PEER_TEST_QUEUE": queue,
        "PEER_TEST_MAIL": str(mail),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "celery", "-A", "tests.db.celery_app", "worker"]
    options = ["--pool=solo", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
    process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_SECONDS)


def until(holds):
    """Wait until something holds; fail when it never does."""
    for _ in range(LONGEST_SECONDS * 10):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


@pytest.mark.django_db(transaction=True)
def test_a_worker_applies_the_rule_and_mails_the_lead(ana, ann, ben, lea, queue, tmp_path):
    """The rater waits for neither; a task that comes twice is done once."""
    lea.email = "lea@example.org"
    lea.save()
    submitted(ana)
    rate(ann)
    rate(ben)
    case = CaseRecord.objects.get()
    assert case.state == CaseRecord.State.DUE  # nothing has come by yet
    compat.enqueue(resolving.RESOLVE, case.id)  # as after a worker that died before it said so
    with worker(queue, mails := tmp_path / "mails"):
        until(ResolutionRecord.objects.exists)
        until(Notice.objects.exclude(mailed_at=None).exists)
        compat.enqueue(resolving.RESOLVE, case.id)
        until(lambda: not redis.Redis.from_url(BROKER).llen(queue))  # taken; it ends what it took
    case.refresh_from_db()
    assert case.state == CaseRecord.State.TO_RELEASE
    assert ResolutionRecord.objects.count() == 1
    assert Record.objects.filter(kind="resolution").count() == 1
    (mail,) = mails.iterdir()
    assert "lea@example.org" in mail.read_text()
