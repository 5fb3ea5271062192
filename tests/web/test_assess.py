"""The assessor's way: queue, desk, draft, review, submit."""

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from world import PROGRAMME, World, the_role_play, ticks

from peer_xblocks.assessment.api import ratings, seats
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants

QUEUE = "peer_xblocks:queue"


def form(**changes: Any) -> dict[str, Any]:
    """A whole rating as the desk posts it."""
    posted: dict[str, Any] = {"version": "0", "overall_comment": "Warm from the start."}
    for criterion, behaviours in ticks().items():
        posted[f"c-{criterion}-b"] = behaviours
    return posted | changes


def address(name: str, seat: Any) -> str:
    """The address of a page of this seat."""
    return reverse(f"peer_xblocks:{name}", args=[seat.id])


def test_the_queue_shows_scenario_and_waiting_time(world: World, browse: Any) -> None:
    """The queue names what waits and for how long, and nobody."""
    world.hand_in()
    page = browse("ivo").get(reverse(QUEUE)).content.decode()
    assert "Nothing I am good at" in page
    assert "waiting less than a minute" in page
    assert "Ada" not in page


def test_next_takes_a_seat_and_twice_is_the_same(world: World, browse: Any) -> None:
    """Pressing twice holds one seat, and the queue leads back to it."""
    world.hand_in()
    client = browse("ivo")
    posted = {"programme": PROGRAMME, "key": "one"}
    first = client.post(reverse("peer_xblocks:next-seat"), posted)
    second = client.post(reverse("peer_xblocks:next-seat"), posted)
    assert first.status_code == 302
    assert first.url == second.url
    assert first.url in client.get(reverse(QUEUE)).content.decode()


def test_next_with_an_empty_queue_says_so(world: World, browse: Any) -> None:
    """An empty queue is a sentence, not an error."""
    page = browse("ivo").post(
        reverse("peer_xblocks:next-seat"), {"programme": PROGRAMME}, follow=True
    )
    assert "Nothing waits for you just now." in page.content.decode()


def test_a_saved_draft_shows_its_level_and_why(world: World, browse: Any) -> None:
    """The server computes the level of each criterion from the ticks."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    page = client.post(address("desk", seat), form(), follow=True).content.decode()
    assert 'data-because="basic_missing">Nothing harmful' in page
    assert "Warm from the start." in page


def test_the_page_s_own_module_is_answered_in_json(world: World, browse: Any) -> None:
    """Saving by script answers the next version and every level."""
    world.hand_in()
    seat = world.seat("ivo")
    answer = browse("ivo").post(
        address("desk", seat), form(), headers={"Accept": "application/json"}
    )
    assert answer.json()["version"] == 1
    assert answer.json()["levels"]["opens"] == [2, "basic_missing"]


def test_a_stale_save_is_told_and_kept(world: World, browse: Any) -> None:
    """A save from an older page is refused, kept, and shown on the desk."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    client.post(address("desk", seat), form())
    late = client.post(
        address("desk", seat),
        form(overall_comment="Written on the train."),
        headers={"Accept": "application/json"},
    )
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    page = client.get(address("desk", seat)).content.decode()
    assert "1 save came too late and was kept" in page
    assert "Written on the train." in page


def test_going_on_with_an_older_page_keeps_the_newer_draft(world: World, browse: Any) -> None:
    """Who says so saves over what was saved elsewhere, which stays readable; not over a third."""
    world.hand_in()
    seat, client, json = world.seat("ivo"), browse("ivo"), {"Accept": "application/json"}
    client.post(address("desk", seat), form(overall_comment="Written at the desk."))
    train = form(overall_comment="Written on the train.")
    late = client.post(address("desk", seat), train, headers=json).json()
    mine = train | {"version": str(late["version"]), "over": "1"}
    assert client.post(address("desk", seat), mine, headers=json).json()["version"] == 2
    page = client.get(address("desk", seat)).content.decode()
    assert ">Written on the train.</textarea>" in page and "Written at the desk." in page
    bus = form(overall_comment="Written on the bus.") | {"version": "1", "over": "1"}
    assert client.post(address("desk", seat), bus, headers=json).status_code == 409
    page = client.get(address("desk", seat)).content.decode()
    assert ">Written on the train.</textarea>" in page and "Written on the bus." in page


