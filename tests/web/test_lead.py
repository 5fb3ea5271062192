"""The lead's way: settle what two ratings could not, preview, release."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from world import PROGRAMME, World

from peer_xblocks.assessment.api import referrals, resolutions


def address(name: str, submission: Any) -> str:
    """The address of a page of this case."""
    return reverse(f"peer_xblocks:{name}", args=[submission.id])


def test_a_dispute_waits_to_be_settled(world: World, browse: Any) -> None:
    """The case says why a third was due and that none was held, and never that none exists."""
    submission = world.rated(disputed=True)
    listed = browse("lena").get(reverse("peer_xblocks:lead")).content.decode()
    assert address("case", submission) in listed
    page = browse("lena").get(address("case", submission)).content.decode()
    assert "A third rating is due, and none was held." in page
    assert "Only one rater saw something harmful." in page
    assert "exists" not in page


def test_differences_come_first(world: World, browse: Any) -> None:
    """The disputed criterion stands above those that agree."""
    submission = world.rated(disputed=True)
    page = browse("lena").get(address("case", submission)).content.decode()
    assert page.index('id="c-hears"') < page.index('id="c-opens"')


def test_settling_needs_a_reason_and_a_choice(world: World, browse: Any) -> None:
    """What is missing is named beside it, and what was typed stays."""
    submission = world.rated(disputed=True)
    answer = browse("lena").post(address("settle", submission), {"choice-hears": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give your reason: the record keeps it." in page
    assert 'value="1" required checked' in page


def test_settled_twice_is_settled_once(world: World, browse: Any) -> None:
    """The same key again changes nothing; another key is told that it is settled."""
    submission = world.rated(disputed=True)
    posted = {"choice-hears": "0", "reason": "Clumsy, not an argument.", "key": "one"}
    for _ in range(2):
        assert browse("lena").post(address("settle", submission), posted).status_code == 302
    again = browse("lena").post(address("settle", submission), posted | {"key": "two"})
    assert again.status_code == 409
    detail = resolutions.case(world.lena, submission.id)
    assert (detail.resolution.basis, detail.state) == ("third_not_held", "to_release")


def test_a_preview_is_what_the_trainee_will_read(world: World, browse: Any) -> None:
    """The preview releases nothing and shows goal, message and levels."""
    submission = world.rated()
    posted = {"goal": ["Say the loss back.", ""], "message": "Well stayed.", "then": "preview"}
    page = browse("lena").post(address("release", submission), posted).content.decode()
    assert "This is what the trainee will read" in page
    assert "Say the loss back." in page
    assert "Well stayed." in page
    assert browse("ada").get(address("result", submission)).status_code == 409


def test_a_release_needs_a_goal(world: World, browse: Any) -> None:
    """Without a goal nothing is released, and the message stays."""
    submission = world.rated()
    posted = {"goal": ["", ""], "message": "Well stayed.", "then": "release"}
    answer = browse("lena").post(address("release", submission), posted)
    assert answer.status_code == 422
    assert "Well stayed." in answer.content.decode()


def test_released_twice_is_released_once(world: World, browse: Any) -> None:
    """The same key again answers what was released."""
    submission = world.rated()
    posted = {
        "goal": ["Say the loss back.", "Ask before advice."],
        "goal_criterion": ["hears", ""],
        "message": "Well stayed.",
        "then": "release",
        "key": str(uuid.uuid4()),
    }
    for _ in range(2):
        assert browse("lena").post(address("release", submission), posted).status_code == 302
    page = browse("ada").get(address("result", submission)).content.decode()
    assert "Goals for next time" in page
    assert "Not yet" in page
    assert "Level 2 of 4" in page


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"choice-hears": "7", "reason": "x" * 5_000},
        {"choice-\x00": "1", "upheld": ["nothing", "CE-1"], "reason": "r"},
        {"goal": ["x" * 700], "then": "release"},
        {"goal": ["x"], "goal_criterion": ["no such criterion!"], "then": "preview"},
        {"goal": ["x"], "goal_criterion": ["no-such"], "then": "release"},
        {"goal": ["x"], "message": "m" * 5_000, "then": "release"},
    ],
)
def test_garbage_in_a_lead_s_forms_is_never_a_500(garbage: dict, world: World, browse: Any) -> None:
    """Whatever is posted, the lead is told what needs another look."""
    settled, disputed = world.rated("ada"), world.rated("ben", disputed=True)
    for submission in (settled, disputed):
        for name in ("settle", "release"):
            answer = browse("lena").post(address(name, submission), garbage)
            assert answer.status_code in (200, 409, 422)


def test_a_case_with_one_rating_is_not_there_yet(world: World, browse: Any) -> None:
    """Not even a lead sees a rating before both are in."""
    submission = world.hand_in()
    world.rate("ivo")
    assert browse("lena").get(address("case", submission)).status_code == 409
    answer = browse("lena").get(reverse("peer_xblocks:v1:cases"), {"programme": PROGRAMME})
    assert answer.json() == []


def test_a_lead_is_warned_while_nobody_is_named_for_safeguarding(world: World, browse: Any) -> None:
    """The warning says what to do, for this programme, and goes once somebody is named."""
    warning = "Nobody is named for safeguarding referrals."
    page = browse("lena").get(reverse("peer_xblocks:lead")).content.decode()
    assert warning in page
    assert f"manage.py peer_safeguarding {PROGRAMME} USERNAME" in page
    referrals.name_contact(None, world.noor, PROGRAMME)
    assert warning not in browse("lena").get(reverse("peer_xblocks:lead")).content.decode()
