"""How long a recording is, whether anybody can play it, and a file in which a player can seek.

The reading is done by PyAV, which is an extra, in a process of its own. Where it is missing a
recording is taken by its first bytes alone and played as it arrived.
"""

import importlib.util
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from peer_xblocks.work import remux
from peer_xblocks.work.files import refusal

log = logging.getLogger(__name__)

MOST_SECONDS = 300


class Looked(NamedTuple):
    """What is known of a recording. `playable` is a file that vanishes afterwards, or None."""

    media_type: str
    milliseconds: int | None = None
    playable: Path | None = None


@contextmanager
def looked_at(path: str, media_type: str) -> Iterator[Looked]:
    """Look into a file of audio or video. Raises InvalidError when nothing in it can be played."""
    family = media_type.partition("/")[2]
    if family not in remux.READERS or importlib.util.find_spec("av") is None:
        yield Looked(media_type)
        return
    with tempfile.TemporaryDirectory(prefix="peer-xblocks-") as folder:
        made = Path(folder) / "playable"
        found = _run(media_type, path, made)
        if not found:
            yield Looked(media_type)
            return
        if not found["readable"]:
            raise refusal(_("Nothing in this recording can be played. It may be damaged."))
        if family in remux.WRITERS:  # one beginning for both: now it is known which it is
            media_type = f"{'video' if found['has_video'] else 'audio'}/{family}"
        yield Looked(media_type, found["milliseconds"], made if found["playable"] else None)


def _run(media_type: str, path: str, made: Path) -> dict[str, Any]:
    """What the other process says; nothing when it broke, which is no fault of the trainee's."""
    command = [_python(), "-I", remux.__file__, media_type, path, str(made)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=True)
        found: dict[str, Any] = json.loads(ended.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        log.exception("a recording could not be looked into")
        return {}
    return found


def _python() -> str:
    """This Python. Inside uWSGI `sys.executable` is uWSGI itself."""
    own = Path(sys.prefix) / "bin" / "python"
    return str(own) if own.exists() else sys.executable
