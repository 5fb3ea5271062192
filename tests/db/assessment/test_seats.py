"""Seats: the oldest first, one for each, never an own one, at most one tied rater."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peer_xblocks.assessment import handing, waiting
from peer_xblocks.assessment.api import assessors, assignments, drafts, queue, ratings, seats, ties
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
from peer_xblocks.work.api import submissions
from peer_xblocks.work.values import Status
from tests.db.assessment.rating import rate
from tests.db.work.scene import PROGRAMME, RUBRIC, SCENARIO, person, submitted
from tests.unit.core.performances import rating


def take(user):
    """Press next."""
    return seats.take_next(user, PROGRAMME)


def number_of(seat):
    """Which seat it is, which its holder is not told."""
    return Seat.objects.get(uuid=seat.id).number


def lapse(seat_id):
    """Let the lease of a seat run out."""
    past = timezone.now() - timedelta(seconds=1)
    assert Seat.objects.filter(uuid=seat_id).update(lease_until=past)


def test_a_submission_opens_two_seats(ana, ann, ben, cleo):
    """Two assessors get one seat each; for a third there is none."""
    submitted(ana)
    first, second = take(ann), take(ben)
    assert (number_of(first), number_of(second)) == (1, 2)
    assert first.id != second.id
    assert take(cleo) is None


def test_the_oldest_goes_first(ana, bea, ann, ben):
    """Whoever handed in first is rated first, by both."""
    older, newer = submitted(ana), submitted(bea)
    assert take(ann).submitted_at == take(ben).submitted_at == older.submitted_at
    for user in (ann, ben):
        held = queue.held(user, PROGRAMME)[0]
        ratings.submit(user, held.id, rating((3, 3, 3)), "k")
        assert take(user).submitted_at == newer.submitted_at


def test_pressing_again_answers_the_held_seat(ana, bea, ann):
    """An assessor holds one seat at a time."""
    submitted(ana)
    submitted(bea)
    assert take(ann).id == take(ann).id
    assert len(queue.held(ann, PROGRAMME)) == 1


def test_the_same_assessor_never_gets_both_seats(ana, ann):
    """After rating one seat of a submission the other one is not offered."""
    submitted(ana)
    rate(ann)
    assert take(ann) is None
    assert queue.waiting(ann, PROGRAMME) == ()


def test_nobody_rates_an_own_submission(ana, ann):
    """Who is trainee and assessor at once is never offered what they handed in."""
    grants.give(None, ann, PROGRAMME, Role.TRAINEE)
    grants.give(None, ana, PROGRAMME, Role.ASSESSOR)
    submitted(ana)
    assert take(ana) is None
    assert queue.waiting(ana, PROGRAMME) == ()
    assert take(ann) is not None


def test_nothing_waiting_is_none(ann):
    """An empty queue is no error."""
    assert take(ann) is None


def test_a_lead_may_rate_as_well(ana, lea):
    """A lead takes a seat like an assessor."""
    submitted(ana)
    assert number_of(take(lea)) == 1


def test_taking_a_seat_shows_as_being_rated(ana, ann):
    """The trainee sees that somebody has begun, and not who."""
    info = submitted(ana)
    take(ann)
    assert submissions.get(ana, info.id).status is Status.BEING_RATED


def test_at_most_one_rater_is_tied(ana, ann, ben, cleo, lea):
    """The second tied assessor is not offered the submission; an untied one is."""
    for user in (ann, ben):
        ties.declare(lea, user, ana, PROGRAMME, "trainer")
    submitted(ana)
    assert take(ann) is not None
    assert take(ben) is None
    assert queue.waiting(ben, PROGRAMME) == ()
    assert take(cleo) is not None


def test_two_tied_assessors_who_press_at_once_do_not_both_get_in(ana, ann, ben, lea):
    """The rule on ties is held by the database, not by what a query saw a moment ago."""
    for user in (ann, ben):
        ties.declare(lea, user, ana, PROGRAMME, "trainer")
    submitted(ana)
    ours = list(waiting.candidates(ann, PROGRAMME, {ana.pk: "trainer"}))
    theirs = list(waiting.candidates(ben, PROGRAMME, {ana.pk: "trainer"}))
    assert len(ours) == len(theirs) == 2
    assert handing.take(ann, ours[0], "trainer")
    assert not handing.take(ben, theirs[1], "trainer")


@pytest.mark.parametrize(
    ("days", "counts"),
    [({}, True), ({"since": -5, "until": 5}, True), ({"until": -1}, False), ({"since": 1}, False)],
)
def test_a_tie_counts_in_its_time(ana, ann, ben, lea, *, days, counts):
    """A tie that is over, or has not begun, hinders nobody."""
    now = timezone.now()
    period = {name: now + timedelta(days=number) for name, number in days.items()}
    ties.declare(lea, ann, ana, PROGRAMME, "supervisor")
    ties.declare(lea, ben, ana, PROGRAMME, "supervisor", **period)
    submitted(ana)
    take(ann)
    assert (take(ben) is None) is counts


def test_who_declares_a_tie(ana, bea, ann, ben, lea):
    """Assessors and trainees declare own ties, leads anybody's; nothing that cannot be."""
    for user in (ann, ana, lea):
        ties.declare(user, ann, ana, PROGRAMME, "friend")
    for user in (ben, bea):
        with pytest.raises(ForbiddenError):
            ties.declare(user, ann, ana, PROGRAMME, "friend")
    now = timezone.now()
    for trainee, kind, period in (
        (ana, "enemy", {}),
        (ann, "friend", {}),
        (ben, "friend", {}),
        (ana, "friend", {"since": now, "until": now}),
    ):
        with pytest.raises(InvalidError):
            ties.declare(lea, ann, trainee, PROGRAMME, kind, **period)


