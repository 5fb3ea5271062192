"""Pages about more time and conditions: for leads and the trainee, never for assessors."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from everywhere import everything
from world import PROGRAMME, World

from peer_xblocks.assessment.api import notices
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.work.api import accommodations
from peer_xblocks.work.values import Condition

WHY = "canary-of-the-reason"
MOVED, SHUT, UNFIT = 302, 403, 422
RATERS = ("ivo", "mia", "noor")


def at(name: str, *more: Any) -> str:
    """The address of a page of the programme."""
    return reverse(f"peer_xblocks:{name}", args=[PROGRAMME, *more])


def granted(world: World, browse: Any, reason: str = WHY) -> None:
    """Lena grants Ada half as much time again."""
    fields = {"trainee": world.ada.pk, "percent": "50", "reason": reason}
    assert browse("lena").post(at("grant-time"), fields).status_code == MOVED


def test_a_trainee_asks_and_a_lead_grants_with_one_press(world: World, browse: Any) -> None:
    """There is no field for a reason; the lead's list shows who asks and three amounts."""
    page = browse("ada").get(at("accommodations")).content.decode()
    assert "textarea" not in page and "may last 30 minutes" in page
    assert browse("ada").post(at("accommodations"), {"then": "ask"}).status_code == MOVED
    assert "You asked for more time" in browse("ada").get(at("accommodations")).content.decode()
    assert "(1 asks)" in browse("lena").get(reverse("peer_xblocks:lead")).content.decode()
    listed = browse("lena").get(at("more-time")).content.decode()
    assert "Ada Trainee" in listed and "asked on" in listed
    granted(world, browse, "")
    assert "may last 45 minutes" in browse("ada").get(at("accommodations")).content.decode()
    assert "50 % more, by Lena Lead" in browse("lena").get(at("more-time")).content.decode()


def test_a_notice_leads_to_the_page_of_it(world: World, browse: Any) -> None:
    """Leads come to who asks, the trainee to what they have."""
    browse("ada").post(at("accommodations"), {"then": "ask"})
    granted(world, browse)
    for who, sentence, name in (
        ("lena", "A trainee asks for more time.", "more-time"),
        ("ada", "A lead gave you more time for your scenes.", "accommodations"),
    ):
        assert sentence in browse(who).get(reverse("peer_xblocks:notices")).content.decode()
        (notice,) = notices.mine(world.people[who])
        posted = {"notice": notice.id}
        assert browse(who).post(reverse("peer_xblocks:read-notices"), posted).url == at(name)


def test_who_asks_can_ask_no_longer(world: World, browse: Any) -> None:
    """The lead's list is empty again."""
    browse("ada").post(at("accommodations"), {"then": "ask"})
    browse("ada").post(at("accommodations"), {"then": "take-back"})
    assert "asked on" not in browse("lena").get(at("more-time")).content.decode()


def test_a_lead_says_no(world: World, browse: Any) -> None:
    """The asking is answered, and nothing is kept of it."""
    browse("ada").post(at("accommodations"), {"then": "ask"})
    assert "Say no" in browse("lena").get(at("more-time")).content.decode()
    browse("lena").post(at("end-time", world.ada.pk))
    assert accommodations.mine(world.ada, PROGRAMME) == accommodations.NOTHING


def test_a_lead_ends_it(world: World, browse: Any) -> None:
    """The trainee has what everybody has, and the reason is gone."""
    granted(world, browse)
    assert browse("lena").post(at("end-time", world.ada.pk)).status_code == MOVED
    page = browse("ada").get(at("accommodations")).content.decode()
    assert WHY not in page and "may last 30 minutes" in page


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"trainee": "x", "percent": "50"},
        {"trainee": "999999", "percent": "50"},
        {"trainee": "ADA", "percent": "51"},
        {"trainee": "ADA", "percent": "50", "reason": "x" * 2001},
        {"trainee": "ADA", "percent": "\x00\ud7ff", "reason": "\x00"},
    ],
)
def test_what_cannot_be_granted_is_said_in_words(
    world: World, browse: Any, fields: dict[str, str]
) -> None:
    """422, with the form as it was sent, and nothing granted."""
    sent = {name: text.replace("ADA", str(world.ada.pk)) for name, text in fields.items()}
    answer = browse("lena").post(at("grant-time"), sent)
    assert answer.status_code == UNFIT
    assert 'role="alert"' in answer.content.decode()
    assert accommodations.mine(world.ada, PROGRAMME).extra_percent == 0


