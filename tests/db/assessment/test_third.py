"""A third, blind rating: who may give it, what three come to, and who signs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peer_xblocks.assessment import eligible, waiting
from peer_xblocks.assessment.api import (
    assessors,
    feedback,
    queue,
    ratings,
    resolutions,
    seats,
    ties,
)
from peer_xblocks.assessment.models import CaseRecord, RatingRecord, Seat
from peer_xblocks.core.errors import ConflictError, ForbiddenError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.core.resolution import Signed
from peer_xblocks.records.api import grants
from peer_xblocks.work.api import submissions
from peer_xblocks.work.values import Status
from tests.db.assessment.rating import rate, release
from tests.db.assessment.test_results import records
from tests.db.work.scene import PROGRAMME, RUBRIC, submitted
from tests.unit.core.performances import rating

CHOICE = Signed(choices={"other": 0}, reason="Nobody else could hear it.")


@pytest.fixture
def dee(programme, lea):
    """An assessor who is qualified for the rubric, as a third rater has to be."""
    from tests.db.work.scene import person

    user = person("dee-assessor", Role.ASSESSOR)
    assessors.qualify(lea, user, PROGRAMME, RUBRIC.key)
    return user


def disputed(ana, ann, ben, key="key"):
    """A submission on which two raters are two levels apart."""
    info = submitted(ana, key=key)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    return info


def test_a_third_seat_waits_in_the_same_queue(ana, ann, ben, dee):
    """It looks like any other: no number, no reason, no rating; the trainee hears it is rated."""
    info = disputed(ana, ann, ben)
    (waits,) = queue.waiting(dee, PROGRAMME)
    assert waits.title == "A first talk"
    seat = seats.take_next(dee, PROGRAMME)
    said = seats.desk(dee, seat.id).model_dump_json()
    assert not any(word in said for word in ("Ann", "Ben", "two_apart", '"number"', '"round"'))
    assert submissions.get(ana, info.id).status == Status.BEING_RATED
    assert seats.take_next(ann, PROGRAMME) is None
    assert seats.take_next(ben, PROGRAMME) is None


def test_three_settle_it_and_a_lead_signs(ana, ann, ben, dee, lea):
    """The median stands, the record names three ratings and the lead; the trainee reads three."""
    info = disputed(ana, ann, ben)
    rate(dee, (3, 3, 3))
    (case,) = resolutions.waiting(lea, PROGRAMME)
    assert case.state == "to_sign"
    assert records("resolution") == []
    detail = resolutions.case(lea, info.id)
    assert [one.letter for one in detail.ratings] == ["A", "B", "C"]
    assert detail.proposed is not None and detail.proposed.basis == "third"
    signed = resolutions.sign(lea, info.id, "", "sign")
    assert resolutions.sign(lea, info.id, "", "sign") == signed
    (record,) = records("resolution")
    assert (record["body"]["basis"], record["acting_as"]) == ("third", "lead")
    assert len(record["about"]) == 4
    other = record["body"]["criteria"][1]
    assert (other["level"], other["levels"], other["how"]) == (3, [2, 4, 3], "median")
    assert [one["body"]["round"] for one in records("rating")] == [
        "independent",
        "independent",
        "third",
    ]
    release(lea, info.id)
    result = feedback.result(ana, info.id)
    assert [one.letter for one in result.criteria[0].seen] == ["A", "B", "C"]


def test_who_rated_signs_nothing(ana, ann, ben, dee, lea, leo):
    """A lead who gave one of the three signs neither that nor anything about it."""
    grants.give(None, ben, PROGRAMME, Role.LEAD)
    info = disputed(ana, ann, ben)
    rate(dee)
    with pytest.raises(ForbiddenError):
        resolutions.sign(ben, info.id, "", "k")
    resolutions.sign(lea, info.id, "", "k")
    with pytest.raises(ConflictError):
        resolutions.sign(leo, info.id, "", "k")


def test_nothing_is_signed_before_the_third_is_in(ana, ann, ben, dee, lea):
    """Signing needs three; settling without a third needs that nobody can give it."""
    info = disputed(ana, ann, ben)
    for act in (
        lambda: resolutions.sign(lea, info.id, "", "k"),
        lambda: resolutions.settle(lea, info.id, CHOICE, "k"),
    ):
        with pytest.raises(ConflictError):
            act()
    assert records("resolution") == []


def test_a_lead_settles_when_nobody_can_give_a_third(ana, ann, ben, dee, lea):
    """Without anybody qualified and untied it is for the lead, and the seat is withdrawn."""
    ties.declare(dee, dee, ana, PROGRAMME, "family")
    info = disputed(ana, ann, ben)
    assert seats.take_next(dee, PROGRAMME) is None
    assert resolutions.settle(lea, info.id, CHOICE, "k").basis == "third_not_held"
    assert not Seat.objects.filter(case__submission=info.id, number=3).exists()


def test_a_lead_settles_when_a_third_was_waited_for_long_enough(ana, ann, ben, dee, lea):
    """After two weeks a lead may settle; not while somebody is just giving it."""
    info = disputed(ana, ann, ben)
    earlier = timezone.now() - timedelta(days=15)
    RatingRecord.objects.update(submitted_at=earlier)
    seat = seats.take_next(dee, PROGRAMME)
    seats.desk(dee, seat.id)
    with pytest.raises(ConflictError):
        resolutions.settle(lea, info.id, CHOICE, "k")
    Seat.objects.filter(uuid=seat.id).update(lease_until=earlier)
    assert resolutions.settle(lea, info.id, CHOICE, "k").basis == "third_not_held"
    with pytest.raises(ConflictError):
        ratings.submit(dee, seat.id, rating((3, 3, 3)), "late")
    assert seats.lost(dee, seat.id).title == "A first talk"


def test_a_lead_who_looked_gives_no_third_rating(ana, ann, ben, lea, leo):
    """Opening the case shows the ratings, and takes the third seat out of the lead's queue."""
    for lead in (lea, leo):
        other = leo if lead == lea else lea
        assessors.qualify(other, lead, PROGRAMME, RUBRIC.key)
    info = disputed(ana, ann, ben)
    assert resolutions.waiting(lea, PROGRAMME)[0].reasons == ()
    resolutions.case(lea, info.id)
    assert resolutions.waiting(lea, PROGRAMME)[0].reasons != ()
    assert queue.waiting(lea, PROGRAMME) == ()
    assert seats.take_next(lea, PROGRAMME) is None
    assert len(queue.waiting(leo, PROGRAMME)) == 1


