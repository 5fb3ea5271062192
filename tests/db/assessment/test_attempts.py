"""Attempts: what came of each, goals that go along, another scene after a critical error."""

import pytest

from peer_xblocks.assessment.api import attempts, feedback, notices, resolutions, seats, voids
from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.core.record import Named, Role
from peer_xblocks.records.api import grants
from peer_xblocks.work.api import drafts, self_ratings, submissions
from peer_xblocks.work.models import Submission
from tests.db.assessment.rating import GOALS, rate, release
from tests.db.assessment.test_results import records
from tests.db.work.scene import PROGRAMME, RUBRIC, SCENARIO, hand_in, place, submitted

ANOTHER = {"activity": "two", "key": "two", "scenario": Named(key="second-talk", edition=1)}


def released(ana, ann, ben, lea, errors=(), **how):
    """A submission with a released result; two raters saw the same errors."""
    info = submitted(ana, **how)
    rate(ann, errors=errors)
    rate(ben, errors=errors)
    release(lea, info.id)
    return info


def first(user):
    """After which result another scene comes first; None when this one is open."""
    return attempts.another_first(user, PROGRAMME, SCENARIO.key, formative=False)


def test_after_a_critical_error_another_scene_comes_first(ana, ann, ben, lea):
    """Handing the same scene in again is refused and changes nothing, until another one is in."""
    info = released(ana, ann, ben, lea, errors=("CE-1",))
    assert first(ana).submission_id == info.id
    drafts.save(ana, place(), drafts.get(ana, place()).version, text="Again.")
    kept = drafts.get(ana, place())
    with pytest.raises(ConflictError, match="different scene first"):
        submitted(ana, key="again")
    with pytest.raises(ConflictError, match="different scene first"):
        attempts.require_open(ana, PROGRAMME, SCENARIO.key, formative=False)
    assert Submission.objects.count() == len(records("submission")) == 1
    assert drafts.get(ana, place()) == kept
    submitted(ana, **ANOTHER)
    assert first(ana) is None
    assert submitted(ana, key="again").attempt == 2


def test_it_is_the_scene_and_not_the_page(ana, ann, ben, lea):
    """The same scenario in another activity is the same scene."""
    released(ana, ann, ben, lea, errors=("CE-1",))
    with pytest.raises(ConflictError):
        submitted(ana, activity="two", key="two")


def test_nobody_else_waits_and_practice_is_open(ana, bea, ann, ben, lea):
    """Another trainee is not held up; practice is open; and practice does not take its place."""
    released(ana, ann, ben, lea, errors=("CE-1",))
    assert submitted(bea, key="bea").attempt == 1
    submitted(ana, **{**ANOTHER, "formative": True})
    assert first(ana) is not None
    assert submitted(ana, key="practice", formative=True).attempt == 2


def test_without_a_confirmed_error_a_scene_is_open_at_once(ana, ann, ben, lea):
    """A result that is not yet for another reason holds nobody up."""
    info = submitted(ana)
    rate(ann, (1, 3, 3))
    rate(ben, (1, 3, 3))
    release(lea, info.id)
    assert first(ana) is None
    assert submitted(ana, key="again").attempt == 2


def test_a_voided_result_asks_for_nothing(ana, ann, ben, lea):
    """What counts no more holds nobody up, and what was handed in elsewhere and voided opens
    nothing.
    """
    info = released(ana, ann, ben, lea, errors=("CE-1",))
    other = submitted(ana, **ANOTHER)
    voids.void(lea, other.id, "request", "Asked for.", "void-other")
    assert first(ana) is not None
    voids.void(lea, info.id, "technical", "The sound broke off.", "void")
    assert first(ana) is None


def test_a_lead_opens_the_scene_again_with_a_reason(ana, ann, ben, lea, leo):
    """It is recorded as the lead's word; a second press is the same; and the scene is open."""
    info = released(ana, ann, ben, lea, errors=("CE-1",))
    assert resolutions.case(lea, info.id).may_reopen
    with pytest.raises(InvalidError) as refused:
        attempts.reopen(lea, info.id, "  ", "r")
    assert set(refused.value.problems) == {"reopen_reason"}
    made = attempts.reopen(lea, info.id, "There is no other scene on this yet.", "r")
    assert attempts.reopen(lea, info.id, "There is no other scene on this yet.", "r") == made
    with pytest.raises(ConflictError):
        attempts.reopen(leo, info.id, "So it is.", "s")
    (record,) = records("attestation")
    assert record["body"]["type"] == "scene_reopened"
    assert "no other scene on this yet" in record["body"]["statement"]
    assert record["about"] == [records("release")[0]["id"], info.record_id]
    assert (record["actor"], record["acting_as"]) == (record["body"]["signed_by"], "lead")
    case = resolutions.case(lea, info.id)
    assert (case.may_reopen, case.reopened.reopened_by) == (False, "Lea-Lead")
    assert [one.kind for one in notices.mine(ana)].count("scene_reopened") == 1
    assert submitted(ana, key="again").attempt == 2


