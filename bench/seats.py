"""The next seat at 1,000, 10,000 and 100,000 waiting, and rating with twenty at once, beside ORA2.

    python bench/seats.py [sqlite mariadb postgres]

Bars, on MariaDB: next seat flat and p95 under 20 ms; nobody gets a seat that another has; saving
and submitting a rating under 200 ms p95 with twenty assessors at once, each a process of its own
as a web server's workers are. "Sat before" is the worst case: an assessor who has rated one seat of
each of the 1,000 oldest submissions. ORA2 does the same through its own API, in as many processes;
its queue is asked for at most a minute a size. Each row is the quietest of three rounds, ours and
theirs alike. A missing server is left out.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stand import databases, peer, table

WAITING = (1_000, 10_000, 100_000)
PRESSES = 200
AT_ONCE, SAVES = 20, 10
RACERS, ROUNDS = 8, 10
NEXT_BAR, SAVE_BAR, FLAT = 20.0, 200.0, 1.5
FORK = get_context("fork")
GATES = {count: FORK.Barrier(count) for count in (RACERS, AT_ONCE)}


def main() -> int:
    """Measure each database in a process of its own; 1 when a bar was missed on MariaDB."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("databases", nargs="*", default=databases.NAMES)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return databases.inside(options.inside, measure)
    table.heading()
    return databases.on_each(options.databases, __file__)


def measure(name: str) -> int:
    """Fill the queue step by step and press next; then press, save and submit all at once."""
    from peer_xblocks.core.record import Role
    from peer_xblocks.records.api import programmes
    from tests.db.work import scene

    programmes.create(None, scene.PROGRAMME, "Bench", scene.COURSE, {})
    scene.deposit()
    trainees = people("trainee", 500, Role.TRAINEE)
    assessors = people("assessor", PRESSES, Role.ASSESSOR)
    (veteran,) = people("veteran", 1, Role.ASSESSOR)
    theirs = peer.measured("queue", name, *map(str, WAITING))
    missed = queue(name, trainees, assessors, veteran, theirs)
    missed += race(name, assessors[:RACERS], theirs)
    graded = peer.measured("grading", name)
    rounds = [at_once(rated, assessors[n * AT_ONCE : (n + 1) * AT_ONCE]) for n in range(3)]
    saves, submits = ([one[kind] for one in rounds] for kind in (0, 1))
    missed += timing(name, "save a draft, 20 at once", saves, SAVE_BAR)
    missed += timing(name, "submit a rating, 20 at once", submits, SAVE_BAR, graded.get("saves"))
    if reason := theirs.get("missing") or graded.get("missing"):
        print(f"ORA2: {reason}")
    return int(bool(missed) and name == "mariadb")


def queue(
    name: str, trainees: Sequence[Any], assessors: Sequence[Any], veteran: Any, theirs: dict
) -> int:
    """Press next with more and more waiting."""
    missed, made = 0, 0
    medians = []
    for waiting in WAITING:
        fill(trainees, made, waiting)
        made = waiting
        third = PRESSES // 3
        pressed = [presses(assessors[n * third : (n + 1) * third]) for n in range(3)]
        medians.append(table.median(table.quietest(pressed)))
        what = f"next seat of {waiting:,}"
        missed += timing(name, what, pressed, NEXT_BAR, theirs.get(str(waiting)))
        remember(veteran)
        sat = [presses([veteran] * 30) for _ in range(3)]
        missed += timing(name, f"{what}, sat before", sat, NEXT_BAR)
        forget(veteran)
    grown = medians[-1] / medians[0]
    bar, ours = f"≤ {FLAT}", f"{grown:.2f}"
    first, last = (theirs.get(str(one)) for one in (WAITING[0], WAITING[-1]))
    beside = ""
    if first and last:
        first, last = table.quietest(first), table.quietest(last)
        beside = f"{table.median(last) / table.median(first):.0f}"
    missed += table.row("next seat, ×100 waiting", name, bar, ours, beside, holds=grown <= FLAT)
    return missed


def race(name: str, racers: Sequence[Any], theirs: dict) -> bool:
    """Let eight press at the same instant, ten times; how many got what somebody else got."""
    doubled = 0
    for _ in range(ROUNDS):
        got = at_once_each(taken, racers)
        doubled += len(got) - len(set(got))
        reopen()
    beside = theirs.get("doubles")
    told = f"{beside['doubled']} of {beside['of']}" if beside else "missing"
    ours = f"{doubled} of {RACERS * ROUNDS}"
    return table.row("seats given twice, 8 at once", name, "0", ours, told, holds=not doubled)


def timing(
    name: str, what: str, rounds: list, bar: float, theirs: Sequence[list[float]] | None = ()
) -> bool:
    """Print a row of median and p95 in milliseconds; whether the p95 missed the bar."""
    p95 = table.p95(table.quietest(rounds))
    beside = told(theirs) if theirs else "" if theirs == () else "missing"
    ours = told(rounds)
    return table.row(what, name, f"p95 < {bar:.0f}", ours, beside, holds=p95 < bar)