def test_a_seat_whose_lease_ran_out_goes_to_whoever_asks_next(ana, ann, ben, cleo):
    """An expired seat is handed out again; who held it finds it gone, with what was noted kept."""
    submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, rating((4, None, 1)))
    take(ben)
    assert take(cleo) is None
    lapse(seat.id)
    assert take(cleo).id == seat.id
    with pytest.raises(SeatLostError):
        ratings.submit(ann, seat.id, rating((3, 3, 3)), "k")
    assert seats.desk(cleo, seat.id).draft.version == 0
    assert seats.lost(ann, seat.id).draft.rating == rating((4, None, 1))
    with pytest.raises(NotFoundError):
        seats.lost(cleo, seat.id)


def test_a_seat_whose_lease_ran_out_stays_until_somebody_takes_it(ana, ann):
    """Coming back late loses nothing as long as nobody else needed the seat."""
    submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, rating((4, None, 1)))
    lapse(seat.id)
    assert take(ann).id == seat.id
    lapse(seat.id)
    assert ratings.submit(ann, seat.id, rating((3, 3, 3)), "k").seat_id == seat.id


def test_working_on_a_seat_renews_its_lease(ana, ann, ben):
    """Opening the desk, saving and pressing next each give the whole lease again."""
    submitted(ana)
    seat = take(ann)
    for number, work in enumerate(
        (
            lambda: seats.desk(ann, seat.id),
            lambda: drafts.save(ann, seat.id, 0, rating((3, 3, 3))),
            lambda: take(ann),
        )
    ):
        lapse(seat.id)
        work()
        row = Seat.objects.get(uuid=seat.id)
        assert row.lease_until > timezone.now() + timedelta(minutes=29), number


def test_a_finished_seat_never_comes_back(ana, ann, ben, cleo):
    """What was rated is not handed out again, however much time passes."""
    submitted(ana)
    rate(ann)
    Seat.objects.filter(number=1).update(lease_until=None)
    assert number_of(take(ben)) == 2
    assert take(cleo) is None


def test_passing_a_seat_on_needs_no_reason(ana, ann, ben):
    """A skipped seat is open for others, and that submission is not offered again."""
    submitted(ana)
    seat = take(ann)
    seats.skip(ann, seat.id)
    assert take(ann) is None
    assert take(ben).id == seat.id
    with pytest.raises(NotFoundError):
        seats.desk(ann, seat.id)


def test_what_was_rated_cannot_be_passed_on(ana, ann):
    """A submitted rating stays where it is."""
    submitted(ana)
    info = rate(ann)
    with pytest.raises(ConflictError):
        seats.skip(ann, info.seat_id)


def test_a_programme_may_ask_for_a_qualification(ana, ann, lea, settings):
    """Where the programme says so, only who is qualified for the rubric gets a seat."""
    settings.PEER_XBLOCKS_QUALIFICATION_REQUIRED = [PROGRAMME]
    submitted(ana)
    assert take(ann) is None
    assessors.qualify(lea, ann, PROGRAMME, RUBRIC.key, "training")
    assert take(ann) is None
    assessors.qualify(lea, ann, PROGRAMME, RUBRIC.key)
    assert take(ann) is not None
    assert assessors.qualifications(ann, ann, PROGRAMME) == {RUBRIC.key: "qualified"}


def test_a_paused_assessor_gets_no_seat(ana, ann, lea, settings):
    """The newest word on a qualification counts."""
    settings.PEER_XBLOCKS_QUALIFICATION_REQUIRED = [PROGRAMME]
    submitted(ana)
    assessors.qualify(lea, ann, PROGRAMME, RUBRIC.key)
    assessors.qualify(lea, ann, PROGRAMME, RUBRIC.key, "paused")
    assert take(ann) is None


