"""A performance that is watched in the room, from the trainee's choice to handing it in."""

import re

from conftest import ROLE_PLAY, Browser, Site, open_scene, words_of
from django.test import Client
from test_partner_panel import AGREES
from test_role_play import a_recording

from peer_xblocks.records.api import mine
from peer_xblocks.work.api import submissions


def look_back(amara: Browser, note: str = "Tuesday, ten, room 4") -> None:
    """From the room to the last screen."""
    amara.send(amara.form("observe"), note=note, go="reflect")
    amara.send(amara.form("keep"), go="hand_in")


def test_it_goes_the_whole_way(site: Site, amara: Browser):
    """A code to say aloud, when and where, who played; and nothing recorded."""
    open_scene(amara, mode="observed_live")
    code = re.search(r"px-stopword px-mono\" translate=\"no\">([A-Z0-9]{5})<", amara.html)[1]
    assert code in amara.unit(ROLE_PLAY).html
    assert "data-recorder" not in amara.html
    look_back(amara)
    assert f"Tuesday, ten, room 4 · code {code}" in words_of(amara.html)
    amara.send(amara.form("hand_in"), agreed="on", partner="P7")
    assert "It is handed in" in amara.html
    (made,) = submissions.mine(site.user("amara"), site.programme)
    assert (made.mode, made.media) == ("observed_live", "")
    body = mine.records(site.user("amara"), site.programme)[0].body
    assert body["media"]["origin"] == "observed"


def test_when_and_where_are_asked_for(amara: Browser):
    """Without them there is no way on; what was typed stays in the field."""
    open_scene(amara, mode="observed_live")
    amara.send(amara.form("observe"), note=" ", go="reflect")
    assert amara.status == 422
    assert 'aria-invalid="true"' in amara.html
    amara.send(amara.form("observe"), note="x" * 201, go="reflect")
    assert amara.status == 422
    assert "x" * 201 in amara.html
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("observe"), note="Tuesday, 4711", go="perform")
    assert "Tuesday, 4711" in amara.unit(ROLE_PLAY).html


def test_everyone_in_the_room_agrees(amara: Browser):
    """Without the tick and a code nothing is handed in."""
    open_scene(amara, mode="observed_live")
    look_back(amara)
    amara.send(amara.form("hand_in"))
    assert amara.status == 422
    assert "when everyone in it agreed" in amara.html
    assert "initials or a code" in amara.html


def test_a_partner_is_asked_to_be_watched_by_their_link(site: Site, amara: Browser):
    """The link says so; their word goes into the record."""
    open_scene(amara, mode="observed_live")
    amara.send(amara.form("partner"), do="make")
    path = re.search(r'value="http://testserver(/peer_xblocks/partner/[^"]+)"', amara.html)[1]
    partner = Client()
    assert "What being watched means" in words_of(partner.get(path).content.decode())
    partner.post(path, AGREES)
    assert "to being watched" in words_of(amara.unit(ROLE_PLAY).html)
    look_back(amara)
    amara.send(amara.form("hand_in"), agreed="on")
    body = mine.records(site.user("amara"), site.programme)[0].body
    assert [one["code"] for one in body["actors"]] == ["R. M."]


def test_a_link_for_the_recording_is_none_for_the_room(amara: Browser):
    """Who was asked to be recorded is asked anew; the page says so."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("partner"), do="make")
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    amara.send(amara.form("begin"), mode="observed_live")
    assert "asks your partner to be recorded" in words_of(amara.html)


def test_a_recording_of_before_stays_out_of_it(site: Site, amara: Browser):
    """What was recorded, and then performed in the room instead, is not handed in."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("upload"), recording=a_recording())
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    amara.send(amara.form("begin"), mode="observed_live")
    look_back(amara)
    assert "scene.wav" not in amara.html
    amara.send(amara.form("hand_in"), agreed="on", partner="P7")
    assert submissions.mine(site.user("amara"), site.programme)[0].recording is None


def test_the_trainers_list_is_not_opened_before_the_room(site: Site, amara: Browser):
    """Nobody can tell whether it was performed yet, so nobody rates themselves."""
    block = site.block("peer_role_play", ROLE_PLAY)
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("upload"), recording=a_recording())
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    amara.send(amara.form("begin"), mode="observed_live")
    look_back(amara)
    assert "rate_self" not in amara.html
    address = amara.form("hand_in").action.replace("/hand_in", "/rate_self")
    form = amara.form("hand_in")
    form.action = address
    amara.send(form)
    assert amara.status == 422
    assert block.role_play.rubric.criteria[0].behaviours[0].text not in amara.html
