"""What belongs to someone else and what does not exist are answered alike, byte for byte."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from world import World

UNKNOWN = uuid.UUID("00000000-0000-4000-8000-000000000000")
OF_SEAT = (
    "desk",
    "review",
    "recording-seat",
    "v1:seat",
)
OF_SUBMISSION = ("result", "v1:submission", "v1:result")
OF_CASE = ("case", "recording-case", "v1:case")


def same(client: Any, name: str, foreign: uuid.UUID) -> None:
    """Both ids get the same status, headers and bytes."""
    answers = [
        client.get(reverse(f"peer_xblocks:{name}", args=[one])) for one in (foreign, UNKNOWN)
    ]
    assert answers[0].status_code == 404
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


@pytest.mark.parametrize("name", OF_SEAT)
def test_the_seat_of_another(name: str, world: World, browse: Any) -> None:
    """An assessor learns nothing of a seat that another holds."""
    world.hand_in()
    same(browse("mia"), name, world.seat("ivo").id)


@pytest.mark.parametrize("name", OF_SUBMISSION)
def test_the_submission_of_another(name: str, world: World, browse: Any) -> None:
    """A trainee learns nothing of another's submission."""
    same(browse("ben"), name, world.released("ada").id)


@pytest.mark.parametrize("name", OF_CASE)
def test_a_case_for_who_is_no_lead(name: str, world: World, browse: Any) -> None:
    """Who leads nothing learns nothing of a case, the trainee and the raters included."""
    submission = world.rated()
    for person in ("ada", "ivo", "noor", "otto"):
        same(browse(person), name, submission.id)


def test_the_recording_of_another(world: World, browse: Any) -> None:
    """A recording's address opens nothing to anyone but its owner."""
    submission = world.hand_in(file=("talk.txt", [b"Dana: Oh. Hi."], "text/plain"))
    same(browse("ben"), "recording", submission.recording.id)
    same(browse("ivo"), "recording", submission.recording.id)


def test_writes_to_the_seat_of_another(world: World, browse: Any) -> None:
    """Saving, passing on and submitting on another's seat changes nothing and tells nothing."""
    world.hand_in()
    seat = world.seat("ivo")
    for name in ("desk", "submit", "skip"):
        for one in (seat.id, UNKNOWN):
            address = reverse(f"peer_xblocks:{name}", args=[one])
            assert browse("mia").post(address, {"version": "0"}).status_code == 404
    draft = {"version": 0, "rating": {}}
    for one in (seat.id, UNKNOWN):
        address = reverse("peer_xblocks:v1:draft", args=[one])
        assert browse("mia").put(address, draft, "application/json").status_code == 404
    assert browse("ivo").get(reverse("peer_xblocks:desk", args=[seat.id])).status_code == 200


def test_consent_for_the_submission_of_another(world: World, browse: Any) -> None:
    """Nobody opens another's submission to a certifying body."""
    submission = world.hand_in("ada", consent=False)
    world.hand_in("ben", consent=False)
    address = reverse("peer_xblocks:consent", args=[submission.programme])
    for about in (submission.record_id, f"urn:uuid:{UNKNOWN}"):
        posted = {"body": "example-board", "about": about, "then": "agree"}
        assert browse("ben").post(address, posted).status_code == 404