def test_who_may_not_open_a_scene_again(ana, bea, ann, ben, lea, olga):
    """Nobody but a lead who did not rate it, and only where another scene comes first."""
    grants.give(None, ann, PROGRAMME, Role.LEAD)
    info = released(ana, ann, ben, lea, errors=("CE-1",))
    for user in (ana, bea, ben, olga):
        with pytest.raises(NotFoundError):
            attempts.reopen(user, info.id, "Please.", "r")
    with pytest.raises(ForbiddenError):
        attempts.reopen(ann, info.id, "Please.", "r")
    submitted(ana, **ANOTHER)
    with pytest.raises(ConflictError):
        attempts.reopen(lea, info.id, "Please.", "r")
    assert records("attestation") == []


def test_the_history_is_one_s_own(ana, bea, ann, ben, lea):
    """Each attempt with what came of it; handed the ids of somebody else, nothing."""
    done = released(ana, ann, ben, lea)
    submitted(ana, key="again")
    handed_in = submissions.mine(ana, PROGRAMME, place().activity)
    found = attempts.history(ana, handed_in)
    assert [(one.submission.attempt, one.passed, one.goals) for one in found] == [
        (2, None, ()),
        (1, True, GOALS),
    ]
    voids.void(lea, done.id, "technical", "The sound broke off.", "void")
    assert [one.passed for one in attempts.history(ana, handed_in)] == [None, None]
    assert attempts.history(bea, handed_in) == ()


def test_goals_go_along_to_their_own_trainee(ana, bea, ann, ben, lea):
    """To the same scene and to a near one, as long as the result counts, and to nobody else."""
    info = released(ana, ann, ben, lea)
    scene = (PROGRAMME, SCENARIO.key, SCENARIO.rubric, SCENARIO.competencies)
    near = (PROGRAMME, "second-talk", "another-rubric", ["I.2"])
    far = (PROGRAMME, "second-talk", "another-rubric", ["X.9"])
    assert [(one.text, one.here) for one in attempts.carried(ana, *scene)] == [
        (GOALS[0].text, True)
    ]
    assert [one.here for one in attempts.carried(ana, *near)] == [False]
    assert attempts.carried(ana, *far) == ()
    assert attempts.carried(bea, *scene) == ()
    voids.void(lea, info.id, "technical", "The sound broke off.", "void")
    assert attempts.carried(ana, *scene) == ()


def self_rated(ana, *behaviours, **members):
    """A performance that its trainee rated themselves on the first criterion, handed in."""
    version = drafts.get(ana, place()).version
    drafts.save(ana, place(), version, text=hand_in().text, mode="written")
    one = self_ratings.open(ana, place(), RUBRIC.digest)
    ticked = (CriterionRating(criterion="critical", behaviours=behaviours, **members),)
    self_ratings.save(ana, place(), 1, one.version, RUBRIC.digest, ticked)
    return submitted(ana)


def test_own_ticks_stand_beside_the_released_ones(ana, bea, ann, ben, lea, olga):
    """After the release, to their trainee alone: what both saw, and what one side saw."""
    info = self_rated(ana, "critical-b1", "critical-a1")
    rate(ann)
    rate(ben)
    assert feedback.beside(ana, info.id) == ()
    release(lea, info.id)
    (one,) = feedback.beside(ana, info.id)
    assert (one.own_level, one.own_because, one.level, one.differs) == (2, "basic_missing", 3, True)
    sides = (one.both, one.only_own, one.only_raters)
    assert [[b.id for b in side] for side in sides] == [
        ["critical-b1"],
        ["critical-a1"],
        ["critical-b2"],
    ]
    assert one.letters == {"critical-b1": ("A", "B"), "critical-b2": ("A", "B")}
    for user in (bea, ann, ben, lea, olga):
        assert feedback.beside(user, info.id) == ()
    voids.void(lea, info.id, "technical", "The sound broke off.", "void")
    assert feedback.beside(ana, info.id) == ()


def test_what_was_left_open_is_not_compared(ana, ann, ben, lea):
    """A criterion without a tick says nothing."""
    info = self_rated(ana)
    rate(ann)
    rate(ben)
    release(lea, info.id)
    assert feedback.beside(ana, info.id) == ()


def test_the_lead_s_page_and_the_desk_know_nothing_of_it(ana, ann, ben, lea):
    """What assessors and leads are given is the same with and without a self-rating."""
    info = self_rated(ana, "critical-h2")
    seat = seats.take_next(ann, PROGRAMME)
    desk = seats.desk(ann, seat.id)
    assert "critical-h2" not in desk.model_copy(update={"rubric": None}).model_dump_json()
    rate(ann)
    rate(ben)
    case = resolutions.case(lea, info.id)
    assert "critical-h2" not in case.model_copy(update={"rubric": None}).model_dump_json()
