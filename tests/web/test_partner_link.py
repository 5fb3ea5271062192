"""The page of a partner's link: what it shows to whom, what it never shows, and its headers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from world import World, the_role_play

from peer_xblocks.records.api import documents
from peer_xblocks.work.api import drafts, partners, submissions
from peer_xblocks.work.models import PartnerLink

ACTOR = the_role_play().scenario.actor
AGREES = {"then": "agree", "code": "R. M.", "agreed": "on"}


@pytest.fixture
def address(world: World) -> str:
    """The page of a link that Ada made."""
    return f"/peer_xblocks/partner/{made(world)}/"


def made(world: World, mode: str = "with_partner") -> str:
    """The key of a link that Ada makes for her scene."""
    draft = drafts.get(world.ada, world.place())
    drafts.save(world.ada, world.place(), draft.version, mode=mode)
    sha256 = documents.put(the_role_play().scenario.canonical_bytes())
    return partners.make(world.ada, world.place(), sha256)


def words_of(answer: Any) -> str:
    """The text of a page, on one line."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", text.replace("&quot;", '"'))


def shows_card(answer: Any) -> bool:
    """Whether anything of the confidential card stands on a page."""
    page = words_of(answer)
    secrets = [ACTOR.stop_word, ACTOR.opening_line, *ACTOR.never]
    secrets += [part for cue in ACTOR.reveals for part in (cue.when, cue.then)]
    return any(secret in page for secret in secrets if len(secret) > 8) or "kitchen" in page


def test_who_holds_the_link_needs_no_account(address: str) -> None:
    """First what this is, what may hurt and what being recorded means; not a word of the card."""
    answer = Client().get(address)
    assert answer.status_code == 200
    page = words_of(answer)
    for words in ("What this is", "Before you begin", "being recorded means", "I would rather not"):
        assert words in page
    assert not shows_card(answer)


def test_the_card_after_consent(address: str) -> None:
    """The words that stop the scene come first; then first words, cues, never, the way out."""
    partner = Client()
    answer = partner.post(address, AGREES, follow=True)
    page = words_of(answer)
    assert answer.redirect_chain == [(address, 302)]
    assert shows_card(answer)
    inside = [ACTOR.stop_word, ACTOR.opening_line, ACTOR.reveals[0].then, ACTOR.never[0]]
    places = [page.index(one) for one in inside]
    assert places == sorted(places)
    assert "For R. M. alone" in page
    assert ACTOR.de_role.split(".")[0] in page


def test_the_page_knows_nothing_of_the_trainee(world: World, address: str) -> None:
    """Neither a name nor a user name, nor what was written, before or after consent."""
    draft = drafts.get(world.ada, world.place())
    drafts.save(world.ada, world.place(), draft.version, text="My own story, 7781")
    partner = Client()
    for answer in (partner.get(address), partner.post(address, AGREES, follow=True)):
        page = answer.content.decode()
        assert not re.search(r"\bada\b|Ada|7781", page)


def test_headers_of_the_page(address: str) -> None:
    """In no cache, no search engine, no frame; the address goes to no other site."""
    partner = Client()
    answers = [partner.get(address), partner.post(address, AGREES), partner.get(address)]
    answers += [partner.post(address, {"then": "agree"}), partner.get("/peer_xblocks/partner/x/")]
    for answer in answers:
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in answer["Content-Security-Policy"]
    page = answers[0].content.decode()
    assert '<meta name="robots" content="noindex' in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script|https?://", page)


