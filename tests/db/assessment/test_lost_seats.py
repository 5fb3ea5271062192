"""Leases: kept while somebody is at it, and what was noted is never lost with the seat."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peer_xblocks.assessment.api import assignments, drafts, queue, ratings, seats, ties
from peer_xblocks.assessment.models import Seat
from peer_xblocks.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    SeatLostError,
)
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from tests.db.assessment.rating import rate
from tests.db.work.scene import PROGRAMME, submitted
from tests.unit.core.performances import rating

NOTED, SENT_LATE = rating((4, None, 1)), rating((4, 3, 1))


def lapse(seat_id):
    """Let a lease run out."""
    Seat.objects.filter(uuid=seat_id).update(lease_until=timezone.now() - timedelta(minutes=1))


def test_holding_on_renews_the_lease(ana, ann):
    """A heartbeat gives the whole lease again, and says until when."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    lapse(seat.id)
    assert seats.hold(ann, seat.id) > timezone.now() + timedelta(minutes=29)
    ratings.submit(ann, seat.id, rating((3, 3, 3)), "k")
    assert seats.hold(ann, seat.id) is None


def test_a_save_to_a_lost_seat_is_refused_and_kept(ana, ann, ben, cleo):
    """Who lost a seat is told, and what they sent is there to read, once."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    drafts.save(ann, seat.id, 0, NOTED)
    seats.take_next(ben, PROGRAMME)
    lapse(seat.id)
    assert seats.take_next(cleo, PROGRAMME).id == seat.id
    for _ in range(2):
        with pytest.raises(SeatLostError):
            drafts.save(ann, seat.id, 1, SENT_LATE)
    with pytest.raises(SeatLostError):
        seats.hold(ann, seat.id)
    lost = seats.lost(ann, seat.id)
    assert (lost.draft.rating, [one.rating for one in lost.kept]) == (NOTED, [SENT_LATE])
    assert seats.desk(cleo, seat.id).draft.rating != NOTED
    with pytest.raises(NotFoundError):
        seats.lost(ben, seat.id)


def test_whoever_only_looked_is_told_as_well(ana, ann, ben, cleo):
    """Opening the desk is enough to be told later that the seat went to somebody else."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    seats.desk(ann, seat.id)
    seats.take_next(ben, PROGRAMME)
    lapse(seat.id)
    seats.take_next(cleo, PROGRAMME)
    with pytest.raises(SeatLostError):
        seats.desk(ann, seat.id)


def test_a_lead_hands_a_seat_on(ana, ann, ben, cleo, lea):
    """The holder loses it with the notes kept; the chosen one gets it first; nobody else does."""
    submitted(ana)
    submitted(ana, "two", key="k2")
    seat = seats.take_next(ann, PROGRAMME)
    drafts.save(ann, seat.id, 0, NOTED)
    kept = assignments.assign(lea, seat.id, cleo)
    assert (kept.state, kept.assessor) == ("kept", "Cleo-Assessor")
    with pytest.raises(SeatLostError):
        seats.desk(ann, seat.id)
    assert seats.take_next(ben, PROGRAMME).id != seat.id
    assert seats.take_next(cleo, PROGRAMME).id == seat.id


def test_a_kept_seat_is_offered_to_nobody_else(ana, ann, ben, cleo, lea):
    """It stays out of the queue of all others until a lead opens it again."""
    submitted(ana)
    first, second = Seat.objects.order_by("number")
    assignments.assign(lea, first.uuid, cleo)
    assignments.assign(lea, second.uuid, ben)
    assert queue.waiting(ann, PROGRAMME) == ()
    assert seats.take_next(ann, PROGRAMME) is None
    assert assignments.free(lea, first.uuid).state == "open"
    assert seats.take_next(ann, PROGRAMME) is not None


def test_a_lead_keeps_a_seat_only_for_who_may_rate(ana, ann, ben, cleo, lea):
    """Each who may not is named with the reason, and cannot be chosen."""
    grants.give(None, ana, PROGRAMME, Role.ASSESSOR)
    ties.declare(lea, ben, ana, PROGRAMME, "family")
    ties.declare(lea, cleo, ana, PROGRAMME, "friend")
    submitted(ana)
    rate(ben)
    seat = Seat.objects.get(assessor=None)
    whys = {person.name: why for person, why in assignments.choices(lea, seat.uuid)}
    assert whys["Ann-Assessor"] == ""
    assert "own submission" in whys["Ana-Trainee"]
    assert "other seat" in whys["Ben-Assessor"]
    assert "tied" in whys["Cleo-Assessor"]
    for user in (ana, ben, cleo):
        with pytest.raises(InvalidError):
            assignments.assign(lea, seat.uuid, user)


def test_what_is_rated_is_handed_to_nobody(ana, ann, ben, lea):
    """A seat with a rating stays as it is."""
    submitted(ana)
    seat = rate(ann).seat_id
    with pytest.raises(ConflictError):
        assignments.assign(lea, seat, ben)


def test_a_lead_hears_nothing_of_what_they_rate(ana, ann, lea):
    """Progress lists who has which seat, without notes; nothing on which the lead has a seat."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    drafts.save(ann, seat.id, 0, NOTED)
    (one,) = assignments.in_progress(lea, PROGRAMME)
    assert [seat.state for seat in one.seats] == ["held", "open"]
    assert "Ana" not in one.model_dump_json()
    seats.take_next(lea, PROGRAMME)
    assert assignments.in_progress(lea, PROGRAMME) == ()
    with pytest.raises(ForbiddenError):
        assignments.free(lea, seat.id)


def test_only_leads_assign(ana, bea, ann, ben, olga):
    """For everybody else a seat to assign does not exist."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    for user in (ana, bea, ann, ben, olga):
        with pytest.raises(NotFoundError):
            assignments.assign(user, seat.id, ben)
        with pytest.raises(NotFoundError):
            assignments.choices(user, seat.id)
        with pytest.raises(ForbiddenError):
            assignments.in_progress(user, PROGRAMME)
