"""Processes killed by -9: no gap, no fork, nothing lost that was acknowledged, both or neither of a
row and its record; and a fresh process goes on.
"""

from collections.abc import Callable
from itertools import count

import pytest
from django.contrib.auth.models import User

from peer_xblocks.assessment.models import CaseRecord
from peer_xblocks.core.record import Role
from peer_xblocks.work.models import Submission
from tests.db.holding.acts import APART, SAME
from tests.db.holding.crew import Crew
from tests.db.holding.whole import Whole, bodies, check_whole
from tests.db.work.scene import PROGRAMME

pytestmark = pytest.mark.django_db(transaction=True)
HARM = (3, 1, 3)


class Killed:
    """Does each act twice: in a process that dies at a point on its way, and in one that lives."""

    def __init__(self, crew: Crew, whole: Whole, point: int) -> None:
        self.crew = crew
        self.whole = whole
        self.point = point
        self.deaths = 0

    def __call__(self, act: str, *args: object) -> object:
        """What the act came to. Everything is whole after the death, and whoever was told of
        something before it finds that again.
        """
        said = self.crew.do(act, *args, die_at=self.point)
        self.deaths += not said
        self.whole.check()
        (again,) = self.crew.do(act, *args)
        assert said in ([], [again])
        return again


def at_every_point(crew: Crew, way: Callable[[Killed, str], None]) -> int:
    """Go a way from its beginning again and again, each time dying one write later in every act of
    it; how many points there were.
    """
    whole = Whole(PROGRAMME)
    for point in count():
        killed = Killed(crew, whole, point)
        way(killed, f"scene-{point}")
        if not killed.deaths:
            check_whole(PROGRAMME)
            return point
    raise AssertionError("unreachable")


@pytest.fixture
def everyone(people, qualified, lead) -> None:
    """A trainee, three assessors, of whom one is qualified for third ratings, and leads."""
    people(Role.TRAINEE, 1)
    qualified(people(Role.ASSESSOR, 3)[2])


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
        said = crew.do("reset", "lea", "trainee-0", scene, die_at=act.point)
        act.deaths += not said
        act.whole.check()
        (again,) = crew.do("reset", "lea", "trainee-0", scene)
        assert (again == 1) if not said and act.point else (again in (0, 1))
        assert set(cases.values_list("state", flat=True)) == {"voided"}

    points = at_every_point(crew, way)
    for kind in ("submission", "resolution", "release", "attestation"):
        assert len(bodies(PROGRAMME, kind)) == points + 1, kind
    assert len(bodies(PROGRAMME, "void")) == 2 * (points + 1)
    assert len(bodies(PROGRAMME, "rating")) == 3 * (points + 1)


def test_the_processes_that_die_do_die(crew, everyone):
    """A process that is told to die says nothing, and has left nothing; once it is done, all."""
    assert crew.do("hand_in", "trainee-0", "one", "key", die_at=1) == []
    assert not Submission.objects.exists()
    assert crew.do("hand_in", "trainee-0", "one", "key", die_at=0) == []
    assert Submission.objects.count() == 1
    assert User.objects.filter(username="trainee-0").exists()
