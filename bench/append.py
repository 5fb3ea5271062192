"""Append against a plain bulk insert of the same rows; the bar is a factor of 2.

    python bench/append.py [sqlite mariadb postgres]

Both insert the same entries and records through Django into the same tables of a database of their
own, one transaction a call. The plain insert gets all values ready made: it neither locks, numbers,
validates, looks up, writes canonical bytes nor hashes. A missing server is left out, with a word.
"""

import argparse
import sys
import time
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stand import databases, table

FACTS, SUBJECTS, ROUNDS = 2_500, 250, 10
BAR = 2.0


def main() -> int:
    """Measure each database in a process of its own; 1 when the bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("databases", nargs="*", default=databases.NAMES)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return databases.inside(options.inside, measure)
    table.heading("plain insert")
    return databases.on_each(options.databases, __file__)


def measure(name: str) -> int:
    """Append and insert in turn, on tables that grow alike, and compare the best of each.

    The best, because whatever else the machine does only ever adds.
    """
    from django.db import transaction

    from peer_xblocks.records.api import append, programmes
    from peer_xblocks.records.models import Entry, Log, Record

    programmes.create(None, "append", "", "course-v1:A+A+A", {})
    programmes.create(None, "plain", "", "course-v1:P+P+P", {})
    plain = Log.objects.get(programme__slug="plain")
    subjects = [f"urn:uuid:{uuid.uuid4()}" for _ in range(SUBJECTS)]
    seconds: dict[str, list[float]] = {"append": [], "plain": []}
    for number in range(ROUNDS):
        facts = [rating(subjects[at % len(subjects)]) for at in range(FACTS)]
        begin = time.perf_counter()
        with transaction.atomic():
            append("append", *facts)
        seconds["append"].append(time.perf_counter() - begin)
        below = {"log__programme__slug": "append", "index__gte": number * FACTS}
        entries = [again(row, plain) for row in Entry.objects.filter(**below).values()]
        records = [again(row, plain) for row in Record.objects.filter(**below).values()]
        begin = time.perf_counter()
        with transaction.atomic():
            Entry.objects.bulk_create([Entry(**row) for row in entries], batch_size=500)
            Record.objects.bulk_create([Record(**row) for row in records], batch_size=500)
        seconds["plain"].append(time.perf_counter() - begin)
    best = {name: min(times) for name, times in seconds.items()}
    factor = best["append"] / best["plain"]
    ours, plain = (f"{FACTS / best[kind]:,.0f}/s" for kind in ("append", "plain"))
    bar, told = f"≤ ×{BAR}", f"{ours} ×{factor:.2f}"
    return int(table.row("append", name, bar, told, plain, holds=factor <= BAR))


def again(row: dict[str, Any], log: Any) -> dict[str, Any]:
    """The values of the same row, in another log and under another id."""
    row = {name: value for name, value in row.items() if name != "id"} | {"log_id": log.pk}
    return row | {"urn": f"urn:uuid:{uuid.uuid4()}"} if "urn" in row else row


def rating(subject: str) -> Any:
    """A rating of eight criteria, about 3 kB, as an assessor would hand it in."""
    from datetime import UTC, datetime

    from peer_xblocks.core.record import Kind, RatedCriterion, RatingBody, Role
    from peer_xblocks.core.recorded_forms import RecordedEvidence
    from peer_xblocks.records.api import Fact

    criteria = tuple(
        RatedCriterion(
            criterion=f"criterion-{number}",
            state="rated",
            behaviours=("first-b1", "first-b2"),
            level=3,
            points=None,
            reason="",
            evidence=(
                RecordedEvidence(
                    kind="quote", text="I'm Ana, I volunteer here.", start_ms=None, end_ms=None
                ),
            ),
            comment="Opens with her own name and why she is here. " * 2,
            confirmed_empty=False,
        )
        for number in range(8)
    )
    body = RatingBody(
        seat=1,
        round="independent",
        criteria=criteria,
        critical_errors=(),
        overall_comment="A warm and steady conversation.",
        asks_for_third=False,
        asks_reason="",
        overall_impression=None,
        qualification=None,
        tie=None,
        started_at=datetime.now(UTC),
    )
    actor = f"urn:uuid:{uuid.uuid4()}"
    about = (f"urn:uuid:{uuid.uuid4()}",)
    documents = {"rubric": "9f" * 32, "scenario": "41" * 32}
    return Fact(Kind.RATING, subject, body, actor, Role.ASSESSOR, about, documents)


if __name__ == "__main__":
    sys.exit(main())
