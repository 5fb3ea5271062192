"""Measures ORA2's own API, in its own environment; started by `bench/stand/peer.py`.

    .venv-peers/bin/python ora2.py queue WAITING… | grading | page

Prints one line of JSON. Staff step only, four criteria of four options, an answer of 3 kB.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Any

import platform_parts

COURSE, ITEM = "course-v1:Peers+P1+2026", "block-v1:Peers+P1+2026+type@openassessment+block@one"
GRADED = f"{ITEM}-graded"
REQUIREMENTS = {"staff": {"required": True}}
ANSWER = {"parts": [{"text": "She waited for him to finish, and then said it back. " * 58}]}
NAMES = [f"criterion {n}" for n in range(4)]
RUBRIC = {
    "criteria": [
        {
            "order_num": at,
            "name": name,
            "label": name,
            "prompt": "Was it seen?",
            "options": [
                {"order_num": n, "points": n, "name": f"{n}", "label": f"{n}", "explanation": "So."}
                for n in range(4)
            ],
        }
        for at, name in enumerate(NAMES)
    ]
}
PRESSES, CAP_SECONDS = 60, 60
GRADERS, EACH = 20, 9
ROUNDS, AT_ONCE = 10, 8
FORK = get_context("fork")
"""Processes, not threads: edx-submissions makes every warning of the process fatal for a moment,
and in threads that hits whoever else is under way."""
GATE = FORK.Barrier(AT_ONCE)


def main(what: str, *options: str) -> dict[str, Any]:
    """Measure one thing, on a database that is made for it and dropped."""
    platform_parts.install()
    if not find_spec("MySQLdb"):
        import pymysql

        pymysql.install_as_MySQLdb()
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    try:
        migrate()
        warnings.simplefilter(
            "ignore"
        )  # its times have no zone, and what it imports makes that fatal
        return {"queue": queue, "grading": grading, "page": page}[what](*options)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def migrate() -> None:
    """Make the tables. On MariaDB edx-submissions alters a column that is not there: left out."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "mysql" and connection.mysql_is_mariadb:
        call_command("migrate", "submissions", "0005_submissionfile", verbosity=0)
        call_command("migrate", "submissions", "0006", fake=True, verbosity=0)
    call_command("migrate", verbosity=0)


def queue(*waiting: str) -> dict[str, Any]:
    """`get_submission_to_assess` for a new grader each time, and eight at the same instant."""
    from openassessment.assessment.api import staff

    found: dict[str, Any] = {}
    made = 0
    for wanted in map(int, waiting):
        fill(made, wanted)
        made = wanted
        seconds: list[float] = []
        begin = time.perf_counter()
        while len(seconds) < PRESSES and time.perf_counter() - begin < CAP_SECONDS:
            scorer = f"staff-{wanted}-{len(seconds)}"
            seconds.append(timed(lambda s=scorer: staff.get_submission_to_assess(COURSE, ITEM, s)))
        third = max(2, len(seconds) // 3)
        found[str(wanted)] = [seconds[at : at + third] for at in range(0, len(seconds) - 1, third)]
        if len(found) == 1:
            found["doubles"] = doubles()
    return found


def fill(begin: int, end: int) -> None:
    """Add submissions that wait for staff, straight into the tables that are asked."""
    from openassessment.assessment.models import StaffWorkflow
    from submissions.models import StudentItem, Submission

    for first in range(begin, end, 1_000):
        numbers = range(first, min(first + 1_000, end))
        StudentItem.objects.bulk_create(
            StudentItem(id=n + 1, item_type="openassessment", **item(f"student-{n}"))
            for n in numbers
        )
        handed_in = Submission.objects.bulk_create(
            Submission(student_item_id=n + 1, attempt_number=1, answer=ANSWER) for n in numbers
        )
        StaffWorkflow.objects.bulk_create(
            StaffWorkflow(course_id=COURSE, item_id=ITEM, submission_uuid=str(one.uuid))
            for one in handed_in
        )


def doubles() -> dict[str, int]:
    """How many of the seats handed out at the same instant somebody else got as well."""
    from django.db import connection

    connection.close()
    doubled = 0
    with FORK.Pool(AT_ONCE, warnings.simplefilter, ("ignore",)) as pool:
        for number in range(ROUNDS):
            scorers = [f"racer-{number}-{at}" for at in range(AT_ONCE)]
            got = pool.map(pressed, scorers, chunksize=1)
            doubled += len(got) - len(set(got))
    return {"doubled": doubled, "of": ROUNDS * AT_ONCE}


def pressed(scorer: str) -> str:
    """What one of those gets who press at the same instant."""
    from openassessment.assessment.api import staff

    GATE.wait()
    return str(staff.get_submission_to_assess(COURSE, ITEM, scorer)["uuid"])


def grading() -> dict[str, Any]:
    """Twenty graders who save at once, then the export of what they graded."""
    from django.db import connection
    from openassessment.data import OraAggregateData
    from openassessment.workflow import api as workflow
    from submissions import api as submissions

    uuids = []
    for number in range(GRADERS * EACH + 1):
        made = submissions.create_submission(item(f"s-{number}", GRADED) | TYPE, ANSWER)
        workflow.create_workflow(made["uuid"], ["staff"])
        uuids.append(made["uuid"])
    graded(
        [uuids.pop()]
    )  # a rubric that several use for the first time at once fails for all but one
    connection.close()
    third = len(uuids) // 3
    saves = [at_once(uuids[n * third : (n + 1) * third]) for n in range(3)]
    begin = time.perf_counter()
    _headers, rows = OraAggregateData.collect_ora2_data(COURSE)
    spent = time.perf_counter() - begin
    return {"saves": saves, "rows": len(rows), "seconds": spent}


def at_once(uuids: list[str]) -> list[float]:
    """How long each of these took, graded by twenty at once."""
    with FORK.Pool(GRADERS) as pool:
        found = pool.map(graded, [uuids[at::GRADERS] for at in range(GRADERS)], chunksize=1)
    return [one for some in found for one in some]


def graded(uuids: list[str]) -> list[float]:
    """How long each of these took one grader to grade, one after the other."""
    from openassessment.assessment.api import staff
    from openassessment.workflow import api as workflow

    warnings.simplefilter("ignore")
    notes = dict.fromkeys(NAMES, "Opens with her own name and why she is here. " * 2)
    chosen = dict.fromkeys(NAMES, "3")

    def grade(uuid: str) -> None:
        staff.create_assessment(uuid, "grader", chosen, notes, "A warm talk.", RUBRIC, now())
        workflow.update_from_assessments(uuid, REQUIREMENTS, {})

    return [timed(lambda uuid=uuid: grade(uuid)) for uuid in uuids]


def page() -> dict[str, Any]:
    """What a learner's page costs: bytes, requests, and milliseconds with its state in memory."""
    import ora2_page

    return ora2_page.measured()


TYPE = {"item_type": "openassessment"}


def item(student: str, block: str = ITEM) -> dict[str, str]:
    """A student's place in the course."""
    return {"student_id": student, "course_id": COURSE, "item_id": block}


def now() -> datetime:
    """The time, as ORA2 wants it."""
    return datetime.now(UTC)


def timed(act: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
