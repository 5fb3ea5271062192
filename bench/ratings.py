"""A lead's list of 100,000 ratings, and their export, beside ORA2's report.

    python bench/ratings.py [sqlite mariadb postgres]

Bars: as many queries on every page; the export ten times ORA2's rows a second and no more memory
for all than for a tenth. Ours are 50,000 performances rated by two on a rubric of the curriculum
(six criteria) and written as JSON Lines; ORA2's `collect_ora2_data` reads 180 graded by one on
four. A missing server is left out.
"""

import argparse
import sys
import time
import tracemalloc
from collections import deque
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stand import databases, peer, table

CASES = 50_000
PAGE_QUERIES, FASTER, MORE_MEMORY = 8, 10, 1.25


def main() -> int:
    """Measure each database in a process of its own; 1 when a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("databases", nargs="*", default=databases.NAMES)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return databases.inside(options.inside, measure)
    table.heading()
    return databases.on_each(options.databases, __file__)


def measure(name: str) -> int:
    """Fill a programme with released ratings, page through them, and write them all."""
    from peer_xblocks.core.record import Role
    from peer_xblocks.records.api import programmes
    from tests.db.assessment import many
    from tests.db.work import scene

    programmes.create(None, scene.PROGRAMME, "Bench", scene.COURSE, {})
    scene.deposit()
    trainees = [scene.person(f"trainee-{n}", Role.TRAINEE) for n in range(500)]
    raters = [scene.person(f"assessor-{n}", Role.ASSESSOR) for n in range(40)]
    lead = scene.person("lead", Role.LEAD)
    many.rated(trainees, raters, 0, CASES, rubric=curriculum_rubric())
    missed = pages(name, lead)
    theirs = peer.measured("grading", name)
    missed += exported(name, lead, theirs)
    missed += memory(name, lead)
    if reason := theirs.get("missing"):
        print(f"ORA2: {reason}")
    return int(bool(missed))


def curriculum_rubric() -> Any:
    """A rubric of the curriculum, deposited."""
    from peer_xblocks.authoring import library, rubric
    from peer_xblocks.records.api import documents

    file = library.rubrics() / "first-conversation.yaml"
    found = rubric.load(file.read_text(), file.name)
    documents.put(found.canonical_bytes())
    return found


def pages(name: str, lead: Any) -> int:
    """The first page, one in the middle, and each filter: queries and milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from peer_xblocks.assessment.api import all_ratings
    from peer_xblocks.assessment.listed import RatingsWanted
    from tests.db.assessment.many import BEGIN
    from tests.db.work.scene import PROGRAMME

    everything = all_ratings.export(lead, PROGRAMME, RatingsWanted())
    middle = next(islice(everything, 2_000, None))
    asked = {
        "first page": (RatingsWanted(), None),
        "a page far back": (RatingsWanted(), middle.rating_id),
        "one assessor": (RatingsWanted(assessor=middle.rater), None),
        "a period, a state": (RatingsWanted(until=BEGIN.replace(hour=9), state="released"), None),
    }
    missed = 0
    for what, (wanted, after) in asked.items():
        spent = []
        for _ in range(5):
            begin = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                all_ratings.page(lead, PROGRAMME, wanted, after=after, names=True)
            spent.append(time.perf_counter() - begin)
        ours = f"{len(queries)}, {min(spent) * 1000:.0f} ms"
        bar, holds = f"≤ {PAGE_QUERIES} queries", len(queries) <= PAGE_QUERIES
        missed += table.row(f"ratings: {what}", name, bar, ours, holds=holds)
    return missed


def exported(name: str, lead: Any, theirs: dict[str, Any]) -> bool:
    """Write all of them; rows a second, ours and theirs."""
    from peer_xblocks.assessment.api import all_ratings
    from peer_xblocks.assessment.listed import RatingsWanted
    from peer_xblocks.web import rating_files
    from tests.db.work.scene import PROGRAMME

    begin = time.perf_counter()
    found = all_ratings.export(lead, PROGRAMME, RatingsWanted())
    lines = sum(text.count("\n") for text in rating_files.as_json_lines(found, names=False))
    rate = lines / (time.perf_counter() - begin)
    peers = theirs["rows"] / theirs["seconds"] if "rows" in theirs else None
    beside = f"{peers:,.0f}/s" if peers else "missing"
    told = f"{rate:,.0f}/s" + (f" ×{rate / peers:.0f}" if peers else "")
    holds = rate >= FASTER * peers if peers else None
    return table.row(
        f"export of {lines:,} ratings", name, f"≥ ×{FASTER}", told, beside, holds=holds
    )


def memory(name: str, lead: Any) -> bool:
    """The highest memory of an export of a tenth, and of all."""
    from peer_xblocks.assessment.api import all_ratings
    from peer_xblocks.assessment.listed import RatingsWanted
    from tests.db.assessment.many import BEGIN, STEP
    from tests.db.work.scene import PROGRAMME

    def peak(wanted: RatingsWanted) -> int:
        tracemalloc.start()
        deque(all_ratings.export(lead, PROGRAMME, wanted), maxlen=0)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    few = peak(RatingsWanted(until=BEGIN + STEP * (CASES // 50)))
    many = peak(RatingsWanted(until=BEGIN + STEP * (CASES // 5)))
    ours = f"{many / 2**20:.0f} MiB ×{many / few:.2f}"
    bar = f"≤ ×{MORE_MEMORY}"
    return table.row("export: memory, ×10", name, bar, ours, holds=many <= few * MORE_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
