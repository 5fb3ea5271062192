"""Ratings: kept as submitted, once, recorded, and never changed."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from peer_xblocks.assessment.api import assessors, drafts, ratings, seats, ties
from peer_xblocks.assessment.models import CaseRecord, RatingRecord, Seat
from peer_xblocks.core.errors import ConflictError, Error, InvalidError, StaleError
from peer_xblocks.core.rating import Evidence, Rating
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import people
from peer_xblocks.records.models import Record
from peer_xblocks.work.api import submissions
from peer_xblocks.work.values import Status
from tests.db.assessment.rating import rate
from tests.db.work.scene import PROGRAMME, RUBRIC, SCENARIO, person, submitted
from tests.unit.core.performances import rating


def records(kind):
    """The records of one kind, as plain data."""
    rows = Record.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(row.canonical)) for row in rows]


def take(user):
    """Press next."""
    return seats.take_next(user, PROGRAMME)


def test_a_rating_is_recorded_with_computed_levels(ana, ann, lea):
    """The record holds ticks, levels, evidence, qualification, tie, and what was rated by what."""
    ties.declare(lea, ann, ana, PROGRAMME, "trainer")
    assessors.qualify(lea, ann, PROGRAMME, RUBRIC.key)
    info = submitted(ana)
    one = rating((4, None, 1))
    pin = Evidence(
        kind="pin", text="Hi, I'm Ana.", start_ms=1_500, end_ms=4_000, behaviour="critical-b1"
    )
    first = one.criteria[0].model_copy(update={"evidence": (pin,), "comment": "Warm."})
    one = one.model_copy(update={"criteria": (first, *one.criteria[1:])})
    made = ratings.submit(ann, take(ann).id, one, "k")
    (record,) = records("rating")
    assert record["id"] == made.record_id
    assert record["about"] == [info.record_id]
    assert record["subject"] == people.urn(ana, PROGRAMME)
    assert record["actor"] == people.urn(ann, PROGRAMME)
    assert record["acting_as"] == "assessor"
    assert set(record["documents"]) == {"scenario", "rubric", "critical_errors", "performance"}
    assert record["documents"]["scenario"] == SCENARIO.digest
    body = record["body"]
    assert [c["level"] for c in body["criteria"]] == [4, None, 1]
    recorded = {"kind": "pin", "text": "Hi, I'm Ana.", "start_ms": 1_500, "end_ms": 4_000}
    assert body["criteria"][0]["evidence"] == [recorded]
    assert made.rating.criteria[0].evidence == (pin,)
    assert (body["seat"], body["round"], body["tie"]) == (1, "independent", "trainer")
    assert body["qualification"]["state"] == "qualified"
    assert made.levels == {"critical": 4, "other": None, "last": 1}


def test_the_order_of_ticks_and_criteria_does_not_matter(ana, ann):
    """Equal judgements are equal bytes, in the rubric's order, however a page sent them."""
    submitted(ana)
    straight = rating((4, 3, 2), ("CE-1", "CE-2"))
    criteria = tuple(
        c.model_copy(update={"behaviours": c.behaviours[::-1]}) for c in straight.criteria[::-1]
    )
    errors = straight.critical_errors[::-1]
    mixed = straight.model_copy(update={"criteria": criteria, "critical_errors": errors})
    assert ratings.submit(ann, take(ann).id, mixed, "k").rating == straight


def test_what_is_open_is_named_and_nothing_is_submitted(ana, ann):
    """An incomplete rating is refused with every place that needs another look."""
    submitted(ana)
    seat = take(ann)
    with pytest.raises(InvalidError) as refused:
        ratings.submit(ann, seat.id, Rating(), "k")
    assert set(refused.value.problems) == {"critical", "other", "last"}
    assert records("rating") == []
    assert take(ann).id == seat.id


def test_a_double_click_is_one_rating(ana, ann):
    """The same again, with the same key or another, answers the rating that was made."""
    submitted(ana)
    seat = take(ann)
    made = ratings.submit(ann, seat.id, rating((3, 3, 3)), "k1")
    assert ratings.submit(ann, seat.id, rating((3, 3, 3)), "k1") == made
    assert ratings.submit(ann, seat.id, rating((3, 3, 3)), "k2") == made
    assert len(records("rating")) == 1


