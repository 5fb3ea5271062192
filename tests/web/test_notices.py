"""The page of notices: one's own alone, a way to each thing, and how mail is wanted."""

from typing import Any

from django.urls import reverse
from world import World

from peer_xblocks.assessment.api import notices


def at(name: str, *args: Any) -> str:
    """The address of a page."""
    return reverse(f"peer_xblocks:{name}", args=args)


def test_a_notice_leads_to_what_it_is_about(world: World, browse: Any) -> None:
    """The header counts, the page lists, a press marks it as read and goes there."""
    submission = world.released()
    ada = browse("ada")
    page = ada.get(at("notices")).content.decode()
    assert "Notices (1)" in page and "A result of yours is released." in page
    (one,) = notices.mine(world.ada)
    assert browse("ben").post(at("read-notices"), {"notice": one.id})["Location"] == at("notices")
    assert notices.unread(world.ada) == 1
    pressed = ada.post(at("read-notices"), {"notice": one.id})
    assert pressed["Location"] == at("result", submission.id)
    assert "Notices (" not in ada.get(at("notices")).content.decode()


def test_every_kind_of_notice_has_words_and_a_place(world: World, browse: Any) -> None:
    """No kind is without a sentence on the page, one for the mail, and an address."""
    from peer_xblocks.assessment import mailing, noticing
    from peer_xblocks.assessment.values import NoticeKind
    from peer_xblocks.web.pages.notices import OF_PROGRAMME, PLACES

    submission = world.hand_in()
    for kind in NoticeKind:
        noticing.tell([world.mia], "pss-2026", kind, submission.id)
        assert mailing.SENTENCES[kind]
        assert kind in PLACES or kind in OF_PROGRAMME
    page = browse("mia").get(at("notices")).content.decode()
    assert f"Notices ({len(NoticeKind)})" in page
    assert not any(f"<strong>{kind}</strong>" in page for kind in NoticeKind)


def test_how_mail_is_wanted(world: World, browse: Any) -> None:
    """Kept for oneself; nonsense is refused with a sentence."""
    mia = browse("mia")
    assert mia.post(at("mail-notices"), {"how": "daily"}).status_code == 302
    assert notices.mail(world.mia) == "daily"
    assert mia.post(at("mail-notices"), {"how": "x"}).status_code == 422
    assert notices.mail(world.ivo) == "each"
