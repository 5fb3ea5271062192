"""Processes killed by -9: no gap, no fork, nothing lost that was acknowledged, both or neither of a
row and its record; and a fresh process goes on.
"""

from collections.abc import Callable
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from peer_xblocks.assessment.api import resolutions
from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.core.record import Role
from peer_xblocks.records.models import Record
from peer_xblocks.work.models import Submission
from tests.db.holding.acts import APART, SAME
from tests.db.holding.crew import Crew
from tests.db.holding.whole import Whole, bodies, check_whole
from tests.db.work.scene import PROGRAMME

pytestmark = pytest.mark.django_db(transaction=True)
HARM = (3, 1, 3)


class Killed:
    """Does each act twice: in a process that dies at a point on its way, and in one that lives."""

    def __init__(self, crew: Crew, whole: Whole, point: int, outlived: set[int]) -> None:
        self.crew = crew
        self.whole = whole
        self.point = point
        self.outlived = outlived
        self.deaths = 0
        self.acts = 0

    def __call__(self, act: str, *args: object) -> object:
        """What the act came to. Everything is whole after the death, and whoever was told of
        something before it finds that again.
        """
        said = self.die(act, *args)
        (again,) = self.crew.do(act, *args)
        assert said in ([], [again])
        return again

    def die(self, act: str, *args: object) -> list[object]:
        """What was said before the death. An act that was over before this point is not begun."""
        self.acts += 1
        if self.acts in self.outlived:
            return []
        said = self.crew.do(act, *args, die_at=self.point)
        self.whole.check()
        if said:
            self.outlived.add(self.acts)
        self.deaths += not said
        return said


def at_every_point(crew: Crew, way: Callable[[Killed, str], None]) -> int:
    """Go a way from its beginning again and again, each time dying one write later in every act of
    it; how many points there were.
    """
    whole, outlived = Whole(PROGRAMME), set()
    for point in count():
        killed = Killed(crew, whole, point, outlived)
        way(killed, f"scene-{point}")
        if not killed.deaths:
            check_whole(PROGRAMME)
            return point
    raise AssertionError("unreachable")


@pytest.fixture
def everyone(people, qualified, lead) -> None:
    """A trainee, leads, and assessors: one qualified for third ratings, two to rate anew."""
    people(Role.TRAINEE, 1)
    qualified(people(Role.ASSESSOR, 5)[2])


def test_a_way_without_dispute(crew, everyone):
    """Handed in, rated by two, settled by the rule, released, corrected, appealed on, heard, and
    voided: whichever write is the last that a process lives to see.
    """

    def way(act: Killed, scene: str) -> None:
        record = act("hand_in", "trainee-0", scene, scene)
        one = Submission.objects.get(record_id=record).uuid
        for who in ("assessor-0", "assessor-1"):
            act("rate", who, act("press", who), scene, SAME)
        assert act("release", "lea", one, scene) is True
        assert act("correct", "lea", one, record, scene) == "with_partner"
        assert act("appeal", "trainee-0", one, scene) == "technical"
        assert act("decide", "lea", one, "corrected", scene) == "corrected"
        assert act("void", "lea", one, scene) == "technical"

    points = at_every_point(crew, way)
    for kind in ("submission", "resolution", "release", "correction", "attestation", "void"):
        assert len(bodies(PROGRAMME, kind)) == points + 1, kind
    assert len(bodies(PROGRAMME, "rating")) == 2 * (points + 1)


def test_a_way_with_a_third_rating(crew, everyone):
    """Handed in, rated by two who differ and by a third, signed, released, appealed on, set aside
    to be rated anew, and reset by the platform.
    """

    def way(act: Killed, scene: str) -> None:
        one = Submission.objects.get(record_id=act("hand_in", "trainee-0", scene, scene)).uuid
        rated = {"assessor-0": SAME, "assessor-1": HARM, "assessor-2": APART}
        for who, levels in rated.items():
            act("rate", who, act("press", who), scene, levels)
        act("sign", "lea", one, scene)
        act("release", "lea", one, scene)
        act("appeal", "trainee-0", one, scene)
        assert act("decide", "lea", one, "rated_anew", scene) == "rated_anew"
        reset(act, scene)

    def reset(act: Killed, scene: str) -> None:
        """It names no press of its own: done again it finds nothing left to void."""
        cases = CaseRecord.objects.filter(activity__endswith=f"@{scene}")
        said = act.die("reset", "lea", "trainee-0", scene)
        (again,) = crew.do("reset", "lea", "trainee-0", scene)
        assert again == (0 if said or not act.point else 1)
        assert set(cases.values_list("state", flat=True)) == {"voided"}

    points = at_every_point(crew, way)
    for kind in ("submission", "resolution", "release", "attestation"):
        assert len(bodies(PROGRAMME, kind)) == points + 1, kind
    assert len(bodies(PROGRAMME, "void")) == 2 * (points + 1)
    assert len(bodies(PROGRAMME, "rating")) == 3 * (points + 1)


def test_whole_lives_cut_short(crew, people):
    """Three processes hand in, rate and release side by side and are killed anywhere, three times
    over: what they had said is there, the rest is whole, and others finish what they left.
    """
    trainees, leads = people(Role.TRAINEE, 9), people(Role.LEAD, 3)
    raters, said = people(Role.ASSESSOR, 6), []
    for turn in range(3):
        alive = crew.of(3)
        for number, worker in enumerate(alive):
            pair = raters[2 * number : 2 * number + 2]
            worker.tell("live", trainees[3 * turn + number], pair, leads[number], 1_000)
        for worker in alive:
            said += [worker.hear()["said"] for _ in range(1 + turn)]
            said += worker.kill()
        check_whole(PROGRAMME)
    assert set(said) <= set(Record.objects.values_list("urn", flat=True))
    Seat.objects.exclude(holder=None).update(lease_until=timezone.now())
    finishers = raters[:3]
    while any(pressed := [crew.do("press", name)[0] for name in finishers]):
        for name, seat in zip(finishers, pressed, strict=True):
            if seat:
                crew.do("rate", name, seat, f"rates {seat}")
    waiting = resolutions.waiting(User.objects.get(username=leads[0]), PROGRAMME)
    for case in waiting:
        if case.state == "to_release":
            crew.do("release", leads[0], str(case.submission_id), "late")
    assert set(CaseRecord.objects.values_list("state", flat=True)) == {"released"}
    check_whole(PROGRAMME)


def test_the_processes_that_die_do_die(crew, everyone):
    """A process that is told to die says nothing, and has left nothing; once it is done, all."""
    assert crew.do("hand_in", "trainee-0", "one", "key", die_at=1) == []
    assert not Submission.objects.exists()
    assert crew.do("hand_in", "trainee-0", "one", "key", die_at=0) == []
    assert Submission.objects.count() == 1
