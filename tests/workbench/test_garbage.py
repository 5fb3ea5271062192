"""Whatever is posted to a handler, the answer is a sentence: never a 500, never a traceback."""

import json

import pytest
from conftest import ROLE_PLAY, Browser, Site
from test_doors import BLOCKS, HANDLERS, OF_AUTHORS

from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants

JSON = [
    "{}",
    "[]",
    "null",
    "3.5",
    '"text"',
    " ",
    "{",
    "[" * 100_000,
    json.dumps({"part": None, "option": {"a": [1]}, "text": [[[]]], "version": -1}),
    json.dumps({"part": ["x"] * 500, "option": [True, 1, None], "version": "9" * 5000}),
    json.dumps({"text": "\ud800 \u0000 x", "go": "hand_in", "mode": "prompted", "key": "k" * 999}),
    json.dumps({f"f{n}": n for n in range(5000)}),
    json.dumps({"text": "x" * 70_000, "part": "x", "source": "---\na: &a [*a]\n---\n"}),
    json.dumps({"version": int("1" * 4000)}),
]
FORMS = [
    {},
    {"part": "\x00", "option": "\x00", "text": "\x00", "version": "-1", "go": "\x00"},
    {"part": "x" * 70_000, "text": "y" * 70_000, "source": "z" * 70_000, "go": "z" * 70_000},
    {"version": "١٢", "mode": "observed_live", "go": "../..", "body": "no-such-body", "key": ""},
    {"source": "---\n!!python/object/apply:os.system [id]\n---\n", "answer-": "", "step": "x" * 99},
    {"scene": "\x00", "choice": "x" * 9999, "amount": "most", "turn": "-1", "words": "w" * 70_000},
    {"recording": "not a file", "option": ["a"] * 150},
    {"upload": "\x00", "number": "-1", "sha256": "x", "part": "no file", "count": "9" * 30},
    {"key": "\x00", "origin": "recorded", "media_type": "m" * 999, "filename": "../" * 99},
    {"upload": "../..", "name": "/etc/passwd", "size": "9" * 9, "captions": "WEBVTT\n\n-->"},
]


@pytest.fixture
def author(site: Site):
    """Ruth as an author too, so that the editor's handlers are reached."""
    grants.give(None, site.user("ruth"), site.programme, Role.AUTHOR)
    return site.browser("ruth")


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
def test_json_of_any_shape_gets_a_sentence(site: Site, author, tag: str, name: str):
    """Lists, null, texts, broken, deep, wide and huge JSON.

    An answer below 500, as JSON with a sentence.
    """
    client = (author if name in OF_AUTHORS else site.browser("amara")).client
    address = f"/handler/{site.usage(tag, BLOCKS[tag][1])}/{name}"
    for body in JSON:
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code < 500, body[:80]
        if answer.status_code != 200:
            assert answer.json()["sentence"], body[:80]


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
def test_a_form_in_another_encoding_is_refused(site: Site, author, tag: str, name: str):
    """Django reads forms in UTF-8 alone, and says so with an error of its own."""
    client = (author if name in OF_AUTHORS else site.browser("amara")).client
    address = f"/handler/{site.usage(tag, BLOCKS[tag][1])}/{name}"
    kind = "application/x-www-form-urlencoded; charset=latin-1"
    answer = client.generic("POST", address, b"text=\xe9", content_type=kind)
    assert answer.status_code == 422
    assert "could not be read" in answer.content.decode()


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
@pytest.mark.parametrize("script", [True, False])
def test_forms_of_any_shape_get_a_page(site: Site, author, tag: str, name: str, script: bool):
    """Empty, odd and oversized forms.

    An answer below 500 without a traceback, with script and without.
    """
    client = (author if name in OF_AUTHORS else site.browser("amara")).client
    address = f"/handler/{site.usage(tag, BLOCKS[tag][1])}/{name}"
    headers = {"X-Requested-With": "peer-xblocks"} if script else {}
    for fields in FORMS:
        answer = client.post(address, fields, headers=headers)
        assert answer.status_code < 500, (fields, answer.content[:500])
        assert "Traceback" not in answer.content.decode()


def test_other_kinds_of_bodies_get_a_sentence(site: Site):
    """XML, a broken multipart and a body of an unknown type are answered, too."""
    client = site.browser("amara").client
    address = f"/handler/{site.usage('peer_role_play', BLOCKS['peer_role_play'][1])}/upload"
    for kind, body in (
        ("text/xml", "<a/>"),
        ("multipart/form-data; boundary=x", "--x\r\nbroken"),
        ("multipart/form-data", "no boundary"),
        ("application/octet-stream", "\x00\x01"),
        ("application/x-www-form-urlencoded", "%%%&&&=%ff%fe"),
    ):
        answer = client.generic("POST", address, body, content_type=kind)
        assert answer.status_code < 500, kind


def test_a_body_that_is_too_large_is_refused_before_it_is_read(site: Site):
    """More than a form may hold is refused with a sentence, not read into memory."""
    client = site.browser("amara").client
    address = f"/handler/{site.usage('peer_lesson', BLOCKS['peer_lesson'][1])}/reflect"
    body = json.dumps({"text": "x" * 2_000_000})
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 422
    assert "more than can be sent" in answer.json()["sentence"]


def test_a_made_up_body_and_half_characters_are_not_an_error(amara: Browser):
    """Consent to a body that is none is no consent, and half a character becomes a mark."""
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    amara.send(amara.form("begin"), mode="written")
    amara.send(amara.form("say"), reply="Hello \x00there.", go="reflect")
    amara.send(amara.form("keep"), go="hand_in")
    amara.send(amara.form("hand_in"), body="Not A Slug")
    assert amara.status == 200
    assert "It is handed in" in amara.html
