"""Many people, each in a process of their own, at the same instant; and one person twice."""

from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from peer_xblocks.assessment.models import CaseRecord, RatingRecord, Seat
from peer_xblocks.core.record import Role
from peer_xblocks.records.models import Record
from peer_xblocks.work.models import Submission
from tests.db.holding.acts import APART, SAME
from tests.db.holding.whole import bodies, check_whole
from tests.db.work.scene import PROGRAMME, submitted

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 16


@pytest.fixture
def waiting(crew, people):
    """Makes so many submissions wait, and gives them."""

    def make(count: int) -> list:
        (ana,) = people(Role.TRAINEE, 1)
        owner = User.objects.get(username=ana)
        return [submitted(owner, f"scene-{n}", f"key {n}") for n in range(count)]

    return make


def recorded(kind: str) -> int:
    """How many records of a kind there are."""
    return Record.objects.filter(kind=kind).count()


def test_sixteen_who_press_and_rate_at_once_share_no_seat(crew, people, waiting):
    """Eighty seats go to sixteen people who press at the same instant and rate at the next, again
    and again: nobody gets one that another has, none is left over, each rating counts.
    """
    waiting(40)
    raters = people(Role.ASSESSOR, MANY)
    given: list[str] = []
    while any(pressed := [one[0] for one in crew.at_once(*(("press", name) for name in raters))]):
        held = [(name, seat) for name, seat in zip(raters, pressed, strict=True) if seat]
        assert len({seat for _name, seat in held}) == len(held)
        assert dict(Seat.objects.exclude(holder=None).values_list("holder__username", "uuid")) == (
            dict(held)
        )
        given += [seat for _name, seat in held]
        crew.at_once(*(("rate", name, seat, f"rates {seat}") for name, seat in held))
    assert len(given) == len(set(given)) == 80
    assert RatingRecord.objects.count() == recorded("rating") == 80
    assert Counter(CaseRecord.objects.values_list("state", flat=True)) == {"to_release": 40}
    assert max(Counter(RatingRecord.objects.values_list("case_id", flat=True)).values()) == 2
    check_whole(PROGRAMME)


def test_leases_that_ran_out_go_to_one_each(crew, people, waiting):
    """Eight seats whose time is over, and sixteen who press: eight get one, eight get none."""
    waiting(4)
    late = people(Role.ASSESSOR, 8)
    pressed = crew.at_once(*(("press", name) for name in late))
    Seat.objects.update(lease_until=timezone.now())
    others = people(Role.LEAD, MANY)
    again = crew.at_once(*(("press", name) for name in others))
    assert Counter(one for (one,) in again if one) == Counter(one for (one,) in pressed)
    assert sum(one is None for (one,) in again) == 8


def test_sixteen_who_hand_in_at_once(crew, people):
    """Each submission is there once, with two seats and one record."""
    names = people(Role.TRAINEE, MANY)
    said = crew.at_once(*(("hand_in", name, "one", "key") for name in names))
    assert {one for (one,) in said} == set(Submission.objects.values_list("record_id", flat=True))
    assert Submission.objects.count() == MANY == recorded("submission")
    assert Seat.objects.count() == 2 * MANY
    check_whole(PROGRAMME)


def test_one_person_who_hands_in_many_times_at_once(crew, people):
    """The same key from everywhere is one submission, and everybody is told of that one."""
    (ana,) = people(Role.TRAINEE, 1)
    said = crew.at_once(*[("hand_in", ana, "one", "key")] * 8)
    assert len({one for (one,) in said}) == 1
    assert Submission.objects.count() == recorded("submission") == 1
    assert Seat.objects.count() == 2
    check_whole(PROGRAMME)


def test_two_tabs_that_hand_in_at_once_make_one_attempt(crew, people):
    """With a key each, one is taken and the others are told that it waits."""
    (ana,) = people(Role.TRAINEE, 1)
    said = Counter(
        one for (one,) in crew.at_once(*(("hand_in", ana, "one", f"{n}") for n in range(8)))
    )
    assert said.pop("conflict") == 7
    assert list(said.values()) == [1]
    assert recorded("submission") == 1
    check_whole(PROGRAMME)


def test_a_rating_that_is_sent_many_times_at_once_is_one(crew, people, waiting):
    """The same press from everywhere, with one key and with eight: one rating, one record; another
    rating is refused.
    """
    waiting(1)
    (ann,) = people(Role.ASSESSOR, 1)
    for number in (1, 2):
        (seat,) = crew.do("press", ann if number == 1 else people(Role.LEAD, 1)[0])
        who = ann if number == 1 else "lead-0"
        same_key = [("rate", who, seat, "one key")] * 4
        other_keys = [("rate", who, seat, f"key {n}") for n in range(4)]
        said = crew.at_once(*same_key, *other_keys)
        assert len({one for (one,) in said}) == 1
        assert crew.do("rate", who, seat, "late", APART) == ["conflict"]
        assert RatingRecord.objects.count() == recorded("rating") == number
    assert recorded("resolution") == 1
    check_whole(PROGRAMME)


def test_two_ratings_that_differ_sent_at_once_are_one(crew, people, waiting):
    """Whichever comes first stands; everybody who sent another one is told."""
    waiting(1)
    (ann,) = people(Role.ASSESSOR, 1)
    (seat,) = crew.do("press", ann)
    said = Counter(
        one
        for (one,) in crew.at_once(
            *(("rate", ann, seat, f"key {n}", (SAME, APART)[n % 2]) for n in range(8))
        )
    )
    assert said.pop("conflict") == 4
    assert list(said.values()) == [4]
    assert recorded("rating") == 1
    check_whole(PROGRAMME)


def test_what_a_lead_does_counts_once(crew, people, waiting, qualified):
    """Signing, releasing, correcting, deciding and voiding, each pressed eight times by two leads
    at one instant: one record each, for whoever was first.
    """
    (one,) = waiting(1)
    leads, raters = people(Role.LEAD, 2), people(Role.ASSESSOR, 3)
    qualified(raters[2])
    for name, levels in zip(raters, (SAME, (3, 1, 3), APART), strict=True):
        (seat,) = crew.do("press", name)
        crew.do("rate", name, seat, "key", levels)

    def all_press(act: str, *args: object) -> str:
        said = crew.at_once(*((act, name, str(one.id), *args, f"by {name}") for name in leads * 4))
        (winner,) = {said[n][0] for n in range(8)} - {"conflict"}
        counts = [sum(said[n][0] == winner for n in range(begin, 8, 2)) for begin in (0, 1)]
        assert sorted(counts) == [0, 4]
        return winner

    all_press("sign")
    assert recorded("resolution") == 1
    all_press("release")
    assert recorded("release") == 1
    said = crew.at_once(*[("appeal", "trainee-0", str(one.id), "key")] * 8)
    assert {n for (n,) in said} == {"technical"}
    about = bodies(PROGRAMME, "submission")[0]["id"]
    said = crew.at_once(*[("correct", leads[0], str(one.id), about, "key")] * 8)
    assert {n for (n,) in said} == {"with_partner"}
    assert recorded("correction") == 1
    all_press("decide", "dismissed")
    assert recorded("attestation") == 1
    all_press("void")
    assert recorded("void") == 1
    check_whole(PROGRAMME)
