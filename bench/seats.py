"""The next seat at 1,000, 10,000 and 100,000 waiting, and saving with twenty at once.

    python bench/seats.py [sqlite mariadb postgres]

Bars, on MariaDB: next seat flat and p95 under 20 ms; saving a rating under 200 ms p95 with twenty
assessors at once. "Sat before" is the worst case: an assessor who has rated one seat of each of the
1,000 oldest submissions, whose other seats are open. A missing server is left out."""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
WAITING = (1_000, 10_000, 100_000)
PRESSES = 200
AT_ONCE = 20
SAVES = 10
NEXT_BAR, SAVE_BAR = 20.0, 200.0
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    """Measure each database in a process of its own; 1 when a bar was missed on MariaDB."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("databases", nargs="*", default=["sqlite", "mariadb", "postgres"])
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options.inside)
    print(f"{'database':<10}{'what':<22}{'waiting':>9}{'median ms':>11}{'p95 ms':>9}{'bar':>7}")
    codes = [
        subprocess.run([sys.executable, __file__, "--inside", one], check=False)
        for one in options.databases
    ]
    return max(code.returncode for code in codes)


def inside(name: str) -> int:
    """Make a database, measure, and drop it."""
    from tests.db import conftest

    if reason := conftest.missing(name):
        print(f"{name:<10}left out: {reason}")
        return 0
    if name == "mariadb" and not importlib.util.find_spec("MySQLdb"):
        import pymysql

        pymysql.install_as_MySQLdb()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PEER_TEST_DATABASE"] = json.dumps(conftest.database(name, Path(folder)))
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.db.settings"
        import django

        django.setup()
        from django.db import connection

        before = connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            return measure(name)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def measure(name: str) -> int:
    """Fill the queue step by step and press next; then save with twenty at once."""
    from peer_xblocks.core.record import Role
    from peer_xblocks.records.api import programmes
    from tests.db.work import scene

    programmes.create(None, scene.PROGRAMME, "Bench", scene.COURSE, {})
    scene.deposit()
    trainees = people("trainee", 500, Role.TRAINEE)
    assessors = people("assessor", PRESSES, Role.ASSESSOR)
    (veteran,) = people("veteran", 1, Role.ASSESSOR)
    missed, made = 0, 0
    for waiting in WAITING:
        fill(trainees, made, waiting)
        made = waiting
        forget(veteran)
        missed += row(name, "next seat", waiting, presses(assessors), NEXT_BAR)
        remember(veteran)
        missed += row(name, "next seat, sat before", waiting, presses([veteran] * 50), NEXT_BAR)
    forget(veteran)
    saves, submits = saved_at_once(assessors[:AT_ONCE])
    missed += row(name, "save, 20 at once", made, saves, SAVE_BAR)
    missed += row(name, "submit, 20 at once", made, submits, SAVE_BAR)
    return int(bool(missed) and name == "mariadb")


def row(name: str, what: str, waiting: int, seconds: Sequence[float], bar: float) -> bool:
    """Print one row; whether the bar was missed."""
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    median = statistics.median(seconds) * 1000
    print(f"{name:<10}{what:<22}{waiting:>9,}{median:>11.1f}{p95:>9.1f}{bar:>7.0f}", flush=True)
    return p95 > bar


def people(name: str, count: int, role: Any) -> list[Any]:
    """Make people with a role."""
    from django.contrib.auth.models import User

    from peer_xblocks.records.models import Grant, Programme

    users = [User.objects.create(username=f"{name}-{n}") for n in range(count)]
    programme = Programme.objects.get()
    Grant.objects.bulk_create(
        Grant(user=user, programme=programme, role=role.value, since=BEGIN) for user in users
    )
    return users


def fill(trainees: Sequence[Any], begin: int, end: int) -> None:
    """Add submissions with two open seats each, so that there are `end` of them."""
    from peer_xblocks.assessment.models import CaseRecord, Seat
    from peer_xblocks.work.models import Submission

    for first in range(begin, end, 1_000):
        rows = [submission(trainees, n) for n in range(first, min(first + 1_000, end))]
        Submission.objects.bulk_create(rows)
        cases = CaseRecord.objects.bulk_create(map(case, rows))
        if cases[0].pk is None:  # MariaDB before 10.5 does not say
            keys = [row.uuid for row in rows]
            cases = list(CaseRecord.objects.filter(submission__in=keys).order_by("submitted_at"))
        Seat.objects.bulk_create(
            Seat(
                case=one,
                programme=one.programme,
                number=number,
                queued_at=one.submitted_at,
                trainee_id=one.trainee_id,
                rubric_key=one.rubric_key,
            )
            for one in cases
            for number in (1, 2)
        )
    analyze()


def submission(trainees: Sequence[Any], number: int) -> Any:
    """One submission as handed in, a second after the one before."""
    from peer_xblocks.work.models import Submission
    from tests.db.work.scene import COURSE, ERRORS, PROGRAMME, RUBRIC, SCENARIO, hand_in

    trainee = trainees[number % len(trainees)]
    urn = f"urn:uuid:00000000-0000-4000-8000-{number:012}"
    return Submission(
        owner=trainee,
        programme=PROGRAMME,
        course=COURSE,
        activity=f"activity-{number}",
        activity_type="peer_role_play",
        key=f"key-{number}",
        subject=f"urn:uuid:00000000-0000-4000-9000-{trainee.pk:012}",
        record_id=urn,
        attempt=1,
        title=SCENARIO.title,
        mode="written",
        media="text/plain",
        text=hand_in().text,
        performance_sha256="0" * 64,
        scenario_key=SCENARIO.key,
        scenario_edition=1,
        scenario_sha256=SCENARIO.digest,
        rubric_key=RUBRIC.key,
        rubric_edition=1,
        rubric_sha256=RUBRIC.digest,
        errors_sha256=ERRORS.digest,
        formative=False,
        submitted_at=BEGIN + timedelta(seconds=number),
    )


def case(row: Any) -> Any:
    """The case of a submission."""
    from peer_xblocks.assessment.models import CaseRecord

    same = [
        "programme",
        "subject",
        "course",
        "activity",
        "activity_type",
        "title",
        "mode",
        "media",
        "formative",
        "scenario_key",
        "scenario_edition",
        "scenario_sha256",
        "rubric_key",
        "rubric_sha256",
        "errors_sha256",
        "performance_sha256",
        "submitted_at",
    ]
    return CaseRecord(
        submission=row.uuid,
        trainee_id=row.owner_id,
        submission_record=row.record_id,
        **{name: getattr(row, name) for name in same},
    )


def analyze() -> None:
    """Let the database look at its tables, as it does by itself in the long run."""
    from django.db import connection

    tables = ("peer_xblocks_assessment_seat", "peer_xblocks_assessment_caserecord")
    with connection.cursor() as cursor:
        for table in tables:
            word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
            cursor.execute(f"{word} {table}")


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

    oldest = list(
        Seat.objects.filter(number=1).order_by("queued_at").values_list("id", flat=True)[:1_000]
    )
    Seat.objects.filter(id__in=oldest).update(assessor=veteran, submitted_at=BEGIN, taken_at=BEGIN)


def forget(veteran: Any) -> None:
    """Open these seats again."""
    from peer_xblocks.assessment.models import Seat

    Seat.objects.filter(assessor=veteran).update(assessor=None, submitted_at=None, taken_at=None)


def saved_at_once(assessors: Sequence[Any]) -> tuple[list[float], list[float]]:
    """Let each save ten times and submit, all at the same time; how long each took."""
    from django.db import connection

    from peer_xblocks.assessment.api import drafts, ratings, seats
    from tests.db.work.scene import PROGRAMME
    from tests.unit.core.performances import rating

    def work(user: Any) -> tuple[list[float], float]:
        try:
            seat = seats.take_next(user, PROGRAMME)
            assert seat is not None
            notes = [rating((3, 2 + version % 2, 3)) for version in range(SAVES)]
            saves = [
                timed(lambda v=v: drafts.save(user, seat.id, v, notes[v])) for v in range(SAVES)
            ]
            return saves, timed(lambda: ratings.submit(user, seat.id, rating((3, 3, 3)), "k"))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(work, assessors))
    return [one for saves, _ in done for one in saves], [submit for _, submit in done]


def timed(act: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