@pytest.mark.parametrize("who", ["ada", "ben", "ivo", "otto"])
def test_the_leads_page_is_for_leads(world: World, browse: Any, who: str) -> None:
    """Reading, granting and ending are refused to everybody else."""
    granted(world, browse)
    client = browse(who)
    fields = {"trainee": world.ben.pk, "percent": "100"}
    assert client.get(at("more-time")).status_code == SHUT
    assert client.post(at("grant-time"), fields).status_code == SHUT
    assert client.post(at("end-time", world.ada.pk)).status_code == SHUT
    assert accommodations.mine(world.ada, PROGRAMME).extra_percent == 50
    assert accommodations.mine(world.ben, PROGRAMME).extra_percent == 0


@pytest.mark.parametrize("who", [*RATERS[:2], "otto", "ben", "lea"])
def test_the_reason_is_reached_by_nobody_else_in_any_way(
    world: World, browse: Any, who: str
) -> None:
    """Raters, auditors, other trainees and another lead: no page, endpoint, list, export or pack,
    before or after the release, holds the reason or that there is more time.
    """
    if who == "lea":
        another_lead(world)
    granted(world, browse)
    submission = world.hand_in()
    seat = world.seat(who if who in RATERS else "ivo")
    ids = {"trainee_id": world.ada.pk}
    before = everything(browse(who), seat.id, submission.id, **ids)
    for rater in RATERS[:2]:
        world.rate(rater)
    goal = {"goal": "Wait.", "then": "release", "key": "release-1"}
    release = reverse("peer_xblocks:release", args=[submission.id])
    assert browse("lena").post(release, goal).status_code == MOVED
    after = everything(browse(who), seat.id, submission.id, **ids)
    assert WHY not in before + after
    if who != "lea":
        assert "50 % more" not in before + after
        assert "extra_percent" not in before + after


def another_lead(world: World) -> None:
    """A second lead of the programme."""
    lea = get_user_model().objects.create(username="lea", first_name="Lea", last_name="Lead")
    grants.give(None, lea, PROGRAMME, Role.LEAD)
    world.people["lea"] = lea


def test_the_reason_is_read_by_the_trainee_and_the_lead_who_noted_it(
    world: World, browse: Any
) -> None:
    """Both find it on their page."""
    granted(world, browse)
    assert WHY in browse("ada").get(at("accommodations")).content.decode()
    assert WHY in browse("lena").get(at("more-time")).content.decode()
    assert WHY not in browse("ben").get(at("accommodations")).content.decode()


def test_the_desk_says_signed_and_with_notes(world: World, browse: Any) -> None:
    """What a rater needs to know, above the performance; nothing where nothing was said."""
    world.hand_in(conditions=(Condition.SIGNED, Condition.NOTES))
    desk = browse("ivo").get(reverse("peer_xblocks:desk", args=[world.seat("ivo").id]))
    page = desk.content.decode()
    assert "Signed. Rate what was understood and done" in page
    assert "With notes at hand." in page


def test_the_desk_shows_the_lines_of_a_prompted_performance(world: World, browse: Any) -> None:
    """So that a rater knows what was answered; not on the desk of a written one."""
    world.hand_in(mode="prompted")
    page = browse("ivo").get(reverse("peer_xblocks:desk", args=[world.seat("ivo").id]))
    assert "Answered line by line" in page.content.decode()


def test_the_desk_of_any_other_shows_neither(world: World, browse: Any) -> None:
    """Nothing is said of conditions that nobody named."""
    world.hand_in()
    page = browse("ivo").get(reverse("peer_xblocks:desk", args=[world.seat("ivo").id]))
    for words in ("Answered line by line", "With notes at hand", "Signed. Rate"):
        assert words not in page.content.decode()
