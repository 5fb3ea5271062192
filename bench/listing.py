"""An auditor's list and filter over 100,000 ratings: queries and time a page.

    python bench/listing.py [sqlite mariadb postgres]

The promise is a fixed number of queries a page. A missing server is left out, with a word.
"""

import argparse
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import append as appending
from bench.stand import databases, table

RECORDS, CALL = 100_000, 5_000
QUERIES = 12


def main() -> int:
    """Measure each database in a process of its own; 1 when a page takes more queries."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("databases", nargs="*", default=databases.NAMES)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return databases.inside(options.inside, measure)
    table.heading()
    return databases.on_each(options.databases, __file__)


def measure(name: str) -> int:
    """Fill a log with consented ratings, then read it as an auditor does."""
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from peer_xblocks.core.record import ConsentBody, ConsentTo, Kind, Role
    from peer_xblocks.records.api import Fact, append, audit, grants, programmes

    programmes.create(None, "listing", "", "course-v1:A+A+A", {"board": "Board"})
    auditor = get_user_model().objects.create(username="auditor")
    grants.give(None, auditor, "listing", Role.AUDITOR, "board")
    people = [f"urn:uuid:{uuid.uuid4()}" for _ in range(250)]
    to = (ConsentTo(body="board", until=None),)
    consent = ConsentBody(bodies=to, scope="programme", withdrawn=False, statement="Yes.")
    with transaction.atomic():
        append("listing", *[Fact(Kind.CONSENT, p, consent, p, Role.TRAINEE) for p in people])
    for begin in range(0, RECORDS, CALL):
        facts = [appending.rating(people[at % len(people)]) for at in range(begin, begin + CALL)]
        with transaction.atomic():
            append("listing", *facts)
    pages = {
        "first page": {},
        "page 1,000": {"page": 1_000},
        "one kind": {"kind": "rating"},
        "one person": {"subject": people[7]},
    }
    missed = 0
    for what, filters in pages.items():
        spent = []
        for _ in range(3):
            started = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                audit.search(auditor, "listing", **filters)
            spent.append(time.perf_counter() - started)
        ours = f"{len(queries)}, {min(spent) * 1000:.0f} ms"
        holds = len(queries) <= QUERIES
        bar = f"≤ {QUERIES} queries"
        missed += table.row(f"auditor's search: {what}", name, bar, ours, holds=holds)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
