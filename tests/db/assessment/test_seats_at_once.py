"""Many assessors press next at the same instant: no seat goes to two, and none is forgotten."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from peer_xblocks.assessment import handing
from peer_xblocks.assessment.api import ratings, resolutions, seats, ties
from peer_xblocks.assessment.models import RatingRecord, Seat
from peer_xblocks.core.record import Role
from peer_xblocks.records.models import Record
from tests.db.work.scene import PROGRAMME, person, submitted
from tests.twice import pressed_twice
from tests.unit.core.performances import rating

ROOT = Path(__file__).parents[3]


def assessors(count):
    """This many assessors."""
    return [person(f"assessor-{n}", Role.ASSESSOR) for n in range(count)]


def press_on(user):
    """Start a process that takes and rates seats for one assessor until none is left."""
    keep = ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in keep}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.db.settings",
        "PEER_TEST_DATABASE": json.dumps(database),
    }
    command = [sys.executable, "-m", "tests.db.assessment.press_next", str(user.pk)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def taken():
    """Which assessor has which seat."""
    return dict(Seat.objects.exclude(assessor=None).values_list("uuid", "assessor_id"))


@pytest.mark.django_db(transaction=True)
def test_eight_who_press_at_once_get_eight_seats(ana, bea):
    """Each of eight assessors gets a seat of their own, for as long as there are enough."""
    for number in range(4):
        submitted(ana, f"scene-{number}", f"key {number}")
    people, start = assessors(8), Barrier(8)

    def press(user):
        try:
            start.wait()
            return str(seats.take_next(user, PROGRAMME).id)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(press, people))
    assert len(set(given)) == 8
    assert taken() == {seat: user.pk for seat, user in zip(given, people, strict=True)}


@pytest.mark.django_db(transaction=True)
def test_a_tie_declared_while_the_seat_is_taken_is_on_it(ana):
    """Whichever is first, no seat is taken by somebody tied without saying so."""
    people = assessors(6)
    for number, user in enumerate(people):
        submitted(ana, f"scene-{number}", f"key {number}")
        Seat.objects.filter(assessor=None).update(assigned_to=user)
        start = Barrier(2)

        def at_once(act, start=start):
            try:
                start.wait()
                return act()
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            acts = (
                lambda user=user: seats.take_next(user, PROGRAMME),
                lambda user=user: ties.declare(ana, user, ana, PROGRAMME, "friend"),
            )
            list(pool.map(at_once, acts))
        assert not Seat.objects.filter(holder=user).exclude(tie="friend", tied_place=1).exists()


@pytest.mark.django_db(transaction=True)
def test_two_seats_for_eight_go_to_two(ana):
    """When there are fewer seats than assessors, the others get none, and no error."""
    submitted(ana)
    people, start = assessors(8), Barrier(8)

    def press(user):
        try:
            start.wait()
            seat = seats.take_next(user, PROGRAMME)
            return seat and str(seat.id)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = Counter(pool.map(press, people))
    assert given.pop(None) == 6
    assert sorted(given.values()) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_one_assessor_who_presses_many_times_at_once_holds_one_seat(ana, ann):
    """A double click, on two tabs or eight, gives one seat."""
    for number in range(4):
        submitted(ana, f"scene-{number}", f"key {number}")
    start = Barrier(8)

    def press(_):
        try:
            start.wait()
            return seats.take_next(ann, PROGRAMME).id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(press, range(8)))) == 1
    assert len(taken()) == 1


@pytest.mark.django_db(transaction=True)
def test_processes_of_their_own_share_no_seat(ana):
    """Four processes, each taking and passing on for its own assessor, never meet on a seat."""
    for number in range(6):
        submitted(ana, f"scene-{number}", f"key {number}")
    people = assessors(4)
    given = []
    for process in [press_on(user) for user in people]:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        given += out.split()
    assert len(given) == len(set(given)) == 12
    assert set(taken()) == set(given)


@pytest.mark.django_db(transaction=True)
def test_killed_processes_leave_whole_ratings_and_nothing_stuck(ana, lea):
    """Workers killed in the middle: each rating has its record, and the rest can be finished."""
    for number in range(20):
        submitted(ana, f"scene-{number}", f"key {number}")
    people = assessors(3)
    for number, process in enumerate([press_on(user) for user in people]):
        for _ in range(number + 2):
            process.stdout.readline()
        process.kill()
        process.communicate(timeout=60)
    recorded = set(Record.objects.filter(kind="rating").values_list("urn", flat=True))
    assert recorded == set(RatingRecord.objects.values_list("record_id", flat=True))
    assert RatingRecord.objects.count() == Seat.objects.exclude(submitted_at=None).count()
    Seat.objects.exclude(holder=None).update(lease_until=timezone.now() - timedelta(seconds=1))
    for user in people:
        while seat := seats.take_next(user, PROGRAMME):
            ratings.submit(user, seat.id, rating((3, 3, 3)), f"key {seat.id}")
    assert {case.state for case in resolutions.waiting(lea, PROGRAMME)} == {"to_release"}
    assert Record.objects.filter(kind="resolution").count() == 20


def test_whoever_presses_twice_gets_the_last_seat_twice(ana):
    """One seat waits, and its assessor presses again in the middle of a press: both presses answer
    it, at whatever moment the second one comes.
    """
    submitted(ana)
    first, second = assessors(2)
    assert seats.take_next(first, PROGRAMME)
    moments = 0
    for pressed in pressed_twice(lambda: seats.take_next(second, PROGRAMME)):
        held = handing.held(second, PROGRAMME)
        assert [one and str(one.id) for one in pressed] == [str(held.uuid)] * 2
        assert handing.give_up(held)
        moments += 1
    assert moments > 6  # so many queries has a press, whichever database it is
