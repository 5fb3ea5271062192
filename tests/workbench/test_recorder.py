"""The recorder's handlers on the real site, as `recorder.js` calls them."""

import json
import re
from hashlib import sha256
from typing import Any

import pytest
from conftest import ROLE_PLAY, Browser, Site, open_scene, words_of
from django.core.files.uploadedfile import SimpleUploadedFile

from peer_xblocks.work.api import drafts, submissions
from tests import media

WHOLE = media.made("webm", 3)
HALVES = (WHOLE[:9000], WHOLE[9000:])
VTT = b"WEBVTT\n\n00:00.100 --> 00:01.000\n<v Me>Is this seat free?\n"


class Page:
    """The perform step, and the handlers that its recorder knows."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self.browser = site, browser
        open_scene(browser, mode="with_partner")

    def ask(self, handler: str, status: int = 200, **fields: Any) -> dict[str, Any]:
        """Call a handler for data."""
        address = f"/handler/{self.site.usage('peer_role_play', ROLE_PLAY)}/{handler}"
        headers = {"Accept": "application/json", "X-Requested-With": "peer-xblocks"}
        answer = self.browser.client.post(address, fields, headers=headers)
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"].startswith("application/json")
        assert answer["Cache-Control"] == "private, no-store"
        return json.loads(answer.content)

    def begin(self, key: str = "take-1") -> dict[str, Any]:
        """Begin an upload."""
        return self.ask("part_begin", key=key, origin="recorded", media_type="audio/webm")

    def put(self, upload: str, number: int, piece: bytes, status: int = 200) -> dict[str, Any]:
        """Send a part."""
        part = SimpleUploadedFile("blob", piece, "application/octet-stream")
        digest = sha256(piece).hexdigest()
        return self.ask("part_put", status, upload=upload, number=number, sha256=digest, part=part)

    def recorded(self) -> None:
        """A whole recording is sent, and stands in the draft."""
        upload = self.begin()["id"]
        for number, piece in enumerate(HALVES, 1):
            self.put(upload, number, piece)
        assert self.ask("part_finish", upload=upload, count=2)["sha256"] == digest_of(WHOLE)
        self.browser.unit(ROLE_PLAY)


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(data).hexdigest()


@pytest.fixture
def page(site: Site, amara: Browser) -> Page:
    """Amara, where she performs with a partner."""
    return Page(site, amara)


def test_the_size_is_told_before_anything_is_recorded(page: Page):
    """Both kinds, for a minute and for this scene, and the limits."""
    words = words_of(page.browser.html)
    assert "About 0.3 MB a minute; 3 MB for 10 minutes" in words
    assert "About 4.6 MB a minute; 46 MB for 10 minutes" in words
    assert "At most 30 minutes and 200 MB" in words


def test_limits_are_those_of_the_site(site: Site, amara: Browser, settings):
    """Minutes, megabytes and bits are settings."""
    settings.PEER_XBLOCKS_RECORDING_MAX_MINUTES = 1200
    settings.PEER_XBLOCKS_AUDIO_BITS = 96_000
    page = Page(site, amara)
    assert "At most 1200 minutes" in words_of(page.browser.html)
    assert 'data-minutes="1200"' in page.browser.html
    assert 'data-audio-bits="96000"' in page.browser.html
    assert "About 0.7 MB a minute" in words_of(page.browser.html)


def test_a_recording_comes_in_parts_and_stands_in_the_draft(page: Page):
    """Sent twice, interrupted, asked for, finished: with its fingerprint and a player."""
    upload = page.begin()["id"]
    page.put(upload, 1, HALVES[0])
    page.put(upload, 1, HALVES[0])
    assert page.ask("part_finish", 409, upload=upload, count=2)["missing"] == [2]
    (there,) = page.ask("part_state")["uploads"]
    assert (there["id"], there["bytes"], there["finished"]) == (upload, 9000, False)
    assert there["parts"] == [{"number": 1, "sha256": digest_of(HALVES[0])}]
    assert page.begin()["parts"] == there["parts"]
    page.put(upload, 2, HALVES[1])
    for _ in range(2):
        assert page.ask("part_finish", upload=upload, count=2)["sha256"] == digest_of(WHOLE)
    assert page.begin()["finished"] is True
    assert page.ask("part_state")["uploads"] == []
    html = page.browser.unit(ROLE_PLAY).html
    assert digest_of(WHOLE) in html
    assert "<audio controls" in html
    assert "0:03" in html


def test_what_was_recorded_is_handed_in_as_recorded(site: Site, page: Page):
    """Its origin and its length are kept with the submission."""
    page.recorded()
    amara = page.browser
    amara.send(amara.form("keep"), go="reflect")
    amara.send(amara.form("keep"), go="hand_in")
    assert digest_of(WHOLE) in amara.html
    amara.send(amara.form("hand_in"), agreed="on", partner="P7")
    (made,) = submissions.mine(site.user("amara"), site.programme)
    assert made.recording.origin == "recorded"
    assert 2900 < made.recording.milliseconds < 3100


def test_a_part_that_is_wrong_is_refused_in_words(page: Page):
    """A wrong digest, no part, an unknown upload, a part too large: a sentence each."""
    upload = page.begin()["id"]
    part = SimpleUploadedFile("blob", b"abc")
    wrong = page.ask("part_put", 422, upload=upload, number=1, sha256="0" * 64, part=part)
    assert wrong["sentence"] and wrong["problems"]["recording"]
    page.ask("part_put", 422, upload=upload, number=1, sha256="0" * 64)
    page.put("x", 1, b"abc", status=404)
    page.put(upload, 1, bytes(3_800_001), status=422)
    page.put(upload, 1, bytes(4_000_001), status=422)
    page.ask("part_finish", 409, upload=upload, count="many")
    page.ask("part_begin", 422, origin="recorded")
    assert page.begin()["parts"] == []


def test_an_unfinished_recording_can_be_thrown_away(page: Page):
    """And then it is not there any more."""
    upload = page.begin()["id"]
    page.put(upload, 1, HALVES[0])
    page.ask("part_drop", upload=upload)
    assert page.ask("part_state")["uploads"] == []
    page.ask("part_drop", 404, upload=upload)


def test_another_trainees_recording_is_not_found(site: Site, page: Page):
    """Whatever is tried with its id."""
    upload = page.begin()["id"]
    other = Page(site, site.browser("luis"))
    for name in ("part_address", "part_put", "part_finish", "part_drop"):
        other.ask(name, 404, upload=upload, number=1, size=5, count=1, name="x", sha256="0" * 64)
    assert other.ask("part_state")["uploads"] == []


def test_a_page_of_somebody_else_sends_nothing(site: Site, page: Page):
    """Where another person has signed in since, nothing of one comes to the other."""
    person = re.findall(r'data-person="(\w+)"', page.browser.html)[0]
    other = Page(site, site.browser("luis"))
    for name in ("part_begin", "part_state", "part_put", "part_finish", "part_drop"):
        sentence = other.ask(name, 403, person=person, key="k", origin="recorded")["sentence"]
        assert "Somebody else is signed in" in sentence
    assert page.ask("part_begin", person=person, key="k", origin="recorded")["parts"] == []


def test_the_storage_of_this_site_takes_nothing_from_browsers(page: Page):
    """A private folder: parts go through the site."""
    upload = page.begin()["id"]
    assert page.ask("part_address", upload=upload, number=1, size=5)["url"] == ""


def test_captions_are_added_and_taken_off(page: Page):
    """A file, then words; wrong ones are said in words, and what was written stays in the field."""
    page.recorded()
    amara, file = page.browser, SimpleUploadedFile("talk.vtt", VTT, "text/vtt")
    amara.send(amara.form("caption"), **{"captions-file": file, "language": "es"})
    assert "Captions are added" in amara.html
    assert "Me: Is this seat free?" in amara.html
    assert '<track kind="captions"' in amara.html
    amara.send(amara.form("caption"), captions="WEBVTT\n\nonly this")
    assert amara.status == 422
    assert "Line 3" in amara.html
    assert "only this" in amara.html
    amara.send(amara.form("caption"), captions="Me: Is this seat free?")
    assert "A transcript is added" in amara.html
    assert "<track" not in amara.html
    form = amara.form("caption")
    form.action = form.action.replace("/caption", "/uncaption")
    amara.send(form)
    assert "Add captions or a transcript" in amara.html


def test_a_captions_file_that_is_no_text_is_refused(page: Page):
    """With a sentence."""
    page.recorded()
    file = SimpleUploadedFile("talk.vtt", b"\xff\xfe\x00", "text/vtt")
    page.browser.send(page.browser.form("caption"), **{"captions-file": file})
    assert page.browser.status == 422
    assert "no text in UTF-8" in page.browser.html


def test_without_a_recording_there_is_nothing_to_caption(site: Site, page: Page):
    """The draft has to hold one."""
    page.ask("caption", 404, captions="Me: Hello")
    page.ask("uncaption", 404)
    assert drafts.get(site.user("amara"), place_of(page)).recording is None


def place_of(page: Page) -> Any:
    """Where the role play stands."""
    from peer_xblocks.blocks import person

    return person.place_of(page.site.block("peer_role_play", ROLE_PLAY))