def test_a_rating_never_changes(ana, ann):
    """Another judgement on the same seat is refused, with any key; what was submitted stays."""
    submitted(ana)
    seat = take(ann)
    made = ratings.submit(ann, seat.id, rating((3, 3, 3)), "k1")
    for key in ("k1", "k2"):
        with pytest.raises(ConflictError):
            ratings.submit(ann, seat.id, rating((1, 3, 3)), key)
    with pytest.raises(ConflictError):
        drafts.save(ann, seat.id, 0, rating((1, 3, 3)))
    assert ratings.mine(ann, PROGRAMME) == (made,)


def test_a_key_is_good_for_one_submission(ana, bea, ann):
    """A key that made one rating makes none elsewhere."""
    submitted(ana)
    submitted(bea)
    ratings.submit(ann, take(ann).id, rating((3, 3, 3)), "k")
    with pytest.raises(ConflictError):
        ratings.submit(ann, take(ann).id, rating((3, 3, 3)), "k")
    assert len(records("rating")) == 1


def test_own_ratings_are_listed_the_newest_first(ana, bea, ann, ben):
    """An assessor sees own ratings, and nobody else's."""
    submitted(ana)
    submitted(bea)
    first, second = rate(ann), rate(ann)
    rate(ben)
    assert ratings.mine(ann, PROGRAMME) == (second, first)


def test_when_both_are_in_the_trainee_sees_that_and_no_more(ana, ann, ben):
    """The status says rated once both are in."""
    info = submitted(ana)
    rate(ann)
    assert submissions.get(ana, info.id).status is Status.BEING_RATED
    rate(ben)
    assert submissions.get(ana, info.id).status is Status.RATED


def test_a_draft_may_be_incomplete_and_counts_versions(ana, ann):
    """What is noted so far is kept, however little, and read again at the desk."""
    submitted(ana)
    seat = take(ann)
    little = Rating(overall_comment="So far so good.\x00")
    saved = drafts.save(ann, seat.id, 0, little)
    assert seats.desk(ann, seat.id).draft == saved
    assert drafts.save(ann, seat.id, 1, rating((3, None, 4))).version == 2


def test_a_late_save_of_a_draft_is_kept_and_shown(ana, ann):
    """A save from an older version changes nothing and is not lost."""
    submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, rating((3, 3, 3)))
    with pytest.raises(StaleError) as late:
        drafts.save(ann, seat.id, 0, rating((1, 1, 1)))
    assert late.value.kept.rating == rating((1, 1, 1))
    assert late.value.draft.rating == rating((3, 3, 3))
    assert drafts.kept(ann, seat.id) == (late.value.kept,)
    assert drafts.save(ann, seat.id, 0, rating((3, 3, 3))).version == 1


@pytest.mark.django_db(transaction=True)
def test_submitting_many_times_at_once_is_one_rating(ana, ann):
    """Several presses at the same instant make one rating and one record."""
    submitted(ana)
    seat = take(ann)

    def press(number):
        try:
            return ratings.submit(ann, seat.id, rating((3, 3, 3)), f"key {number % 2}").id
        except Error as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(press, range(6)))) == 1
    assert len(records("rating")) == 1


@pytest.mark.django_db(transaction=True)
def test_both_raters_submitting_at_once_settle_it_once(ana, ann, ben):
    """When both press at the same instant, one resolution is made and nothing stays due."""
    for number in range(4):
        submitted(ana, f"scene-{number}", f"key {number}")

        def press(user):
            try:
                return rate(user).id
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(press, (ann, ben)))
    assert set(CaseRecord.objects.values_list("state", flat=True)) == {"to_release"}
    assert len(records("resolution")) == 4


@pytest.mark.django_db(transaction=True)
def test_twenty_assessors_saving_and_submitting_at_once_lose_nothing(ana):
    """What twenty assessors save and submit at the same time is all there, in one whole chain."""
    for number in range(10):
        submitted(ana, f"scene-{number}", f"key {number}")
    people_ = [person(f"assessor-{n}", Role.ASSESSOR) for n in range(20)]

    def work(user):
        try:
            seat = take(user)
            for version in range(3):
                drafts.save(user, seat.id, version, rating((3, 3, version + 2)))
            return ratings.submit(user, seat.id, rating((3, 3, 4)), "k").id
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(work, people_))) == 20
    assert RatingRecord.objects.count() == len(records("rating")) == 20
    assert not Seat.objects.filter(submitted_at=None).exists()
    sequence = [r.seq for r in Record.objects.order_by("seq")]
    assert sequence == list(range(1, len(sequence) + 1))
