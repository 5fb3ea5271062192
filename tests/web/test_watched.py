"""Rating what was watched in the room, on the pages: were you there, then the desk as always."""

from typing import Any

import pytest
from django.urls import reverse
from test_assess import form
from test_recordings import sound
from world import PARTNER, PROGRAMME, World, the_role_play

from peer_xblocks.assessment.api import seats
from peer_xblocks.core.record import Named
from peer_xblocks.records.api import documents
from peer_xblocks.work.api import observed, submissions
from peer_xblocks.work.values import HandIn

WHERE = "Tuesday at ten, room 4"


@pytest.fixture
def code(world: World) -> str:
    """The code of a performance of Ada's that was watched, and is handed in."""
    whole, place = the_role_play(), world.place()
    said = observed.note(world.ada, place, WHERE).code
    handed_in = HandIn(
        mode="observed_live",
        actors=(PARTNER,),
        scenario_sha256=documents.put(whole.scenario.canonical_bytes()),
        rubric_sha256=documents.put(whole.rubric.canonical_bytes()),
        errors_sha256=documents.put(whole.critical_errors.canonical_bytes()),
        scenario=Named(key=whole.scenario.key, edition=whole.scenario.edition),
        rubric=Named(key=whole.rubric.key, edition=whole.rubric.edition),
        title=whole.scenario.title,
    )
    submissions.submit(world.ada, place, handed_in, "key")
    return said


def page(name: str, seat: Any) -> str:
    """An address of a seat."""
    return reverse(f"peer_xblocks:{name}", args=[seat.id])


def test_the_queue_says_that_it_was_observed_live(world: World, browse: Any, code: str) -> None:
    """With when and where, and without code or name; the lead sees the same."""
    shown = browse("ivo").get(reverse("peer_xblocks:queue")).content.decode()
    lead = browse("lena").get(reverse("peer_xblocks:in-progress", args=[PROGRAMME]))
    assert f"Observed live ({WHERE})" in shown
    assert WHERE in lead.content.decode()
    for text in (shown, lead.content.decode()):
        assert code not in text
        assert "Ada" not in text


def test_the_desk_asks_first(world: World, browse: Any, code: str) -> None:
    """Who was not there passes it on with one press; no criterion shows before the answer."""
    seat, ivo = world.seat("ivo"), browse("ivo")
    shown = ivo.get(page("desk", seat)).content.decode()
    assert "This one was watched in the room" in shown
    assert "I was not there: pass it on" in shown
    assert code not in shown
    assert the_role_play().rubric.criteria[0].title not in shown
    assert ivo.post(page("skip", seat), follow=True).status_code == 200
    assert seats.take_next(world.ivo, PROGRAMME) is None


def test_a_wrong_answer_is_shown_again(world: World, browse: Any, code: str) -> None:
    """422, a sentence at each field, and what was typed."""
    answer = browse("ivo").post(page("watched", world.seat("ivo")), {"code": "QQQQQ", "where": "x"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count("px-error") == 2
    assert "QQQQQ" in shown


def test_who_was_there_rates(world: World, browse: Any, code: str) -> None:
    """Then the desk is as always, with the partner beside the performance, and no player."""
    seat, ivo = world.seat("ivo"), browse("ivo")
    sent = {"code": code.lower(), "where": "22 November, room 4", "watched": "on"}
    shown = ivo.post(page("watched", seat), sent, follow=True).content.decode()
    assert "Watched in the room:" in shown
    assert "agreed, and says they kept to the card" in shown
    assert "<audio" not in shown
    assert the_role_play().rubric.criteria[0].title in shown
    ivo.post(page("desk", seat), form(then="review"))
    review = ivo.get(page("review", seat))
    version = seats.desk(world.ivo, seat.id).draft.version
    answer = ivo.post(page("submit", seat), {"version": version, "key": "one"}, follow=True)
    assert "Your rating is recorded" in answer.content.decode(), review.content.decode()


def test_nothing_is_submitted_by_who_did_not_say_so(world: World, browse: Any, code: str) -> None:
    """Around the question, by the desk's own form: the review says what is missing."""
    seat, ivo = world.seat("ivo"), browse("ivo")
    ivo.post(page("desk", seat), form(then="review"))
    version = seats.desk(world.ivo, seat.id).draft.version
    answer = ivo.post(page("submit", seat), {"version": version, "key": "one"})
    assert answer.status_code == 422
    assert "Say first that you watched" in answer.content.decode()


def test_another_seat_and_a_recording_are_refused(world: World, browse: Any, code: str) -> None:
    """Nobody says it on somebody else's seat."""
    seat = world.seat("ivo")
    sent = {"code": code, "where": "x", "watched": "on"}
    assert browse("mia").post(page("watched", seat), sent).status_code == 404
    assert browse("ivo").get(page("watched", seat)).status_code == 405


def test_a_recording_shows_who_played(world: World, browse: Any) -> None:
    """Beside the player: the partner's code, and that they kept to the card."""
    world.hand_in(file=("scene.wav", sound(), "audio/wav"))
    shown = browse("ivo").get(page("desk", world.seat("ivo"))).content.decode()
    assert "Partner <strong>P7</strong>" in shown


def test_a_record_names_who_played(world: World, browse: Any) -> None:
    """An auditor reads code, day and tick; for a performance in writing, nobody."""
    made = world.hand_in(file=("scene.wav", sound(), "audio/wav"))
    written = world.hand_in("ben")
    address = [
        reverse("peer_xblocks:audit-record", args=[PROGRAMME, one.record_id])
        for one in (made, written)
    ]
    recorded, in_writing = (browse("otto").get(one).content.decode() for one in address)
    assert "P7, agreed 22 November 2026; says they kept to the card" in recorded
    assert "agreed" not in in_writing