def test_the_unqualified_and_the_tied_are_not_offered_a_third(ana, ann, ben, cleo, dee):
    """Only who is qualified, neither of the two and not tied."""
    ties.declare(dee, dee, ana, PROGRAMME, "colleague")
    disputed(ana, ann, ben)
    assert [seats.take_next(one, PROGRAMME) for one in (cleo, dee, ann, ben)] == [None] * 4


def test_a_lead_with_a_third_seat_sees_no_rating(ana, ann, ben, lea, leo):
    """Who holds the third seat is kept from the case, lead or not."""
    assessors.qualify(leo, lea, PROGRAMME, RUBRIC.key)
    info = disputed(ana, ann, ben)
    seats.take_next(lea, PROGRAMME)
    with pytest.raises(ForbiddenError):
        resolutions.case(lea, info.id)
    assert resolutions.waiting(lea, PROGRAMME) == ()


def test_asked_from_either_side_the_rules_say_the_same(ana, bea, ann, ben, cleo, dee, lea):
    """Whom the queue offers a seat, and for whom a lead may keep it, are the same people."""
    ties.declare(cleo, cleo, ana, PROGRAMME, "friend")
    grants.give(None, bea, PROGRAMME, Role.ASSESSOR)
    submitted(bea)
    disputed(ana, ann, ben)
    for seat in Seat.objects.filter(assessor=None):
        able = {one.user for one in eligible.raters(seat) if one.why_not is None}
        for user in (ann, ben, cleo, dee, bea, lea):
            found = waiting.candidates(user, PROGRAMME, waiting.ties_of(user, PROGRAMME))
            assert (user in able) == (seat.id in {one.id for one in found}), (user, seat)


def test_an_old_site_s_cases_get_a_third_seat(ana, ann, ben, dee, lea):
    """What waited for a lead before third ratings existed is rated by a third from now on."""
    from importlib import import_module

    from django.apps import apps

    info = disputed(ana, ann, ben)
    case = CaseRecord.objects.get(submission=info.id)
    case.seats.filter(number=3).delete()
    CaseRecord.objects.update(state="needs_lead")
    name = "peer_xblocks.assessment.migrations.0002_third_ratings_and_aftermath"
    import_module(name).open_third_seats(apps, None)
    assert seats.take_next(dee, PROGRAMME) is not None
    with pytest.raises(NotFoundError):
        resolutions.case(dee, info.id)