def test_dead_links_answer_byte_for_byte_alike(world: World) -> None:
    """One that never was, was withdrawn, replaced, ran out or was handed in: 404 and one page."""
    keys = ["never-was", made(world), made(world)]
    partners.withdraw(world.ada, world.place())
    keys.append(made(world))
    PartnerLink.objects.filter(current=1).update(expires_at=timezone.now() - timedelta(days=1))
    keys.append(made(world))
    Client().post(f"/peer_xblocks/partner/{keys[-1]}/", AGREES)
    world.hand_in()
    assert submissions.mine(world.ada, world.place().programme)
    pages = set()
    for key in keys:
        for answer in (
            Client().get(f"/peer_xblocks/partner/{key}/"),
            Client().post(f"/peer_xblocks/partner/{key}/", AGREES),
            Client().post(f"/peer_xblocks/partner/{key}/", {"then": "decline"}),
            Client().post(f"/peer_xblocks/partner/{key}/", {"then": "yes"}),
        ):
            assert answer.status_code == 404
            pages.add(answer.content)
    assert len(pages) == 1
    assert "shows nothing now" in pages.pop().decode()


def test_the_trainee_who_made_it_gets_no_card(world: World, browse: Any, address: str) -> None:
    """Signed in as themselves: 403 and why, whatever is sent; nothing is agreed to."""
    Client().post(address, AGREES)
    ada = browse("ada")
    for answer in (ada.get(address), ada.post(address, AGREES), ada.post(address, {"then": "yes"})):
        assert answer.status_code == 403
        assert not shows_card(answer)
        assert "This one is for your partner" in words_of(answer)
    assert partners.get(world.ada, world.place()).fidelity is None
    assert shows_card(browse("ben").get(address))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"then": "agree"}, "code"),
        ({"then": "agree", "code": "R."}, "agreed"),
        ({"then": "agree", "code": "Robin Ruiz-Montoya", "agreed": "on"}, "code"),
        ({"then": "agree", "code": "\0", "agreed": "on"}, "code"),
        ({"then": "yes"}, ""),
        ({"then": "nonsense"}, ""),
        ({}, ""),
    ],
)
def test_a_bad_answer_is_shown_again(address: str, sent: dict[str, str], field: str) -> None:
    """422 and a sentence; what was typed stands there again, and no card does."""
    answer = Client().post(address, sent)
    assert answer.status_code == 422
    assert not shows_card(answer)
    if field:
        assert f'name="{field}"' in answer.content.decode()
        assert "px-error" in answer.content.decode()
    if sent.get("code", "\0") != "\0":
        assert f'value="{sent["code"]}"' in answer.content.decode()


def test_declining_and_taking_back(world: World, address: str) -> None:
    """No reason is asked for; the card is gone at once, and the trainee's page knows."""
    partner = Client()
    partner.post(address, AGREES)
    answer = partner.post(address, {"then": "decline"}, follow=True)
    assert "You need no reason" in words_of(answer)
    assert not shows_card(answer)
    info = partners.get(world.ada, world.place())
    assert (info.agreed, info.declined_at is not None) == (False, True)


@pytest.mark.parametrize(("then", "kept"), [("yes", True), ("no", False)])
def test_the_tick_and_the_way_out(world: World, address: str, then: str, kept: bool) -> None:
    """Whether they kept to the card; then the way out of the scene stands on top."""
    partner = Client()
    partner.post(address, AGREES)
    page = words_of(partner.post(address, {"then": then}, follow=True))
    assert partners.get(world.ada, world.place()).fidelity is kept
    assert page.index("Step out of the scene") < page.index("The words that stop the scene")


def test_no_token_is_needed_and_none_is_set(address: str) -> None:
    """A browser that tells no origin can still answer; the page sets no cookie."""
    partner = Client(enforce_csrf_checks=True)
    answer = partner.post(address, AGREES, headers={"Origin": "null"})
    assert answer.status_code == 302
    assert not partner.cookies


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_do_nothing(address: str, method: str) -> None:
    """405, and the link is as it was."""
    assert getattr(Client(), method)(address).status_code == 405


def test_being_watched_is_asked_for_as_such(world: World) -> None:
    """Where nothing is recorded the page says so, and asks for that."""
    page = words_of(Client().get(f"/peer_xblocks/partner/{made(world, 'observed_live')}/"))
    assert "What being watched means" in page
    assert "Nothing is recorded." in page
    assert "I agree to being recorded" not in page