def test_who_qualifies_whom(ana, ann, ben, lea):
    """Leads qualify assessors: not themselves, not trainees, and not in words of their own."""
    with pytest.raises(ForbiddenError):
        assessors.qualify(ann, ben, PROGRAMME, RUBRIC.key)
    with pytest.raises(ForbiddenError):
        assessors.qualify(lea, lea, PROGRAMME, RUBRIC.key)
    with pytest.raises(InvalidError):
        assessors.qualify(lea, ana, PROGRAMME, RUBRIC.key)
    with pytest.raises(InvalidError):
        assessors.qualify(lea, ann, PROGRAMME, RUBRIC.key, "genius")
    with pytest.raises(ForbiddenError):
        assessors.qualifications(ben, ann, PROGRAMME)


def test_the_desk_has_the_editions_of_the_submission(ana, ann):
    """A rater sees what was in force when it was handed in, and the performance."""
    submitted(ana, answers={"noticed": "A pause."})
    desk = seats.desk(ann, take(ann).id)
    assert (desk.scenario, desk.rubric) == (SCENARIO, RUBRIC)
    assert desk.text.startswith("Hi, I'm Ana")
    assert desk.answers == {"noticed": "A pause."}
    assert (desk.draft.version, desk.submitted) == (0, False)


def test_the_desk_after_submitting_shows_the_own_rating(ana, ann):
    """What an assessor submitted stays readable for them, and is marked as submitted."""
    submitted(ana)
    info = rate(ann, (4, 3, 2))
    desk = seats.desk(ann, info.seat_id)
    assert (desk.submitted, desk.draft.rating) == (True, info.rating)


def test_the_queue_tells_scenario_and_age_and_nothing_of_others(ana, ann, ben):
    """A waiting submission says what it is and how long it waits."""
    submitted(ana)
    (one,) = queue.waiting(ann, PROGRAMME)
    assert (one.title, one.media_type) == (SCENARIO.title, "text/plain")
    assert 0 <= one.waiting_seconds < 60
    take(ben)
    (again,) = queue.waiting(ann, PROGRAMME)
    at_once = {"waiting_seconds": 0}
    assert again.model_copy(update=at_once) == one.model_copy(update=at_once)
    assert "number" not in take(ann).model_dump()


def test_the_next_seat_is_found_behind_many_that_are_not_ones_own_to_take(ana, ann, ben):
    """However many of the oldest an assessor has rated, the next one is the oldest of the rest."""
    made = [submitted(ana, f"scene-{n}", f"key {n}") for n in range(14)]
    rated = [rate(ann) for _ in range(13)]
    assert len({one.seat_id for one in rated}) == 13
    assert take(ann).submitted_at == made[13].submitted_at
    assert queue.waiting(ann, PROGRAMME) == ()
    assert len(queue.waiting(ben, PROGRAMME)) == 14


@pytest.mark.parametrize("behind", [0, 5, 13])
def test_a_lapsed_seat_takes_its_place_by_age(ana, ann, ben, cleo, *, behind):
    """A seat whose lease ran out is offered in the order of handing in, not before or after."""
    made = [submitted(ana, f"scene-{n}", f"key {n}") for n in range(14)]
    for _ in range(behind):
        rate(ann)
    lapse(take(ann).id)
    other = Seat.objects.get(queued_at=made[behind].submitted_at, number=2)
    Seat.objects.filter(id=other.id).update(assessor=cleo, holder=cleo)
    lapse(other.uuid)
    assert [rate_next(ben) for _ in made] == [one.submitted_at for one in made]
    assert take(ben) is None


def rate_next(user):
    """Take and rate the next seat; when its submission was made."""
    seat = take(user)
    ratings.submit(user, seat.id, rating((3, 3, 3)), f"key {seat.id}")
    return seat.submitted_at


def test_a_lead_hears_that_two_open_seats_have_one_rater(ana, ann, lea):
    """Each seat has two who may take it, and of the tied only one rates; a third person helps."""
    submitted(ana)
    assert not assignments.short_of_assessors(lea, PROGRAMME)
    for tied in (ann, lea):
        ties.declare(ana, tied, ana, PROGRAMME, "friend")
    (one,) = assignments.in_progress(lea, PROGRAMME)
    assert one.needs_assessor and not any(seat.for_nobody for seat in one.seats)
    assert assignments.short_of_assessors(lea, PROGRAMME) == 1
    person("dee-assessor", Role.ASSESSOR)
    (one,) = assignments.in_progress(lea, PROGRAMME)
    assert not one.needs_assessor


def test_the_last_open_seat_too_counts_who_is_left_for_it(ana, ann, ben, lea):
    """Who rated, passed it on, or is tied beside a tied rater does not count."""
    submitted(ana)
    rate(ann)
    assert not assignments.short_of_assessors(lea, PROGRAMME)
    seats.skip(ben, take(ben).id)
    ties.declare(ana, lea, ana, PROGRAMME, "friend")
    assert not assignments.short_of_assessors(lea, PROGRAMME)  # one tied rater may still sit
    ties.declare(ana, ann, ana, PROGRAMME, "friend")
    assert assignments.short_of_assessors(lea, PROGRAMME) == 1
