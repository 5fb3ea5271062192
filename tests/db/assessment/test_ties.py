"""Ties: declared by those they concern, ended and never deleted, and what they do to a seat."""

import pytest

from peer_xblocks.assessment.api import drafts, seats, ties
from peer_xblocks.assessment.models import Seat
from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError, SeatLostError
from tests.db.assessment.rating import rate
from tests.db.assessment.test_results import records
from tests.db.work.scene import PROGRAMME, submitted
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
