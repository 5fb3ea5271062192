"""Pages of a third rating: the queue shows nothing of it, a lead waits, signs, or settles."""

import uuid
from typing import Any

from django.urls import reverse
from world import World, rating_of, ticks, with_harm

OK, MOVED, NOT_NOW, NOT_THERE = 200, 302, 409, 404


def at(name: str, *args: Any) -> str:
    """The address of a page."""
    return reverse(f"peer_xblocks:{name}", args=args)


def test_a_lead_waits_for_the_third_and_signs(world: World, browse: Any) -> None:
    """The list hides why, the case offers no settling, and three ratings stand side by side."""
    submission = world.rated(disputed=True, third=True)
    lead = browse("lena")
    listed = lead.get(at("lead")).content.decode()
    assert "Not opened by you" in listed and "reason for a third" not in listed
    case = lead.get(at("case", submission.id)).content.decode()
    assert "1 assessor could give it" in case and at("settle", submission.id) not in case
    posted = {"choice-hears": "0", "reason": "No waiting."}
    assert lead.post(at("settle", submission.id), posted).status_code == NOT_NOW
    world.rate("noor", rating_of(with_harm(ticks())))
    case = lead.get(at("case", submission.id)).content.decode()
    assert "The rule says: not yet" in case and "Assessor C" in case
    press = {"reason": "", "key": str(uuid.uuid4())}
    assert lead.post(at("sign", submission.id), press).status_code == MOVED
    assert lead.post(at("sign", submission.id), press).status_code == MOVED
    assert "A third blind rating was held." in lead.get(at("case", submission.id)).content.decode()


def test_the_third_rater_s_desk_is_as_any_other(world: World, browse: Any) -> None:
    """Queue and desk do not tell that two have rated, nor how."""
    world.rated(disputed=True, third=True)
    client = browse("noor")
    queue = client.get(at("queue")).content.decode()
    assert "third" not in queue.lower()
    desk = client.get(at("desk", world.seat("noor").id)).content.decode()
    assert "third rating is" not in desk and "Ivo" not in desk and "Mia" not in desk


def test_a_lost_seat_says_so_and_shows_what_was_noted(world: World, browse: Any) -> None:
    """After a lead hands it on: the page with the own notes; a save is told apart by its code."""
    world.hand_in()
    seat = world.seat("ivo")
    ivo = browse("ivo")
    note = {"version": "0", "c-hears-comment": "my-own-note", "then": "save"}
    ivo.post(at("desk", seat.id), note)
    address = at("assign", "pss-2026", seat.id)
    chosen = {"assessor": world.mia.pk, "then": "assign"}
    assert browse("lena").post(address, chosen).status_code == MOVED
    lost = ivo.get(at("desk", seat.id))
    assert lost.status_code == NOT_NOW
    assert "not yours to rate any more" in lost.content.decode()
    assert "my-own-note" in lost.content.decode()
    json = {"Accept": "application/json"}
    note |= {"version": "1", "c-hears-comment": "sent-too-late"}
    refused = ivo.post(at("desk", seat.id), note, headers=json)
    assert (refused.status_code, refused.json()["code"]) == (NOT_NOW, "seat_lost")
    assert "sent-too-late" in ivo.get(at("desk", seat.id)).content.decode()
    assert browse("noor").get(at("desk", seat.id)).status_code == NOT_THERE
    mia = browse("mia")
    assert mia.post(at("next-seat"), {"programme": "pss-2026"})["Location"] == at("desk", seat.id)
    assert "my-own-note" not in mia.get(at("desk", seat.id)).content.decode()


def test_a_heartbeat_holds_the_seat(world: World, browse: Any) -> None:
    """The desk's module is told until when; whoever lost it is told that."""
    world.hand_in()
    seat = world.seat("ivo")
    assert browse("ivo").post(at("hold-seat", seat.id)).json()["lease_until"]
    assert browse("mia").post(at("hold-seat", seat.id)).status_code == NOT_THERE
    browse("ivo").get(at("desk", seat.id))
    browse("lena").post(at("assign", "pss-2026", seat.id), {"then": "free"})
    refused = browse("ivo").post(at("hold-seat", seat.id))
    assert (refused.status_code, refused.json()["code"]) == (NOT_NOW, "seat_lost")


def test_who_has_which_seat_is_for_leads(world: World, browse: Any) -> None:
    """Names of assessors, no name of a trainee, and why somebody may not be chosen."""
    world.hand_in()
    seat = world.seat("ivo")
    lead = browse("lena")
    progress = lead.get(at("in-progress", "pss-2026")).content.decode()
    assert "Ivo Assessor" in progress and "Ada" not in progress
    choose = lead.get(at("seat", "pss-2026", seat.id)).content.decode()
    assert "Noor Assessor" in choose
    refused = lead.post(at("assign", "pss-2026", seat.id), {"assessor": "x"})
    assert refused.status_code == 422
    for name in ("ada", "ivo", "mia", "otto"):
        assert browse(name).get(at("in-progress", "pss-2026")).status_code == 403
        assert browse(name).get(at("seat", "pss-2026", seat.id)).status_code == NOT_THERE
        address = at("assign", "pss-2026", seat.id)
        assert browse(name).post(address, {"then": "free"}).status_code == NOT_THERE
