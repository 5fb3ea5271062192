"""Rating what was watched in the room: only who was there, each on their own, as always."""

import pytest
from django.contrib.auth.models import User

from peer_xblocks.assessment.api import (
    appeals,
    assignments,
    feedback,
    queue,
    ratings,
    resolutions,
    seats,
    watched,
)
from peer_xblocks.assessment.models import Seat, WatchedRecord
from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.core.resolution import Signed
from peer_xblocks.work.api import observed
from peer_xblocks.work.models import Submission
from tests.db.assessment.rating import rate, release
from tests.db.assessment.test_results import records
from tests.db.work import scene
from tests.db.work.scene import PROGRAMME, place, submitted
from tests.unit.core.performances import rating

WHERE = "Tuesday at ten, room 4"


@pytest.fixture
def performed(ana: User):
    """A performance of Ana's that was watched in the room."""
    observed.note(ana, place(), WHERE)
    return submitted(ana, mode="observed_live", text=None, actors=(scene.PARTNER,))


def seat_of(user: User):
    """The next seat, taken."""
    return seats.take_next(user, PROGRAMME)


def was_there(user: User, where: str = WHERE):
    """Take the seat and say that one watched; the seat."""
    seat = seat_of(user)
    watched.declare(user, seat.id, Submission.objects.get().observed_code, where, watched=True)
    return seat


def test_the_queue_and_the_lead_see_when_and_where(ana, ann, lea, performed):
    """So that a lead keeps the seats for those who were there; nobody sees the code or a name."""
    (waiting,) = queue.waiting(ann, PROGRAMME)
    (progress,) = assignments.in_progress(lea, PROGRAMME)
    assert (waiting.observed, waiting.media_type) == (WHERE, "")
    assert progress.observed == WHERE
    code = Submission.objects.get().observed_code
    desk = seats.desk(ann, seat_of(ann).id)
    for shown in (waiting, progress, desk):
        assert code not in shown.model_dump_json()
        assert "ana-trainee" not in shown.model_dump_json()


def test_a_lead_keeps_the_seats_for_two_who_were_there(ann, ben, cleo, lea, performed):
    """The trainee chooses nobody; who was not there gets nothing."""
    one, two = Seat.objects.order_by("number")
    assignments.assign(lea, one.uuid, ann)
    assignments.assign(lea, two.uuid, ben)
    assert seat_of(cleo) is None
    assert seat_of(ann).mode == "observed_live"


def test_the_desk_knows_who_played_and_whether_one_was_there(ann, performed):
    """A rater sees the partner's code; before saying that they were there, that they did not."""
    seat = seat_of(ann)
    desk = seats.desk(ann, seat.id)
    assert (desk.watched, desk.observed, desk.text, desk.recording) == (False, WHERE, None, None)
    assert [(one.code, one.fidelity) for one in desk.actors] == [("P7", None)]
    was_there(ann)
    assert seats.desk(ann, seat.id).watched


@pytest.mark.parametrize(
    ("changed", "place_of_problem"),
    [
        ({"code": "AAAAA"}, "code"),
        ({"code": ""}, "code"),
        ({"where": "  "}, "where"),
        ({"where": "x" * 201}, "where"),
        ({"watched": False}, "watched"),
    ],
)
def test_who_was_not_there_says_nothing(ann, performed, changed, place_of_problem):
    """Another performance's code, no place, no tick: refused, and nothing is kept."""
    given = {"code": Submission.objects.get().observed_code, "where": WHERE, "watched": True}
    with pytest.raises(InvalidError) as refused:
        watched.declare(ann, seat_of(ann).id, **{**given, **changed})
    assert list(refused.value.problems) == [place_of_problem]
    assert not WatchedRecord.objects.exists()


def test_the_code_is_taken_as_people_write_it(ann, performed):
    """Small letters and spaces do not matter; twice is once."""
    seat, code = seat_of(ann), Submission.objects.get().observed_code
    written = f" {code[:2].lower()} {code[2:].lower()} "
    for where in (WHERE, "elsewhere"):
        watched.declare(ann, seat.id, written, where, watched=True)
    assert WatchedRecord.objects.get().statement.endswith(WHERE)


