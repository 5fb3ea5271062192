"""A process that is killed while it takes in a recording: nothing acknowledged is lost."""

import json
import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from peer_xblocks.work.api import drafts, recordings, uploads
from peer_xblocks.work.models import Recording, Upload
from tests.db.work.scene import place
from tests.db.work.test_recordings import stored
from tests.db.work.uploading import WHOLE, begun, cut, digest, send

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[3]
PIECES = cut(count=12)


def start(folder: Path, key: str, file: Path) -> subprocess.Popen[str]:
    """Start a process that sends for Ana."""
    keep = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.db.settings",
        "PEER_TEST_DATABASE": json.dumps({name: connection.settings_dict[name] for name in keep}),
        "PYTHONWARNINGS": "",
    }
    command = [sys.executable, "-m", "tests.db.work.sender", "ana"]
    command += [str(folder), key, str(file)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def killed(folder: Path, file: Path, after: str, seconds: float) -> list[str]:
    """What a process had said when it was killed, some time after it said one thing."""
    with start(folder, "take-1", file) as process:
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if said[-1] == after:
                break
        time.sleep(seconds)
        process.kill()
        said += [line.strip() for line in process.stdout.read().splitlines(keepends=True)]
    return said


@pytest.mark.parametrize(
    ("after", "most"),
    [("part 1", 0.05), ("part 6", 0.1), *[("finishing", most) for most in (0.02, 0.1, 0.2, 0.4)]],
)
def test_after_a_kill_it_goes_on_and_counts_once(ana, recordings_folder, tmp_path, after, most):
    """Every part that was answered is there; going on makes one recording and leaves no rest."""
    file = tmp_path / "talk.webm"
    file.write_bytes(WHOLE)
    said = killed(recordings_folder, file, after, random.uniform(0, most))
    upload = begun(ana)
    answered = {int(line.split()[1]) for line in said if line.startswith("part ")}
    if not upload.recording:
        assert answered <= {part.number for part in upload.parts}
        Upload.objects.update(finishing_since=timezone.now() - timedelta(hours=1))
    for number, piece in enumerate(PIECES, 1):
        send(ana, upload.id, number, piece)
    info = uploads.finish(ana, upload.id, len(PIECES))
    finished = [line.split()[1] for line in said if line.startswith("finished")]
    assert finished in ([], [str(info.id)])
    assert info.sha256 == digest(WHOLE)
    assert Recording.objects.count() == 1
    assert drafts.get(ana, place()).recording == info
    _info, file = recordings.open(ana, info.id)
    with file:
        assert file.read() == WHOLE
    assert len(stored(recordings_folder)) == 2
