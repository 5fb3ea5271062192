"""What a trainee's page costs: bytes of script and style, requests, and opening a block.

    python bench/page.py

On a new embedded site in a temporary folder, with its state in SQLite. Bars: under 40 KB packed of
our script and style for a page with one block; one request and at most 3 queries of ours to open a
block, in at most 3.1 ms, the tenth of ORA2's whole page load of 31 ms. Beside it ORA2 with its
state in memory: its view and the eight calls that its script makes at once. Milliseconds are of
this thread's processor, so that other work on the machine does not count.
"""

import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stand import peer, table

ROUNDS = 60
BAR_BYTES, BAR_QUERIES, BAR_MS = 40_000, 3, 3.1
BLOCKS = (
    ("peer_lesson", "strengths-beginning"),
    ("peer_dialogue", "dlg-i-just-read-the-mail"),
    ("peer_plan", "plan-tamales-by-the-dozen"),
    ("peer_role_play", "rp-nothing-i-am-good-at"),
)


def main() -> int:
    """Measure each block; 1 when a bar was missed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PEER_XBLOCKS_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "peer_xblocks.standalone.settings"
        import django
        from django.core.management import call_command

        django.setup()
        from peer_xblocks.standalone import serve

        call_command("migrate", verbosity=0)
        serve.build_course()
        serve.prepare()
        table.heading()
        theirs = peer.measured("page", "sqlite")
        missed = [measure(tag, name, theirs) for tag, name in BLOCKS]
    if reason := theirs.get("missing"):
        print(f"ORA2: {reason}")
    return int(any(missed))


def measure(tag: str, name: str, theirs: dict[str, Any]) -> bool:
    """Print one block's rows; whether it missed a bar."""
    opened(tag, name)
    packed = page_weight(name)
    runs = [opened(tag, name) for _ in range(ROUNDS)]
    queries, spent = runs[-1][0], statistics.median(run[1] for run in runs)
    beside = f"{theirs.get('bytes', 0):,}", f"{theirs.get('load_ms', 0):.1f} ms"
    rows = (
        ("packed bytes", f"< {BAR_BYTES:,}", f"{packed:,}", beside[0], packed < BAR_BYTES),
        ("requests to open", "1", "1", str(theirs.get("requests", "")), True),
        ("queries to open", f"≤ {BAR_QUERIES}", str(queries), "", queries <= BAR_QUERIES),
        ("ms to open", f"≤ {BAR_MS}", f"{spent:.1f} ms", beside[1], spent <= BAR_MS),
    )
    missed = [
        table.row(f"{tag}: {what}", "sqlite", bar, ours, peers, holds=holds)
        for what, bar, ours, peers, holds in rows
    ]
    return any(missed)


def page_weight(name: str) -> int:
    """Packed bytes of all script and style that a unit's page links."""
    from django.contrib.staticfiles import finders
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(trainee())
    html = client.get(f"/course/unit-{name}/").content.decode()
    links = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', html))
    files = (Path(finders.find(link)).read_bytes() for link in links)
    return sum(len(gzip.compress(data)) for data in files)


def opened(tag: str, name: str) -> tuple[int, float]:
    """Queries and milliseconds of one student_view with a runtime of its own, as in a request."""
    import crum
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from peer_xblocks.standalone import course_library
    from peer_xblocks.standalone.runtime import SiteRuntime

    request = RequestFactory().get("/")
    request.user = trainee()
    crum.set_current_request(request)
    library = course_library.current()
    try:
        with CaptureQueriesContext(connection) as queries:
            begun = time.thread_time()
            runtime = SiteRuntime.reading(library.ids, library.authored, request.user, "student")
            block = runtime.get_block(library.key.make_usage_key(tag, name))
            block.render("student_view")
            taken = time.thread_time() - begun
    finally:
        crum.set_current_request(None)
    return len(queries), taken * 1000


def trainee() -> Any:
    """A seeded trainee."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="amara")


if __name__ == "__main__":
    sys.exit(main())