def test_nobody_rates_what_they_did_not_watch(ann, performed):
    """The rating is refused until they say so; nothing of it is kept."""
    with pytest.raises(InvalidError) as refused:
        rate(ann)
    assert list(refused.value.problems) == [""]
    assert records("rating") == []
    was_there(ann)
    rate(ann)


def test_another_assessors_seat_is_not_found(ann, ben, performed):
    """Nobody says it for somebody else."""
    seat, code = seat_of(ann), Submission.objects.get().observed_code
    with pytest.raises(NotFoundError):
        watched.declare(ben, seat.id, code, WHERE, watched=True)


def test_a_recorded_performance_was_not_watched(ana, ann):
    """There is nothing to say of one that a file holds."""
    submitted(ana)
    with pytest.raises(ConflictError):
        watched.declare(ann, seat_of(ann).id, "", WHERE, watched=True)


def test_the_rating_says_when_and_where(ana, ann, ben, lea, performed):
    """On top of the comment, in the record and for the trainee; no performance is among the
    documents.
    """
    was_there(ann, "22 November, ten, room 4")
    rate(ann, overall_comment="A calm beginning.")
    was_there(ben)
    rate(ben)
    said = [record["body"]["overall_comment"] for record in records("rating")]
    assert said == [
        "I watched this performance live: 22 November, ten, room 4\n\nA calm beginning.",
        f"I watched this performance live: {WHERE}",
    ]
    assert all("performance" not in record["documents"] for record in records("rating"))
    release(lea, performed.id)
    assert "room 4" in feedback.result(ana, performed.id).model_dump_json()


def test_the_same_press_twice_is_one_rating(ann, performed):
    """With its statement a rating is still the same rating."""
    seat = was_there(ann)
    one = rating((3, 3, 3), (), False)
    first = ratings.submit(ann, seat.id, one, "key")
    assert ratings.submit(ann, seat.id, one, "key").id == first.id
    assert ratings.submit(ann, seat.id, one, "other key").id == first.id


def test_a_comment_leaves_room_for_the_statement(ann, performed):
    """Both together have to be readable as a rating later; a sentence says how much fits."""
    was_there(ann)
    with pytest.raises(InvalidError):
        rate(ann, overall_comment="x" * 3_990)
    rate(ann, overall_comment="x" * 3_900)


def test_passing_it_on_needs_no_reason(ann, ben, performed):
    """Who was not there gets the next one, and this one is not offered to them again."""
    seats.skip(ann, seat_of(ann).id)
    assert seat_of(ann) is None
    assert seat_of(ben) is not None


def test_a_lead_settles_at_once_where_nobody_else_was_there(ann, ben, cleo, lea, performed):
    """A third rating needs somebody who was in the room; the lead knows whether there was one."""
    was_there(ann)
    rate(ann)
    was_there(ben)
    rate(ben, levels=(1, 3, 3))
    assert resolutions.case(lea, performed.id).third.may_settle
    choices = dict.fromkeys(resolutions.case(lea, performed.id).disputed, 0)
    resolutions.settle(
        lea, performed.id, Signed(choices=choices, reason="Only two were there."), "s"
    )
    assert [one["body"]["basis"] for one in records("resolution")] == ["third_not_held"]


def test_an_appeal_cannot_have_it_rated_anew(ana, ann, ben, lea, performed):
    """Nobody else watched it: the lead is told to void it instead."""
    for user in (ann, ben):
        was_there(user)
        rate(user)
    release(lea, performed.id)
    appeals.make(ana, performed.id, "rule", "One of them left early.", "a")
    with pytest.raises(InvalidError) as refused:
        appeals.decide(lea, performed.id, "rated_anew", "So it was.", "d")
    assert list(refused.value.problems) == ["decision"]
    assert appeals.decide(lea, performed.id, "dismissed", "They did not.", "d").decision
