"""Pins and markers on the desk, in a lead's case and in a result; who sees which, and when."""

import json
import re
import uuid
from typing import Any

import pytest
from django.urls import reverse
from everywhere import everything
from test_recordings import sound
from world import PROGRAMME, World, rating_of, the_role_play, ticks, with_harm

from peer_xblocks.assessment.api import drafts, ratings, releases, resolutions, seats
from peer_xblocks.core.rating import Evidence, Marker
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Signed
from peer_xblocks.core.rubric import BehaviourKind
from peer_xblocks.records.api import checkpoints
from peer_xblocks.web import words
from peer_xblocks.web.pages import evidence_form

PIN = "pinned-by-the-first"
MARK = "marked-by-the-first"
OPENS = the_role_play().rubric.criteria[0]


def at(name: str, *args: Any) -> str:
    """The address of a page or of an endpoint."""
    return reverse(f"peer_xblocks:{name}", args=args)


def wav() -> tuple[str, Any, str]:
    """A recording of one second."""
    return "talk.wav", sound(), "audio/wav"


def pinned(text: str, ticked: dict[str, list[str]] | None = None, **members: Any) -> Any:
    """A whole rating whose first criterion rests on a pin."""
    whole = rating_of(ticked or ticks())
    pin = Evidence(kind="pin", text=text, start_ms=500, **members)
    first = whole.criteria[0].model_copy(update={"evidence": (pin,)})
    return whole.model_copy(update={"criteria": (first, *whole.criteria[1:])})


def rate(world: World, who: str, rating: Any) -> Any:
    """Note, mark and submit; the seat it was on."""
    seat = world.seat(who)
    drafts.save(world.people[who], seat.id, 0, rating, (Marker(at_ms=700, mark=MARK),))
    ratings.submit(world.people[who], seat.id, rating, str(uuid.uuid4()))
    return seat


def release(world: World, submission: Any) -> None:
    """Release a settled result with one goal."""
    releases.release(world.lena, submission.id, (Goal(text="Say the loss back."),), "", "release")


def save(world: World, browse: Any, who: str = "ivo", **posted: Any) -> Any:
    """Post a draft from the desk, as a browser without script does; the seat and the draft."""
    seat = world.seat(who)
    answer = browse(who).post(at("desk", seat.id), {"version": "0", **posted})
    assert answer.status_code == 302
    return seat, seats.desk(world.people[who], seat.id).draft


def test_a_pin_has_a_beginning_an_end_and_a_behaviour(world: World, browse: Any) -> None:
    """Typed times, a chosen behaviour and words come back as they were typed."""
    world.hand_in(file=wav())
    behaviour = OPENS.behaviours[2]
    seat, draft = save(
        world,
        browse,
        **{
            "c-opens-time": ["0:01.25", "0:02"],
            "c-opens-end": ["0:03", ""],
            "c-opens-about": [behaviour.id, "hears-b1"],
            "c-opens-quote": ["Says his name.", ""],
        },
    )
    assert draft.rating.of("opens").evidence == (
        Evidence(
            kind="pin",
            text="Says his name.",
            start_ms=1_250,
            end_ms=3_000,
            behaviour=behaviour.id,
        ),
        Evidence(kind="time", start_ms=2_000),
    )
    page = browse("ivo").get(at("desk", seat.id)).content.decode()
    assert 'value="0:01.25"' in page
    assert f'<option value="{behaviour.id}" selected>' in page
    assert f"{at('recording-seat', seat.id)}#t=0" in page


@pytest.mark.parametrize("time", ["noon", "1:75", "4", "99:59:59", "-1:00", "1:02:03:04"])
def test_a_time_that_is_none_stays_with_the_words(time: str, world: World, browse: Any) -> None:
    """Nothing that was typed is dropped or refused: it stands with the words."""
    world.hand_in(file=wav())
    _seat, draft = save(
        world, browse, **{"c-opens-time": [time], "c-opens-quote": ["Says his name."]}
    )
    assert draft.rating.of("opens").evidence == (
        Evidence(kind="quote", text=f"{time} Says his name."),
    )


