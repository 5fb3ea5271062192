"""Ties: declared by those they concern, ended and never deleted, and what they do to a seat."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peer_xblocks.assessment import handing, waiting
from peer_xblocks.assessment.api import assessors, drafts, notices, resolutions, seats, ties
from peer_xblocks.assessment.models import Seat
from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError, SeatLostError
from peer_xblocks.core.record import Role
from tests.db.assessment.rating import rate
from tests.db.assessment.test_results import records
from tests.db.work.scene import PROGRAMME, RUBRIC, person, submitted
from tests.unit.core.performances import rating


def test_each_sees_the_ties_that_concern_them(ana, bea, ann, ben, lea, olga):
    """An assessor and a trainee see their own, a lead all, an auditor none."""
    ties.declare(ann, ann, ana, PROGRAMME, "friend")
    ties.declare(bea, ben, bea, PROGRAMME, "family")
    assert [one.trainee for one in ties.mine(ann, PROGRAMME)] == ["Ana-Trainee"]
    assert [one.assessor for one in ties.mine(bea, PROGRAMME)] == ["Ben-Assessor"]
    assert len(ties.of_programme(lea, PROGRAMME)) == 2
    for user in (ana, ann, olga):
        with pytest.raises(ForbiddenError):
            ties.of_programme(user, PROGRAMME)
    assert ties.mine(olga, PROGRAMME) == ()


def test_a_tie_is_ended_by_who_declared_it_or_a_lead(ana, ann, ben, lea):
    """Nobody takes away what another said; an ended tie stays known."""
    tie = ties.declare(lea, ann, ana, PROGRAMME, "friend")
    for user in (ana, ann, ben):
        with pytest.raises(NotFoundError):
            ties.end(user, tie.id)
    ended = ties.end(lea, tie.id)
    assert ended.until is not None
    assert ties.end(lea, tie.id).until == ended.until
    own = ties.declare(ana, ben, ana, PROGRAMME, "friend")
    assert ties.end(ana, own.id).until is not None
    assert len(ties.of_programme(lea, PROGRAMME)) == 2


def test_whoever_knows_the_voice_says_so_without_a_name(ana, ann, ben):
    """One tied rater may go on; the rating and the resolution say it."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    assert ties.declare_at_seat(ann, seat.id, "colleague") is True
    rate(ann)
    rate(ben)
    assert [one["body"]["tie"] for one in records("rating")] == ["colleague", None]
    (resolution,) = records("resolution")
    assert [one["kind"] for one in resolution["body"]["ties"]] == ["colleague"]


def test_a_second_tied_rater_loses_the_seat(ana, ann, ben, cleo):
    """The seat goes to somebody else, with the notes kept, and is not offered again."""
    submitted(ana)
    first, second = (seats.take_next(one, PROGRAMME) for one in (ann, ben))
    drafts.save(ben, second.id, 0, rating((3, 3, 3)))
    assert ties.declare_at_seat(ann, first.id, "friend") is True
    assert ties.declare_at_seat(ben, second.id, "family") is False
    with pytest.raises(SeatLostError):
        seats.desk(ben, second.id)
    assert seats.take_next(ben, PROGRAMME) is None
    assert seats.take_next(cleo, PROGRAMME).id == second.id
    assert Seat.objects.filter(tied_place=1).count() == 1


@pytest.mark.parametrize("is_submitted", [False, True])
@pytest.mark.parametrize("by", ["trainee", "lead", "assessor"])
def test_a_tie_declared_after_the_seat_was_taken_keeps_a_second_one_out(
    ana, ann, ben, cleo, lea, by, is_submitted
):
    """Whoever declares it, whether the rating is in or not: the other seat is for the untied."""
    submitted(ana)
    seats.take_next(ann, PROGRAMME)
    if is_submitted:
        rate(ann)
    declarer = {"trainee": ana, "lead": lea, "assessor": ann}[by]
    ties.declare(lea, ben, ana, PROGRAMME, "family")
    ties.declare(declarer, ann, ana, PROGRAMME, "friend")
    assert seats.take_next(ben, PROGRAMME) is None
    if not is_submitted:
        rate(ann)
    rate(cleo)
    (resolution,) = records("resolution")
    assert [one["kind"] for one in resolution["body"]["ties"]] == ["friend"]


