"""What a trainee's page costs: bytes of script and style, and opening a block.

    python bench/blocks.py

On a new embedded site in a temporary folder. Bars: under 40 KB packed of our script and style for
a page with one block; at most 3 queries of ours to open a block, in at most 3.1 ms, a tenth of
ORA2's whole page load (31 ms with its state in memory, 446 KB, 9 requests). Milliseconds are of
this thread's processor, so that other work on the machine does not count; SQLite runs in it.
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

ROUNDS = 60
BAR_BYTES, BAR_QUERIES, BAR_MS = 40_000, 3, 3.1
BLOCKS = (("peer_lesson", "strengths-beginning"), ("peer_role_play", "rp-nothing-i-am-good-at"))


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
        titles = "packed bytes", "requests", "queries", "ms", "first ms"
        print("block".ljust(16) + "".join(title.rjust(13) for title in titles))
        missed = [measure(tag, name) for tag, name in BLOCKS]
    bars = f"<{BAR_BYTES}", "", f"<={BAR_QUERIES}", f"<={BAR_MS}", ""
    print("bar".ljust(16) + "".join(bar.rjust(13) for bar in bars))
    return int(any(missed))


def measure(tag: str, name: str) -> bool:
    """Print one block's row; whether it missed a bar."""
    cold = opened(tag, name)[1]
    packed, links = page_weight(name)
    runs = [opened(tag, name) for _ in range(ROUNDS)]
    queries, milliseconds = runs[-1][0], statistics.median(run[1] for run in runs)
    print(f"{tag:<16}{packed:>13,}{links:>13}{queries:>13}{milliseconds:>13.1f}{cold:>13.1f}")
    return packed >= BAR_BYTES or queries > BAR_QUERIES or milliseconds > BAR_MS


def page_weight(name: str) -> tuple[int, int]:
    """Packed bytes of everything that a unit's page links, and how many files that are."""
    from django.contrib.staticfiles import finders
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(trainee())
    html = client.get(f"/course/unit-{name}/").content.decode()
    links = set(re.findall(r'(?:src|href)="/static/([^"]+)"', html))
    files = (Path(finders.find(link)).read_bytes() for link in links)
    return sum(len(gzip.compress(data)) for data in files), len(links)


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