@pytest.mark.parametrize("moment", [0, 999, 1_000, 83_000, 83_250, 3_723_001, 86_399_999])
def test_a_time_is_read_as_it_is_written(moment: int) -> None:
    """What stands in a field is the very moment that was kept."""
    assert evidence_form.milliseconds(words.exact_clock(moment)) == moment


def test_the_desk_says_which_recording_it_is(world: World, browse: Any) -> None:
    """The digest that the record names the performance by stands on the page."""
    world.hand_in(file=wav())
    seat = world.seat("ivo")
    digest = seats.desk(world.ivo, seat.id).recording.sha256
    assert digest in browse("ivo").get(at("desk", seat.id)).content.decode()
    rate(world, "ivo", pinned(PIN))
    rate(world, "mia", pinned(PIN))
    detail = browse("otto").get(at("v1:records", PROGRAMME), {"kind": "rating"}).json()
    record = browse("otto").get(at("v1:record", PROGRAMME, detail["rows"][0]["id"])).json()
    assert record["record"]["documents"]["performance"] == digest


def test_markers_survive_a_reload(world: World, browse: Any) -> None:
    """A marker is posted with the draft, and the page has it again."""
    world.hand_in(file=wav())
    sent = ["83000 opens-h1 1.1", "30000 - ↺ Listen again", "nothing", "-1 - x", "5 - ", "5 - \x00"]
    seat, draft = save(world, browse, marker=sent)
    assert draft.markers == (
        Marker(at_ms=30_000, mark="↺ Listen again"),
        Marker(at_ms=83_000, mark="1.1", behaviour="opens-h1"),
    )
    page = browse("ivo").get(at("desk", seat.id)).content.decode()
    kept = re.findall(r'name="marker" value="([^"]+)"', page.split("<template")[0])
    assert kept == ["30000 - ↺ Listen again", "83000 opens-h1 1.1"]


