"""Nobody but its trainee reaches a self-rating by any page, endpoint, export or pack."""

from typing import Any

import pytest
from django.urls import reverse
from everywhere import everything
from world import World, performance, rating_of, the_role_play

from peer_xblocks.assessment.api import releases
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.core.record import Goal
from peer_xblocks.core.rubric import BehaviourKind
from peer_xblocks.core.self_rating import ticks_of
from peer_xblocks.records.api import checkpoints, documents
from peer_xblocks.work.api import drafts, self_ratings
from peer_xblocks.work.values import SubmissionInfo

RUBRIC = the_role_play().rubric
TOLD = "Where you and the raters agree and differ"
FIRST = RUBRIC.criteria[0]
TICKED = tuple(
    FIRST.of_kind(kind)[0].id for kind in (BehaviourKind.HARMFUL, BehaviourKind.ADVANCED)
)
"""What the trainee ticks and no rater does, in the order in which it is kept."""


def marks() -> tuple[str, ...]:
    """How own ticks would be recognised in an answer, as JSON or escaped."""
    plain = ",".join(f'"{one}"' for one in TICKED)
    return plain, plain.replace('"', "&quot;"), "self_rating", "selfrating"


@pytest.fixture
def rated(world: World) -> SubmissionInfo:
    """A performance that Ada rated herself, with both ratings in and a seat of them known."""
    digest = documents.put(RUBRIC.canonical_bytes())
    drafts.save(world.ada, world.place(), 0, text=performance(), mode="written")
    own = self_ratings.open(world.ada, world.place(), digest)
    ticked = (CriterionRating(criterion=FIRST.id, behaviours=TICKED),)
    assert ticks_of(RUBRIC, ticked) == ticked
    saved = self_ratings.save(world.ada, world.place(), 1, own.version, digest, ticked)
    submission = world.hand_in()
    assert self_ratings.of_submission(world.ada, submission.id) == saved
    return submission


def seen_by(client: Any, seat_id: Any, submission_id: Any) -> str:
    """All that a person can fetch, with its JSON spaced in one way."""
    return everything(client, seat_id, submission_id).replace('", "', '","')


def test_nobody_else_reaches_it(world: World, browse: Any, rated: SubmissionInfo) -> None:
    """Raters, another assessor, the lead, another trainee, the auditor with consent: nothing of it,
    before and after the release.
    """
    basics = {one.id: [b.id for b in one.of_kind(BehaviourKind.BASIC)] for one in RUBRIC.criteria}
    seat = world.seat("ivo")
    for who in world.people:
        seen = seen_by(browse(who), seat.id, rated.id)
        assert not any(mark in seen for mark in (*marks(), TOLD)), who
    world.rate("ivo", rating_of(basics))
    world.rate("mia", rating_of(basics))
    goals = (Goal(criterion=None, text="Say the loss back."),)
    releases.release(world.lena, rated.id, goals, "", "release")
    checkpoints.publish(rated.programme)
    for who in world.people:
        seen = seen_by(browse(who), seat.id, rated.id)
        assert not any(mark in seen for mark in marks()), who
        assert (TOLD in seen) == (who == "ada"), who


def test_its_trainee_reads_it_beside_the_result(
    world: World, browse: Any, rated: SubmissionInfo
) -> None:
    """Levels and ticks of both, in words and not by a mark alone."""
    world.rate("ivo")
    world.rate("mia")
    goals = (Goal(criterion=None, text="Say the loss back."),)
    releases.release(world.lena, rated.id, goals, "", "release")
    page = browse("ada").get(reverse("peer_xblocks:result", args=[rated.id])).content.decode()
    assert TOLD in page
    assert "You ticked, and no rater" in page
    assert FIRST.of_kind(BehaviourKind.ADVANCED)[0].text.split("'")[0] in page
