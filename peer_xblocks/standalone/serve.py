"""`peer-xblocks run`: makes everything the embedded site needs, says where to go, and serves until
stopped.

Starting again keeps everything; the course is built anew from its sources and replaced when they
changed.
"""

import contextlib
import os
import signal
import sys
import tempfile
import warnings
from pathlib import Path
from types import FrameType
from typing import NoReturn

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from peer_xblocks import course
from peer_xblocks.authoring import library
from peer_xblocks.core.problem import ProblemsError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def main(host: str = "127.0.0.1", port: int = 8000, data: Path | str = "var") -> None:
    """Set up the data folder, load the course, seed, publish a checkpoint and serve."""
    folder = Path(data).expanduser().resolve()
    server = _listen(host, port)
    with contextlib.closing(server.socket):
        os.umask(0o077)
        os.environ["PEER_XBLOCKS_DATA"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "peer_xblocks.standalone.settings"
        print(f"Preparing {folder} …", flush=True)
        # PyFilesystem, which the SDK's runtime brings: nothing that somebody trying us can mend.
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        build_course()
        _say(host, server.server_port, prepare(), folder)
        _serve(server)


def build_course() -> None:
    """Build the archive from curriculum and rubrics, and put it in place when anything in it
    changed.

    An archive named by PEER_XBLOCKS_ARCHIVE is taken as it is.
    """
    if os.environ.get("PEER_XBLOCKS_ARCHIVE"):
        return
    from django.conf import settings  # noqa: PLC0415 (settings are ready only now)

    place = Path(settings.PEER_XBLOCKS_ARCHIVE)
    try:
        whole = course.read_sources(library.curriculum(), library.rubrics())
    except ProblemsError as error:
        _stop(f"The course cannot be built:\n{error}")
    with tempfile.TemporaryDirectory(dir=place.parent) as made:
        built = course.build(whole, Path(made))
        if not place.exists() or place.read_bytes() != built.read_bytes():
            built.replace(place)


def prepare() -> tuple[str, str]:
    """Seed the site and publish a checkpoint; the programme's name and the log's verifier key."""
    from django.conf import settings  # noqa: PLC0415

    from peer_xblocks.records import signing  # noqa: PLC0415
    from peer_xblocks.records.api import checkpoints  # noqa: PLC0415
    from peer_xblocks.standalone import course_library, seed  # noqa: PLC0415

    with contextlib.suppress(FileExistsError):
        signing.make_key(settings.PEER_XBLOCKS_KEYS["*"])
    try:
        loaded = course_library.current()
    except ProblemsError as error:
        _stop(f"The course cannot be loaded:\n{error}")
    programme = seed.seed(loaded)
    return programme, checkpoints.publish(programme).vkey


def _listen(host: str, port: int) -> ThreadedWSGIServer:
    try:
        return ThreadedWSGIServer((host, port), WSGIRequestHandler, ipv6=":" in host)
    except OSError as error:
        _stop(
            f"Nothing can be served at {host}:{port} ({error.strerror or error}). "
            f"Choose another port, for example: peer-xblocks run --port {port % 65000 + 1}"
        )


def _serve(server: ThreadedWSGIServer) -> None:
    from peer_xblocks.standalone import housekeeping  # noqa: PLC0415
    from peer_xblocks.standalone.wsgi import application  # noqa: PLC0415

    ended = housekeeping.begin()
    signal.signal(signal.SIGTERM, _ended)
    server.set_app(application)
    try:
        server.serve_forever()
    except (KeyboardInterrupt, SystemExit):
        print("\nStopped. Everything is kept; the same command goes on from here.", flush=True)
    finally:
        ended.set()
        server.server_close()


def _ended(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _say(host: str, port: int, prepared: tuple[str, str], folder: Path) -> None:
    programme, vkey = prepared
    shown = f"[{host}]" if ":" in host else host
    lines = [
        "",
        f"  The course and everything around it:  http://{shown}:{port}/",
        "  Choose who you are there; nobody needs a password.",
        "",
        f"  Key of the evidence log ({programme}), to verify packs with:",
        f"  {vkey}",
        f"  peer-xblocks verify PACK.zip --key '{vkey}'",
        "",
        f"  Kept in {folder}. Stop with Ctrl-C.",
        "",
    ]
    if host not in LOOPBACK:
        lines.insert(1, "  Careful: this address may be reached by others, and anyone may sign in.")
    print("\n".join(lines), flush=True)


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)
