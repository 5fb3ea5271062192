"""What a trainee reads of a result that is not there yet: what decided it, and what is missing."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import formats
from world import PROGRAMME, SCENARIO, World, rating_of, the_role_play

from peer_xblocks.assessment.api import feedback, releases, resolutions
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Signed
from peer_xblocks.core.rubric import BehaviourKind
from peer_xblocks.records.api import audit
from peer_xblocks.web.result_words import held_back, still_open

RUBRIC = the_role_play().rubric


def basics(criterion_id: str) -> list[str]:
    """The ids of the basics of a criterion."""
    criterion = RUBRIC.criterion(criterion_id)
    return [one.id for one in criterion.of_kind(BehaviourKind.BASIC)]


def all_basics(**changed: list[str]) -> dict[str, list[str]]:
    """Every basic ticked, but on these criteria."""
    return {one.id: basics(one.id) for one in RUBRIC.criteria} | changed


def release(world: World, submission: Any) -> None:
    """Release a settled result with one goal."""
    goals = (Goal(criterion="hears", text="Say the loss back."),)
    releases.release(world.lena, submission.id, goals, "", "release")


def settle(world: World, submission: Any) -> None:
    """One rating alone is a pass, so a lead settles; what differs by one level is lower."""
    signed = Signed(choices={}, reason="The transcript shows no reply to the loss.")
    disputed = resolutions.case(world.lena, submission.id).disputed
    signed = signed.model_copy(update={"choices": dict.fromkeys(disputed, 1)})
    resolutions.settle(world.lena, submission.id, signed, "settle")


def result_of(world: World, submission: Any) -> Any:
    """The criterion `hears` of a released result, and the whole of it."""
    whole = feedback.result(world.ada, submission.id)
    return next(one for one in whole.criteria if one.criterion.id == "hears"), whole


def test_what_is_open_is_what_not_both_saw(world: World) -> None:
    """Both at level 2, each for want of another basic: both basics are still to come."""
    first, second, *_rest = basics("hears")
    submission = world.hand_in()
    world.rate("ivo", rating_of(all_basics(hears=[first])))
    world.rate("mia", rating_of(all_basics(hears=[second])))
    release(world, submission)
    item, whole = result_of(world, submission)
    assert item.level == 2
    found = still_open(item)
    assert [one.id for one in found.basics] == basics("hears")
    assert found.by_all
    assert set(found.basics) | set(found.others) == set(item.criterion.behaviours)
    assert [one.id for one in held_back(whole)] == ["hears"]


def test_the_lower_rating_says_what_is_open(world: World, browse: Any) -> None:
    """One rater saw all of the basics: what the other missed is still to come, and said so."""
    world.leave_no_third()
    submission = world.hand_in()
    world.rate("ivo", rating_of(all_basics()))
    world.rate("mia", rating_of(all_basics(hears=basics("hears")[1:])))
    settle(world, submission)
    release(world, submission)
    item, _whole = result_of(world, submission)
    assert [one.id for one in still_open(item).basics] == basics("hears")[:1]
    page = browse("ada").get(reverse("peer_xblocks:result", args=[submission.id])).content.decode()
    assert "What decided it:" in page
    assert "this one is still to come:" in page
    assert "Seen\u00a0by\u00a0A\u00a0only" in page


def test_a_lead_s_reason_is_read_by_the_trainee(world: World, browse: Any) -> None:
    """Where a lead settled, the page and the API give the lead's reason."""
    submission = world.rated(disputed=True)
    world.settle(submission)
    release(world, submission)
    address = reverse("peer_xblocks:result", args=[submission.id])
    page = browse("ada").get(address).content.decode()
    assert "The reply was clumsy, not an argument." in page
    api = browse("ada").get(reverse("peer_xblocks:v1:result", args=[submission.id])).json()
    assert api["reason"] == "The reply was clumsy, not an argument."


def test_no_answer_tells_the_impression_before_release(world: World, browse: Any) -> None:
    """Only the bytes that were committed to hold it; no words, no member of an answer."""
    submission = world.hand_in()
    for who in ("ivo", "mia"):
        world.rate(who, rating_of(all_basics(), overall_impression=4))
    rows = audit.search(world.otto, PROGRAMME, kind="rating").rows
    page = browse("otto").get(reverse("peer_xblocks:audit-record", args=[PROGRAMME, rows[0].id]))
    written = page.content.decode()
    assert "mpression" not in written.replace("overall_impression&quot;:4", "")
    api = browse("otto").get(reverse("peer_xblocks:v1:record", args=[PROGRAMME, rows[0].id]))
    assert "overall_impression" not in api.json()["record"]["body"]
    case = browse("lena").get(reverse("peer_xblocks:v1:case", args=[submission.id])).json()
    assert [one["rating"]["overall_impression"] for one in case["ratings"]] == [None, None]
    own = browse("ada").get(reverse("peer_xblocks:v1:own-record", args=[PROGRAMME]))
    assert "mpression" not in own.content.decode()


@pytest.mark.parametrize("name", ["audit", "v1:records", "audit-pack", "v1:pack"])
def test_a_period_that_ends_before_it_begins(name: str, world: World, browse: Any) -> None:
    """It is refused with a sentence, by page and by API, and no pack of it is offered."""
    world.released()
    asked = {"since": "2026-11-22", "until": "2026-11-21"}
    answer = browse("otto").get(reverse(f"peer_xblocks:{name}", args=[PROGRAMME]), asked)
    assert answer.status_code == 422
    assert "The period ends before it begins." in answer.content.decode()
    assert "pack/?since=2026" not in answer.content.decode()


def test_a_record_is_told_in_human_words(world: World, browse: Any) -> None:
    """The scenario by its title, the size in a unit, the language by its name, the time in UTC."""
    submission = world.released()
    address = reverse("peer_xblocks:audit-record", args=[PROGRAMME, submission.record_id])
    words = browse("otto").get(address).content.decode().split("What this proves")[0]
    assert the_role_play().scenario.title in words
    assert SCENARIO not in words
    assert "\u00a0KB" in words
    assert "English" in words
    assert " UTC" in words


def test_blocks_write_a_time_as_pages_do(world: World) -> None:
    """Django's own name of the format is ours: 22 November 2026, 07:12 UTC."""
    assert formats.get_format("DATETIME_FORMAT") == "j F Y, H:i e"


def test_a_refusal_says_whose_page_and_who_asks(world: World, browse: Any) -> None:
    """Whoever is refused reads for whom the page is and as whom they are signed in."""
    page = browse("ada").get(reverse("peer_xblocks:lead")).content.decode()
    assert "This page is for leads." in page
    assert "You are signed in as <bdi>Ada Trainee</bdi> (Trainee)." in page
    assert page.count(f'action="{reverse("sign-out")}"') >= 1


def test_the_release_stands_after_the_ratings(world: World, browse: Any) -> None:
    """The form stands below what it rests on, and a link at the top leads to it."""
    submission = world.rated()
    page = browse("lena").get(reverse("peer_xblocks:case", args=[submission.id])).content.decode()
    link, ratings, form = (page.index(one) for one in ('#release"', 'id="ratings"', 'id="release"'))
    assert link < ratings < form