def told(rounds: Sequence[Sequence[float]]) -> str:
    """Median and 95th percentile of the quietest round, in milliseconds."""
    best = table.quietest(rounds)
    return f"{table.median(best):.0f}/{table.p95(best):.0f} ms"


def people(name: str, count: int, role: Any) -> list[Any]:
    """Make people with a role."""
    from django.contrib.auth.models import User

    from peer_xblocks.records.models import Grant, Programme
    from tests.db.assessment.many import BEGIN

    users = [User.objects.create(username=f"{name}-{n}") for n in range(count)]
    programme = Programme.objects.get()
    Grant.objects.bulk_create(
        Grant(user=user, programme=programme, role=role.value, since=BEGIN) for user in users
    )
    return users


def fill(trainees: Sequence[Any], begin: int, end: int) -> None:
    """Add submissions with two open seats each, so that there are `end` of them."""
    from peer_xblocks.work.models import Submission
    from tests.db.assessment import many

    for first in range(begin, end, many.CALL):
        numbers = range(first, min(first + many.CALL, end))
        cases = [many.case(trainees[n % len(trainees)], n) for n in numbers]
        Submission.objects.bulk_create(map(many.submission, cases))
        many.opened(cases, seats=(1, 2))
    analyze()


def analyze() -> None:
    """Let the database look at its tables, as it does by itself in the long run."""
    from django.db import connection

    tables = ("peer_xblocks_assessment_seat", "peer_xblocks_assessment_caserecord")
    with connection.cursor() as cursor:
        for one in tables:
            word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
            cursor.execute(f"{word} {one}")


def presses(users: Sequence[Any]) -> list[float]:
    """Press next once for each of these, and open the seats again afterwards."""
    from peer_xblocks.assessment.api import seats
    from tests.db.work.scene import PROGRAMME

    seconds = []
    for user in users:
        seconds.append(timed(lambda user=user: seats.take_next(user, PROGRAMME)))
        if len(users) > len(set(users)):
            reopen()
    reopen()
    return seconds


def reopen() -> None:
    """Open every held seat again."""
    from peer_xblocks.assessment.models import Seat

    Seat.objects.exclude(holder=None).update(
        assessor=None, holder=None, lease_until=None, taken_at=None
    )


def remember(veteran: Any) -> None:
    """Let one assessor have rated the first seat of each of the 1,000 oldest submissions."""
    from peer_xblocks.assessment.models import Seat
    from tests.db.assessment.many import BEGIN

    oldest = list(
        Seat.objects.filter(number=1).order_by("queued_at").values_list("id", flat=True)[:1_000]
    )
    Seat.objects.filter(id__in=oldest).update(assessor=veteran, submitted_at=BEGIN, taken_at=BEGIN)


def forget(veteran: Any) -> None:
    """Open these seats again."""
    from peer_xblocks.assessment.models import Seat

    Seat.objects.filter(assessor=veteran).update(assessor=None, submitted_at=None, taken_at=None)


def at_once_each(act: Callable[[Any], Any], users: Sequence[Any]) -> list[Any]:
    """Let each of these do the same at the same instant, each in a process of its own."""
    from django.db import connection

    connection.close()
    with FORK.Pool(len(users)) as pool:
        return pool.map(act, users, chunksize=1)


def at_once(act: Callable[[Any], Any], users: Sequence[Any]) -> tuple[list[float], list[float]]:
    """What all together took: their saves, and their submits."""
    done = at_once_each(act, users)
    return [one for saves, _submit in done for one in saves], [submit for _saves, submit in done]


def taken(user: Any) -> Any:
    """The seat that one of the racers gets."""
    from peer_xblocks.assessment.api import seats
    from tests.db.work.scene import PROGRAMME

    GATES[RACERS].wait()
    seat = seats.take_next(user, PROGRAMME)
    return seat.id if seat else None


def rated(user: Any) -> tuple[list[float], float]:
    """Save ten times and submit, as one of twenty who acted before; how long each took."""
    from peer_xblocks.assessment.api import drafts, ratings, seats
    from peer_xblocks.records.api import people as people_api
    from tests.db.work.scene import PROGRAMME
    from tests.unit.core.performances import rating

    seat = seats.take_next(user, PROGRAMME)
    assert seat is not None
    people_api.urn(user, PROGRAMME)
    notes = [rating((3, 2 + version % 2, 3)) for version in range(SAVES)]
    GATES[AT_ONCE].wait()
    saves = [timed(lambda v=v: drafts.save(user, seat.id, v, notes[v], ())) for v in range(SAVES)]
    GATES[AT_ONCE].wait()
    return saves, timed(lambda: ratings.submit(user, seat.id, rating((3, 3, 3)), "k"))


def timed(act: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