def test_of_two_who_sit_already_the_later_declared_gives_a_held_seat_up(ana, ann, ben, cleo):
    """As when a lead hands it on: told, with the notes to read, and not offered again."""
    submitted(ana)
    first, second = (seats.take_next(one, PROGRAMME) for one in (ann, ben))
    drafts.save(ben, second.id, 0, rating((3, 3, 3)))
    ties.declare(ana, ann, ana, PROGRAMME, "friend")
    ties.declare(ana, ben, ana, PROGRAMME, "family")
    with pytest.raises(SeatLostError):
        seats.desk(ben, second.id)
    assert seats.lost(ben, second.id).draft.version == 1
    assert [one.kind.value for one in notices.mine(ben)] == ["seat_gone"]
    assert seats.take_next(ben, PROGRAMME) is None
    assert seats.take_next(cleo, PROGRAMME).id == second.id
    assert seats.desk(ann, first.id).seat.id == first.id


def test_a_submitted_rating_stays_and_a_held_tied_seat_is_given_up_for_it(ana, ann, ben, cleo):
    """The rating that is in cannot be taken back, so the other tied rater makes place."""
    submitted(ana)
    rate(ann)
    second = seats.take_next(ben, PROGRAMME)
    ties.declare(ana, ben, ana, PROGRAMME, "family")
    ties.declare(ana, ann, ana, PROGRAMME, "friend")
    with pytest.raises((SeatLostError, NotFoundError)):
        seats.desk(ben, second.id)
    rate(cleo)
    (resolution,) = records("resolution")
    assert [one["kind"] for one in resolution["body"]["ties"]] == ["friend"]


def test_two_submitted_ratings_stay_and_the_resolution_names_both_ties(ana, ann, ben, cleo, lea):
    """Nobody tied gives the third, and whoever holds it and turns out to be tied gives it up."""
    info = submitted(ana)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    ties.declare(ana, ann, ana, PROGRAMME, "friend")
    ties.declare(ana, ben, ana, PROGRAMME, "family")
    assert Seat.objects.filter(tied_place=1).count() == 1
    assessors.qualify(lea, cleo, PROGRAMME, RUBRIC.key)
    held = seats.take_next(cleo, PROGRAMME)
    ties.declare(ana, cleo, ana, PROGRAMME, "colleague")
    assert not Seat.objects.filter(holder=cleo).exists()
    with pytest.raises(NotFoundError):
        seats.desk(cleo, held.id)
    dee = person("dee-assessor", Role.ASSESSOR)
    assessors.qualify(lea, dee, PROGRAMME, RUBRIC.key)
    rate(dee)
    resolutions.sign(lea, info.id, "", "s")
    (resolution,) = records("resolution")
    assert [one["kind"] for one in resolution["body"]["ties"]] == ["friend", "family"]


def test_a_tie_that_was_over_before_or_begins_later_marks_nothing(ana, ann, lea):
    """It has to have been in force while the assessor had the seat."""
    submitted(ana)
    seats.take_next(ann, PROGRAMME)
    now, day = timezone.now(), timedelta(days=1)
    ties.declare(lea, ann, ana, PROGRAMME, "friend", until=now - day)
    ties.declare(lea, ann, ana, PROGRAMME, "friend", since=now + day)
    assert not Seat.objects.exclude(tie="").exists()
    ties.declare(lea, ann, ana, PROGRAMME, "friend", since=now - day)
    assert Seat.objects.filter(tie="friend", tied_place=1).count() == 1


def test_a_tie_declared_between_looking_and_taking_is_not_missed(ana, ann):
    """What the press read a moment ago counts no more; the next press knows better."""
    submitted(ana)
    found = next(waiting.candidates(ann, PROGRAMME, {}))
    ties.declare(ana, ann, ana, PROGRAMME, "friend")
    assert handing.take(ann, found, "") is None
    assert not Seat.objects.exclude(assessor=None).exists()
    seats.take_next(ann, PROGRAMME)
    assert Seat.objects.get(holder=ann).tie == "friend"


def test_the_lists_to_choose_from(ana, bea, ann, ben, lea, olga):
    """Trainees choose among those who rate, raters among trainees; an auditor among nobody."""
    assert {one.name for one in ties.assessors(ana, PROGRAMME)} == {
        "Ann-Assessor",
        "Ben-Assessor",
        "Lea-Lead",
    }
    assert {one.name for one in ties.trainees(ann, PROGRAMME)} == {"Ana-Trainee", "Bea-Trainee"}
    for user in (ana, olga):
        with pytest.raises(ForbiddenError):
            ties.trainees(user, PROGRAMME)


def test_an_unknown_kind_leaves_the_seat_alone(ana, ann):
    """Garbage is refused, and the assessor keeps the seat."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    with pytest.raises(InvalidError):
        ties.declare_at_seat(ann, seat.id, "enemy")
    assert seats.desk(ann, seat.id).seat.id == seat.id