def test_too_many_markers_are_refused_with_a_sentence(world: World, browse: Any) -> None:
    """Nobody makes three hundred by hand; what makes more is told."""
    world.hand_in(file=wav())
    posted = {"version": "0", "marker": [f"{n} - x" for n in range(301)]}
    answer = browse("ivo").post(
        at("desk", world.seat("ivo").id), posted, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert "300 markers" in json.dumps(answer.json()["problems"])


def test_the_api_keeps_markers_beside_the_rating(world: World, browse: Any) -> None:
    """A program saves, reads and leaves markers as the page does."""
    world.hand_in(file=wav())
    seat, client = world.seat("ivo"), browse("ivo")
    marker = {"at_ms": 30_000, "mark": "again", "behaviour": None}
    first = {"version": 0, "rating": {}, "markers": [marker]}
    assert client.put(at("v1:draft", seat.id), first, "application/json").json()["markers"]
    second = {"version": 1, "rating": {"overall_comment": "x"}}
    assert client.put(at("v1:draft", seat.id), second, "application/json").status_code == 200
    assert client.get(at("v1:seat", seat.id)).json()["draft"]["markers"] == [marker]


def test_a_pin_of_another_criterion_is_refused_by_name(world: World, browse: Any) -> None:
    """By API, too, a pin names a behaviour of its own criterion."""
    world.hand_in(file=wav())
    seat = world.seat("ivo")
    answer = browse("ivo").post(
        at("v1:rating", seat.id),
        pinned(PIN, behaviour="hears-b1").model_dump_json(),
        "application/json",
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 422
    assert "not part of this criterion" in answer.json()["problems"]["opens"]


def test_a_pin_after_the_end_is_refused_by_page_and_api(world: World, browse: Any) -> None:
    """Where the recording says how long it is, nothing is pinned beyond it."""
    world.hand_in(file=wav())
    seat = world.seat("ivo")
    assert seats.desk(world.ivo, seat.id).recording.milliseconds == 1_000
    late = pinned(PIN, end_ms=9_000)
    drafts.save(world.ivo, seat.id, 0, late)
    review = browse("ivo").get(at("review", seat.id)).content.decode()
    assert "A pin lies after the end of the recording." in review
    answer = browse("ivo").post(
        at("v1:rating", seat.id),
        late.model_dump_json(),
        "application/json",
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 422
    assert set(answer.json()["problems"]) == {"opens"}


def test_nothing_of_one_rater_reaches_anybody_before_the_release(world: World, browse: Any) -> None:
    """No pin, marker or draft is in any answer to another person: page, API or record."""
    submission = world.hand_in(file=wav())
    first = world.seat("ivo")
    drafts.save(world.ivo, first.id, 0, pinned(PIN), (Marker(at_ms=700, mark=MARK),))
    second = world.seat("mia")
    others = {"mia": second, "noor": first, "lena": first, "ada": first, "otto": first}
    for who, seat in others.items():
        seen = everything(browse(who), seat.id, submission.id)
        assert PIN not in seen and MARK not in seen, who
    ratings.submit(world.ivo, first.id, pinned(PIN), "k")
    for who, seat in others.items():
        if who == "otto":  # reads ratings by consent, never what was marked
            continue
        seen = everything(browse(who), seat.id, submission.id)
        assert PIN not in seen and MARK not in seen, who
    rate(world, "mia", pinned("of the second"))
    for who in ("mia", "noor", "ada"):
        assert PIN not in everything(browse(who), second.id, submission.id), who


def test_a_third_rater_hears_nothing_of_the_two(world: World, browse: Any) -> None:
    """Where two differ the third rates as blind as they did, pins and markers included."""
    submission = world.hand_in(file=wav())
    rate(world, "ivo", pinned(PIN))
    rate(world, "mia", pinned(PIN, with_harm(ticks())))
    third = world.seat("noor")
    seen = everything(browse("noor"), third.id, submission.id)
    assert PIN not in seen and MARK not in seen
    ratings.submit(world.noor, third.id, pinned("of the third"), "k")
    page = browse("lena").get(at("case", submission.id)).content.decode()
    pins = page.split('class="px-moments"')[1].split("</ol>")[0]
    assert re.findall(r'data-sign="(\w+)"', pins) == ["1A", "1B", "1C"]


def test_a_lost_seat_shows_its_markers_to_whoever_made_them(world: World, browse: Any) -> None:
    """What was marked can still be read by its author, and by no one who takes the seat."""
    submission = world.hand_in(file=wav())
    seat = world.seat("ivo")
    drafts.save(world.ivo, seat.id, 0, pinned(PIN), (Marker(at_ms=700, mark=MARK),))
    chosen = {"assessor": world.mia.pk, "then": "assign"}
    assert browse("lena").post(at("assign", PROGRAMME, seat.id), chosen).status_code == 302
    lost = browse("ivo").get(at("desk", seat.id))
    assert lost.status_code == 409
    assert MARK in lost.content.decode() and PIN in lost.content.decode()
    late = {"version": "1", "marker": "900 - too-late"}
    assert browse("ivo").post(at("desk", seat.id), late).status_code == 409
    assert "too-late" in browse("ivo").get(at("desk", seat.id)).content.decode()
    for who in ("mia", "lena"):
        seen = everything(browse(who), seat.id, submission.id)
        assert PIN not in seen and MARK not in seen and "too-late" not in seen, who


def test_markers_reach_nobody_even_after_the_release(world: World, browse: Any) -> None:
    """A lead, the trainee, a rater and an auditor read pins; markers stay with their own."""
    submission = world.hand_in(file=wav())
    first = rate(world, "ivo", pinned(PIN))
    second = rate(world, "mia", pinned("of the second"))
    release(world, submission)
    checkpoints.publish(PROGRAMME)
    record = ratings.mine(world.ivo, PROGRAMME)[0].record_id
    for who, seat in {"ada": first, "lena": first, "mia": first, "otto": second}.items():
        seen = everything(browse(who), seat.id, submission.id, record_id=record)
        assert MARK not in seen, who
        assert (PIN in seen) == (who != "mia"), who


def test_the_trainee_hears_the_released_pins(world: World, browse: Any) -> None:
    """The own recording, each pin with criterion, words and letter, and a link that plays there."""
    submission = world.hand_in(file=wav())
    behaviour = next(b for b in OPENS.behaviours if b.id in ticks()["opens"])
    seat = rate(world, "ivo", pinned(PIN, behaviour=behaviour.id, end_ms=900))
    recording = seats.desk(world.ivo, seat.id).recording
    rate(world, "mia", pinned("of the second"))
    client = browse("ada")
    assert client.get(at("result", submission.id)).status_code == 409
    release(world, submission)
    page = client.get(at("result", submission.id)).content.decode()
    pins = page.split('class="px-moments"')[1].split("</ol>")[0]
    assert re.findall(r"Assessor ([AB])", pins) == ["A", "B"]
    assert re.findall(r'data-sign="(\w+)"', pins) == ["1A", "1B"]
    for part in (PIN, "of the second", OPENS.title, behaviour.text):
        assert part in pins
    address = at("recording", recording.id)
    assert f'href="{address}#t=0"' in pins
    assert f'src="{address}"' in page
    assert recording.sha256 in page
    heard = client.get(address)
    assert heard.status_code == 200
    heard.close()
    assert browse("ben").get(address).status_code == 404


def test_a_pin_tells_the_trainee_no_behaviour_that_nobody_ticked(world: World, browse: Any) -> None:
    """The rubric's key stays closed: a harmful behaviour without a tick is not named by a pin."""
    submission = world.hand_in(file=wav())
    harmful = OPENS.of_kind(BehaviourKind.HARMFUL)[0]
    assert harmful.id not in ticks()["opens"]
    rate(world, "ivo", pinned(PIN, behaviour=harmful.id))
    rate(world, "mia", pinned("of the second"))
    release(world, submission)
    client = browse("ada")
    page = client.get(at("result", submission.id)).content.decode()
    api = client.get(at("v1:result", submission.id)).json()
    assert PIN in page
    assert harmful.text not in page
    assert harmful.id not in json.dumps(api)
    pin = api["criteria"][0]["seen"][0]["evidence"][0]
    assert (pin["text"], pin["start_ms"], pin["behaviour"]) == (PIN, 500, None)


def test_a_lead_hears_the_pins_of_both_and_reads_differences_first(
    world: World, browse: Any
) -> None:
    """One player with the pins of both raters, above the criteria, the disputed ones first."""
    world.leave_no_third()
    submission = world.hand_in(file=wav())
    rate(world, "ivo", pinned(PIN))
    rate(world, "mia", pinned("of the second", with_harm(ticks())))
    page = browse("lena").get(at("case", submission.id)).content.decode()
    pins = page.split('class="px-moments"')[1].split("</ol>")[0]
    assert re.findall(r'data-sign="(\w+)"', pins) == ["1A", "1B"]
    assert f'href="{at("recording-case", submission.id)}#t=0"' in pins
    assert page.index('id="c-hears"') < page.index('id="c-opens"')
    resolutions.settle(
        world.lena, submission.id, Signed(choices={"hears": 0}, reason="Clumsy."), "s"
    )
    posted = {"goal": "Say it back.", "goal_criterion": "", "message": "", "then": "preview"}
    preview = browse("lena").post(at("release", submission.id), posted).content.decode()
    assert PIN in preview
    assert preview.count("data-player-box") == 1


def test_a_written_performance_has_quotes_and_no_player(world: World, browse: Any) -> None:
    """Where nothing was recorded there is nothing to pin, and words are quoted."""
    world.hand_in()
    seat = world.seat("ivo")
    page = browse("ivo").get(at("desk", seat.id)).content.decode()
    assert "data-player-box" not in page
    assert "data-mark-as" not in page
    assert "Use the selected words" in page
    assert 'name="c-opens-about"' in page
