"""What trainees see of their own record, and what they may allow."""

from typing import Any

import pytest
from django.urls import reverse
from world import BODY, PROGRAMME, World

RECORD = "peer_xblocks:own-record"


def page_of(client: Any) -> str:
    """The page of the own record."""
    return client.get(reverse(RECORD, args=[PROGRAMME])).content.decode()


def allow(client: Any, submission: Any, then: str) -> Any:
    """Post the form that opens a submission to the body, or ends that."""
    posted = {"body": BODY, "about": submission.record_id, "then": then}
    return client.post(reverse("peer_xblocks:consent", args=[PROGRAMME]), posted, follow=True)


def audited(client: Any) -> Any:
    """What an auditor finds through the API."""
    return client.get(reverse("peer_xblocks:v1:records", args=[PROGRAMME])).json()


def test_a_new_trainee_has_an_empty_record(world: World, browse: Any) -> None:
    """Before anything is handed in, the page says that nothing is recorded."""
    page = page_of(browse("ada"))
    assert "Nothing is recorded about you yet." in page
    assert "Nobody outside your programme has read anything." in page


def test_the_record_is_told_in_words_and_as_written(world: World, browse: Any) -> None:
    """Each record has a sentence; own acts and releases open to what is written."""
    world.released()
    page = page_of(browse("ada"))
    assert "You handed in attempt 1, performed in writing." in page
    assert "An assessor rated your performance." in page
    assert "Your result was released: not yet." in page
    assert "&quot;attempt&quot;: 1" in page


def test_a_read_shows_to_the_trainee(world: World, browse: Any) -> None:
    """What an auditor lists is on the trainee's page with body and day."""
    world.released()
    browse("otto").get(reverse("peer_xblocks:audit", args=[PROGRAMME]))
    page = page_of(browse("ada"))
    assert "Nobody outside your programme" not in page
    assert "Listed in a search: " in page
    assert "Otto" not in page


def test_consent_is_given_later_and_ended(world: World, browse: Any) -> None:
    """A trainee opens a submission after the fact, and closes it again."""
    submission = world.hand_in(consent=False)
    assert audited(browse("otto"))["total"] == 0
    assert "can read this now" in allow(browse("ada"), submission, "agree").content.decode()
    assert audited(browse("otto"))["total"] == 2
    assert "Withdrawn." in allow(browse("ada"), submission, "withdraw").content.decode()
    found = audited(browse("otto"))
    assert (found["total"], found["withheld"]) == (0, 3)


@pytest.mark.parametrize(
    "garbage",
    [{}, {"body": "nobody"}, {"body": BODY, "about": "\x00"}, {"body": BODY, "about": "x" * 5000}],
)
def test_garbage_about_consent_is_never_a_500(garbage: dict, world: World, browse: Any) -> None:
    """Whatever is posted, it is recorded as meant or refused."""
    world.hand_in(consent=False)
    address = reverse("peer_xblocks:consent", args=[PROGRAMME])
    assert browse("ada").post(address, garbage).status_code in (302, 404, 422)


def test_standings_follow_released_results(world: World, browse: Any) -> None:
    """Competencies of a released result are on the page and in the API."""
    world.released()
    assert "8 competencies not yet shown" in page_of(browse("ada"))
    found = browse("ada").get(reverse("peer_xblocks:v1:standings", args=[PROGRAMME])).json()
    assert {"competency": "I.2", "standing": "not_yet"} in found
