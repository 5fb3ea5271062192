"""A partner by a link, as the trainee's page shows it."""

import re

from conftest import ROLE_PLAY, Browser, Site, open_scene, words_of
from django.test import Client
from test_canary import check_free, secrets_of
from test_role_play import a_recording

from peer_xblocks.records.api import mine
from peer_xblocks.standalone.models import FieldData
from peer_xblocks.work.api import submissions

AGREES = {"then": "agree", "code": "R. M.", "agreed": "on"}


def make_link(amara: Browser) -> str:
    """Make the link on the perform step; its path."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("partner"), do="make")
    return re.search(r'value="http://testserver(/peer_xblocks/partner/[^"]+)"', amara.html)[1]


def to_hand_in(amara: Browser) -> None:
    """Add a recording and go on to the last screen."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("upload"), recording=a_recording())
    amara.send(amara.form("keep"), go="reflect")
    amara.send(amara.form("keep"), go="hand_in")


def test_the_link_is_shown_once(site: Site, amara: Browser):
    """Right after it is made; a reload shows that there is one, and not which."""
    path = make_link(amara)
    key = path.split("/")[-2]
    assert "this page shows it once" in words_of(amara.html)
    assert key not in amara.unit(ROLE_PLAY).html
    assert "has not answered yet" in words_of(amara.html)
    assert not FieldData.objects.filter(fields__contains=key).exists()


def test_the_panel_alone_is_swapped(amara: Browser):
    """Looking again answers one piece, so that a recorder beside it goes on recording."""
    make_link(amara)
    assert "data-recorder" not in amara.html
    assert amara.html.count("<section") == 1


def test_the_page_tells_how_it_stands(amara: Browser):
    """Not answered, agreed, kept to the card, taken back: each in words."""
    path, partner = make_link(amara), Client()
    look = amara.form("partner")
    for sent, told in (
        (None, "has not answered yet"),
        (AGREES, "R. M. agreed on"),
        ({"then": "yes"}, "They say that they kept to the card."),
        ({"then": "no"}, "did not quite keep to the card"),
        ({"then": "decline"}, "Your partner would rather not. That is fine"),
    ):
        if sent:
            partner.post(path, sent)
        assert told in words_of(amara.send(look, do="look").html)
    assert "Write it instead" in amara.html


def test_their_answer_goes_into_the_record(site: Site, amara: Browser):
    """The last screen shows who agreed and asks for no code; the record has it with the tick."""
    path, partner = make_link(amara), Client()
    partner.post(path, AGREES)
    partner.post(path, {"then": "yes"})
    to_hand_in(amara)
    assert "R. M. agreed on" in words_of(amara.html)
    assert 'name="partner"' not in amara.html
    amara.send(amara.form("hand_in"), agreed="on")
    assert "It is handed in" in amara.html
    body = mine.records(site.user("amara"), site.programme)[0].body
    assert [(one["code"], one["fidelity"]) for one in body["actors"]] == [("R. M.", True)]
    assert partner.get(path).status_code == 404


def test_without_their_answer_nothing_is_handed_in(amara: Browser):
    """Whatever the trainee writes in their place: 422 and what to do, and the draft stays."""
    path = make_link(amara)
    to_hand_in(amara)
    amara.send(amara.form("hand_in"), agreed="on", partner="P7")
    assert amara.status == 422
    assert "has not agreed yet" in words_of(amara.html)
    Client().post(path, {"then": "decline"})
    amara.send(amara.form("hand_in"), agreed="on")
    assert amara.status == 422
    assert "may hold their voice" in words_of(amara.html)
    Client().post(path, AGREES)
    amara.send(amara.form("hand_in"))
    assert "when everyone in it agreed" in words_of(amara.html)
    amara.send(amara.form("hand_in"), agreed="on")
    assert amara.status == 200


def test_a_withdrawn_link_shows_nothing(amara: Browser):
    """At once; and the trainee's own word is asked for again."""
    path = make_link(amara)
    amara.send(amara.form("partner"), do="withdraw")
    assert Client().get(path).status_code == 404
    to_hand_in(amara)
    assert 'name="partner"' in amara.html


def test_an_unknown_wish_is_refused(amara: Browser):
    """422 in the panel, and nothing is made."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("partner"), do="nonsense")
    assert amara.status == 422
    assert "could not be read" in amara.html


def test_no_secret_by_the_trainees_own_link(site: Site, amara: Browser):
    """Signed in, a trainee gets no word of the card by their own link, nor beside it."""
    secrets = secrets_of(site.block("peer_role_play", ROLE_PLAY).role_play)
    path, partner = make_link(amara), Client()
    look = amara.form("partner")
    for sent in (None, AGREES, {"then": "yes"}):
        if sent:
            partner.post(path, sent)
        check_free(secrets, amara.send(look, do="look").html, "panel")
        check_free(secrets, amara.client.get(path).content.decode(), "own link")
        check_free(secrets, amara.client.post(path, AGREES).content.decode(), "own answer")
        check_free(secrets, amara.unit(ROLE_PLAY).html, "page")
    shown = partner.get(path).content.decode()
    assert sum(secret in words_of(shown) for secret in secrets) > 5  # the check would notice
    to_hand_in(amara)
    amara.send(amara.form("hand_in"), agreed="on")
    check_free(secrets, partner.get(path).content.decode(), "after handing in")


def test_what_is_written_instead_takes_no_recording_along(site: Site, amara: Browser):
    """A recording stays in the draft when the scene is written after all, and out of what is handed
    in: whoever is in it never answered.
    """
    make_link(amara)
    to_hand_in(amara)
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    amara.send(amara.form("begin"), mode="written")
    amara.send(amara.form("say"), reply="Hello, I am Amara.", go="reflect")
    amara.send(amara.form("keep"), go="hand_in")
    assert "scene.wav" not in amara.html
    amara.send(amara.form("hand_in"))
    (made,) = submissions.mine(site.user("amara"), site.programme)
    assert (made.media, made.recording) == ("text/plain", None)