def test_the_review_names_what_is_missing(world: World, browse: Any) -> None:
    """Each open criterion is named with a link to it, and there is no button to submit."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    posted = form()
    del posted["c-hears-b"]
    client.post(address("desk", seat), posted)
    page = client.get(address("review", seat)).content.decode()
    assert "1 thing is missing" in page
    assert f"{address('desk', seat)}#c-hears" in page
    assert "Submit the rating" not in page


def test_submitting_twice_makes_one_rating(world: World, browse: Any) -> None:
    """The same key again leads back to the queue and appends nothing."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    client.post(address("desk", seat), form())
    posted = {"version": "1", "key": str(uuid.uuid4())}
    for _ in range(2):
        page = client.post(address("submit", seat), posted, follow=True)
        assert "Thank you" in page.content.decode()
    assert len(ratings.mine(world.ivo, PROGRAMME)) == 1


def test_an_unfinished_rating_is_not_submitted(world: World, browse: Any) -> None:
    """Submitting an unfinished draft shows the review again with what is missing."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    answer = client.post(address("submit", seat), {"version": "0"})
    assert answer.status_code == 422
    assert "6 things are missing" in answer.content.decode()


def test_a_draft_that_changed_since_the_review_is_reviewed_again(world: World, browse: Any) -> None:
    """What is submitted is what was reviewed."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    client.post(address("desk", seat), form())
    answer = client.post(address("submit", seat), {"version": "0"})
    assert answer.status_code == 409
    assert ratings.mine(world.ivo, PROGRAMME) == ()


def test_quotes_and_times_become_evidence(world: World, browse: Any) -> None:
    """A row with words is a quote, with a time a moment, with both a pin."""
    world.hand_in()
    seat = world.seat("ivo")
    rows = {
        "c-opens-quote": ["Hello", "", "It is fine", ""],
        "c-opens-time": ["", "4:05", "1:02:03"],
    }
    browse("ivo").post(address("desk", seat), form(**rows))
    saved = seats.desk(world.ivo, seat.id).draft.rating.of("opens")
    assert [(e.kind, e.text, e.start_ms) for e in saved.evidence] == [
        ("quote", "Hello", None),
        ("time", "", 245_000),
        ("pin", "It is fine", 3_723_000),
    ]


def test_no_opportunity_takes_its_reason(world: World, browse: Any) -> None:
    """No opportunity has a reason and no level."""
    world.hand_in()
    seat = world.seat("ivo")
    posted = form(**{"c-closes-none": "on", "c-closes-reason": "It was stopped.", "c-closes-b": []})
    page = browse("ivo").post(address("desk", seat), posted, follow=True).content.decode()
    assert 'data-because="no_opportunity"' in page
    assert "It was stopped." in page


def test_passing_on_needs_no_reason(world: World, browse: Any) -> None:
    """A performance passed on goes to others and is not offered again."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    page = client.post(address("skip", seat), follow=True).content.decode()
    assert "nobody asks you why" in page
    assert seats.take_next(world.ivo, PROGRAMME) is None


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"version": "-1"},
        {"version": "9" * 40},
        {"version": "\x00", "c-opens-b": ["\x00", "x" * 5000]},
        {"c-opens-comment": "x" * 4_001},
        {"c-opens-time": "noon", "c-opens-quote": "x"},
        {"errors": ["CE-1", "CE-99", "nothing"]},
        {"overall_impression": "9"},
        {"then": "destroy"},
    ],
)
def test_garbage_on_the_desk_is_never_a_500(garbage: dict, world: World, browse: Any) -> None:
    """Whatever is posted is saved as far as it means something, or refused with a sentence."""
    world.hand_in()
    seat = world.seat("ivo")
    assert browse("ivo").post(address("desk", seat), garbage).status_code in (302, 409, 422)
    answer = browse("ivo").post(address("desk", seat), json.dumps(garbage), "application/json")
    assert answer.status_code in (302, 409, 422)


def test_the_desk_is_the_edition_that_was_handed_in(world: World, browse: Any) -> None:
    """The desk shows every behaviour of the rubric, by kind and in words."""
    world.hand_in()
    seat = world.seat("ivo")
    page = browse("ivo").get(address("desk", seat)).content.decode()
    for criterion in the_role_play().rubric.criteria:
        for behaviour in criterion.behaviours:
            assert f'value="{behaviour.id}"' in page
    assert all(word in page for word in ("Harmful", "Basic", "Advanced"))


def test_a_long_queue_is_folded_after_the_oldest(world: World, browse: Any) -> None:
    """All are counted, and nobody scrolls past forty to what stands below."""
    for number in range(8):
        user = get_user_model().objects.create_user(f"trainee-{number}")
        grants.give(None, user, PROGRAMME, Role.TRAINEE)
        world.people[user.username] = user
        world.hand_in(user.username)
    page = browse("ivo").get(reverse("peer_xblocks:queue")).content.decode()
    shown, folded = page.split("<details", 1)
    assert "8 performances wait" in shown and "2 more, handed in later" in folded
    assert (shown.count("px-card--row"), folded.count("px-card--row")) == (6, 2)
