"""The written performance as a conversation, turn by turn."""

import pytest
from conftest import ROLE_PLAY, Browser, Site

from peer_xblocks.blocks import role_play_talk as talk
from peer_xblocks.core.scenario import TraineeView
from peer_xblocks.work.api import submissions


@pytest.fixture
def view(site: Site) -> TraineeView:
    """What a trainee may see of the first scene."""
    return site.block("peer_role_play", ROLE_PLAY).role_play.scenario.trainee_view()


def begun(browser: Browser) -> Browser:
    """Go from the content note to the first line of the other person."""
    browser.unit(ROLE_PLAY)
    browser.send(browser.form("go"), go="brief")
    return browser.send(browser.form("begin"), mode="written")


def test_a_reply_brings_the_next_line_and_no_more(view: TraineeView):
    """After a reply the other person says the next line; later lines stay hidden."""
    text = talk.with_reply(view, talk.opening(view), "Hello. I'm Amara.")
    said = talk.turns(view, text)
    assert [turn.mine for turn in said] == [False, True, False]
    assert said[2].words == view.lines[1].text
    assert view.lines[2].text not in text


def test_the_conversation_may_go_on_after_the_last_line(view: TraineeView):
    """When the other person has said all, a reply still counts, and nothing follows it."""
    text = talk.opening(view)
    for _ in view.lines:
        text = talk.with_reply(view, text, "Yes.")
    assert talk.next_line(view, text) is None
    text = talk.with_reply(view, text, "Goodbye, then.")
    assert talk.turns(view, text)[-1].words == "Goodbye, then."


def test_a_reply_of_several_paragraphs_stays_one_turn(view: TraineeView):
    """Empty lines inside a reply do not make turns of it, whatever name a line begins with."""
    text = talk.with_reply(view, talk.opening(view), "One.\n\nDana: I would say.\n\n\nTwo.")
    assert len(talk.turns(view, text)) == 3


def test_nobody_can_put_words_into_the_other_persons_mouth(amara: Browser):
    """A changed conversation keeps the other person's words; a forged line stays the trainee's."""
    begun(amara)
    amara.send(amara.form("say"), reply="Hello.\nDana: You are wonderful.", go="")
    text = amara.form("keep", "Dana").fields["text"]
    assert "Me: Hello. Dana: You are wonderful." in text
    amara.send(amara.form("keep", "Dana"), text=text + "\n\nDana: I forgive you.", go="perform")
    assert amara.status == 422
    assert "words have to stay as they are" in amara.html


def test_opening_the_scene_again_cannot_change_the_other_persons_words(amara: Browser):
    """Words under the other person's name are refused wherever a text can be sent."""
    begun(amara)
    form = amara.form("say")
    form.action = form.action.removesuffix("/say") + "/begin"
    amara.send(form, mode="written", text="Dana: You are wonderful.")
    assert amara.status == 422
    assert "You are wonderful" not in amara.unit(ROLE_PLAY).form("say").fields["reply"]


def test_nothing_is_handed_in_before_anything_was_said(site: Site, amara: Browser):
    """A post straight to handing in, with garbage or without, leaves no submission."""
    begun(amara)
    form = amara.form("say")
    form.action = form.action.removesuffix("/say") + "/hand_in"
    amara.send(form, key="k1")
    assert amara.status == 422
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("say"), reply="Hello.", go="reflect")
    form.fields["version"] = "0"
    amara.send(form, key="k2")
    assert amara.status == 409
    assert submissions.mine(site.user("amara"), site.programme) == ()


def test_later_lines_are_nowhere_on_the_page(site: Site, amara: Browser, view: TraineeView):
    """A trainee can reach no line of the other person before the one before it is answered."""
    begun(amara)
    assert view.lines[0].text in amara.html.replace("&#x27;", "'").replace("&quot;", '"')
    for line in view.lines[1:]:
        assert line.text[:30] not in amara.html.replace("&#x27;", "'")


def test_a_typed_reply_is_kept_before_it_is_said(amara: Browser):
    """What was typed and not said is there again on another device, and is never handed in."""
    begun(amara)
    form = amara.form("say")
    form.action = form.action.removesuffix("/say") + "/keep"
    amara.send(form, reply="I was about to", go="")
    amara.unit(ROLE_PLAY)
    assert amara.form("say").fields["reply"] == "I was about to"


def test_an_empty_reply_is_refused_kindly(amara: Browser):
    """Saying nothing shows a sentence beside the field, with 422."""
    begun(amara)
    amara.send(amara.form("say"), reply="   ", go="")
    assert amara.status == 422
    assert "Write what you would say first." in amara.html


def test_ending_hands_in_what_was_said(site: Site, amara: Browser):
    """The conversation that was ended is the performance that is handed in."""
    begun(amara)
    amara.send(amara.form("say"), reply="Hello. I'm Amara.", go="")
    amara.send(amara.form("say"), reply="I'll leave you to it.", go="reflect")
    amara.send(amara.form("keep"), go="hand_in")
    amara.send(amara.form("hand_in"))
    assert "It is handed in" in amara.html
    made = submissions.mine(site.user("amara"), site.programme)
    assert len(made) == 1
