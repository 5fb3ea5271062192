"""Blindness: nothing of a rating reaches the other rater, and no name reaches a rater at all."""

import pytest

from peer_xblocks.assessment.api import drafts, feedback, queue, ratings, resolutions, seats
from peer_xblocks.core.errors import ConflictError, Error, ForbiddenError
from peer_xblocks.core.rating import Evidence, Marker
from peer_xblocks.records.api import people
from peer_xblocks.work.api import submissions
from tests.db.assessment.rating import rate, release
from tests.db.work.scene import PROGRAMME, submitted
from tests.unit.core.performances import rating

CANARY = "canary-51ae"
MARKER = Marker(at_ms=7_000, mark="canary of a marker", behaviour="critical-b1")


def marked(levels=(4, 1, 2)):
    """A rating with a mark in every text, a marked pin, and an overall impression."""
    one = rating(levels, ("CE-2",), asks=True)
    pin = Evidence(kind="pin", text=CANARY, start_ms=5_000)
    told = {"comment": CANARY, "evidence": (pin,)}
    criteria = tuple(c.model_copy(update=told) for c in one.criteria)
    errors = tuple(e.model_copy(update={"observation": CANARY}) for e in one.critical_errors)
    update = {"criteria": criteria, "critical_errors": errors, "overall_comment": CANARY}
    return one.model_copy(update={**update, "asks_reason": CANARY, "overall_impression": 4})


def shown_to(user, seat_id, submission_id) -> str:
    """Everything that the api shows somebody on the way of one submission, as text."""
    calls = (
        lambda: queue.waiting(user, PROGRAMME),
        lambda: queue.held(user, PROGRAMME),
        lambda: seats.take_next(user, PROGRAMME),
        lambda: seats.desk(user, seat_id),
        lambda: drafts.kept(user, seat_id),
        lambda: ratings.mine(user, PROGRAMME),
        lambda: resolutions.waiting(user, PROGRAMME),
        lambda: resolutions.case(user, submission_id),
        lambda: feedback.result(user, submission_id),
        lambda: feedback.status(user, submission_id),
        lambda: submissions.mine(user, PROGRAMME),
    )
    seen = []
    for call in calls:
        try:
            found = call()
        except Error as error:
            found = (error, vars(error))
        seen.append(repr(found))
    return "\n".join(seen)


def test_a_rater_sees_nothing_of_the_other_before_both_are_in(ana, ann, ben):
    """Whatever the second rater calls, neither draft nor rating of the first one shows."""
    info = submitted(ana)
    first, second = (seats.take_next(user, PROGRAMME) for user in (ann, ben))
    drafts.save(ann, first.id, 0, marked(), (MARKER,))
    assert CANARY not in shown_to(ben, second.id, info.id)
    assert MARKER.mark not in shown_to(ben, second.id, info.id)
    ratings.submit(ann, first.id, marked(), "k")
    assert CANARY not in shown_to(ben, second.id, info.id)
    assert str(first.id) not in shown_to(ben, second.id, info.id)


def test_a_seated_lead_sees_nothing_of_the_other(ana, ann, lea):
    """A lead who holds a seat is a rater: neither list nor case opens before both are in."""
    info = submitted(ana)
    seat = seats.take_next(lea, PROGRAMME)
    rate_marked(ann)
    with pytest.raises(ForbiddenError):
        resolutions.case(lea, info.id)
    assert CANARY not in shown_to(lea, seat.id, info.id)


def test_a_lead_sees_no_rating_before_both_are_in(ana, ann, lea):
    """A lead who rates nothing has to wait as well."""
    info = submitted(ana)
    seat = rate_marked(ann)
    with pytest.raises(ConflictError):
        resolutions.case(lea, info.id)
    assert CANARY not in shown_to(lea, seat.id, info.id)


def test_the_next_holder_of_a_seat_sees_nothing_of_the_last(ana, ann, ben):
    """What was noted on a seat that was passed on stays with who noted it."""
    info = submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    drafts.save(ann, seat.id, 0, marked(), (MARKER,))
    seats.skip(ann, seat.id, CANARY)
    assert seats.take_next(ben, PROGRAMME).id == seat.id
    assert CANARY not in shown_to(ben, seat.id, info.id)
    assert MARKER.mark not in shown_to(ben, seat.id, info.id)


def test_a_rater_never_learns_who_performed_or_who_else_rates(ana, bea, ann, ben):
    """No name, user name, pairwise id or attempt stands in what a rater gets."""
    info = submitted(ana)
    submitted(bea)
    seat = seats.take_next(ann, PROGRAMME)
    rate(ben)
    shown = shown_to(ann, seat.id, info.id).lower()
    hidden = [people.urn(user, PROGRAMME) for user in (ana, bea, ben)]
    hidden += [user.username for user in (ana, bea, ben)]
    hidden += [str(info.id), info.record_id]
    assert not [one for one in hidden if one.lower() in shown]


def test_a_trainee_sees_nothing_before_the_release(ana, ann, ben, lea):
    """Until a result is released its owner learns only how far it has come."""
    info = submitted(ana)
    seat = rate_marked(ann)
    rate_marked(ben)
    assert CANARY not in shown_to(ana, seat.id, info.id)
    with pytest.raises(ConflictError):
        feedback.result(ana, info.id)


def test_a_trainee_never_learns_a_raters_name_or_impression(ana, ann, ben, lea):
    """A released result speaks of Assessor A and B, and holds no overall impression."""
    info = submitted(ana)
    rate(ann, overall_impression=1)
    rate(ben, overall_impression=2)
    release(lea, info.id)
    shown = repr(feedback.result(ana, info.id)).lower()
    for user in (ann, ben, lea):
        assert user.username.split("-")[0] + "-" not in shown
        assert people.urn(user, PROGRAMME) not in shown
    assert "impression" not in shown


def test_the_overall_impression_shows_to_nobody_before_release(ana, ann, ben, lea):
    """Not even a lead who signs sees the impression before the result is released."""
    info = submitted(ana)
    rate(ann, overall_impression=1)
    rate(ben, overall_impression=2)
    ratings_ = resolutions.case(lea, info.id).ratings
    assert [one.rating.overall_impression for one in ratings_] == [None, None]
    release(lea, info.id)
    ratings_ = resolutions.case(lea, info.id).ratings
    assert [one.rating.overall_impression for one in ratings_] == [1, 2]


def rate_marked(user):
    """Submit a rating with marks; the seat it was on."""
    seat = seats.take_next(user, PROGRAMME)
    ratings.submit(user, seat.id, marked(), f"key {seat.id}")
    return seat
