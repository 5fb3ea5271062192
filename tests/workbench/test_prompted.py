"""The prompted performance on the real site: line after line, recorded, and for practice."""

import json
from html import unescape
from typing import Any

import pytest
from conftest import ROLE_PLAY, Browser, Site, open_scene, perform, words_of
from test_role_play import a_recording, rate_and_release

from peer_xblocks.assessment.api import feedback
from peer_xblocks.blocks import role_play_prompted as prompted
from peer_xblocks.core.scenario import TraineeView
from peer_xblocks.standalone.models import Grade
from peer_xblocks.work.api import submissions


@pytest.fixture
def view(site: Site) -> TraineeView:
    """What a trainee may see of the first scene."""
    return site.block("peer_role_play", ROLE_PLAY).role_play.scenario.trainee_view()


@pytest.fixture
def prompts(amara: Browser) -> Browser:
    """Amara, where she answers prompts; no line was heard yet."""
    return open_scene(amara, mode="prompted")


def ask(browser: Browser, go: str = "next") -> dict[str, Any]:
    """Press a button as `prompter.js` does, which wants data."""
    address = browser.form("line").action
    headers = {"Accept": "application/json", "X-Requested-With": "peer-xblocks"}
    answer = browser.client.post(address, {"go": go}, headers=headers)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def add_file(browser: Browser) -> Browser:
    """Add a recording as a file."""
    return browser.send(browser.form("upload"), recording=a_recording())


def hand_in(browser: Browser, **fields: Any) -> Browser:
    """Look back in no words, and hand in."""
    browser.send(browser.form("keep"), go="reflect")
    browser.send(browser.form("keep"), go="hand_in")
    return browser.send(browser.form("hand_in"), **fields)


def lines_on(html: str, view: TraineeView) -> list[int]:
    """Which lines stand in a page's source, by their places."""
    return [n for n, line in enumerate(view.lines) if line.text in unescape(html)]


def test_it_is_said_before_choosing_that_it_is_for_practice(amara: Browser):
    """The way is offered with what it counts for."""
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    assert "Answer lines aloud" in amara.html
    assert "For practice only: trainers rate it" in words_of(amara.html)


def test_no_line_is_on_the_page_before_its_turn(prompts: Browser, view: TraineeView):
    """None at first; then one more with each press, by script and on a page loaded anew."""
    assert lines_on(prompts.html, view) == []
    prompts.send(prompts.form("line"), go="next")
    assert lines_on(prompts.html, view) == [0]
    heard = [line.text for line in view.lines[:2]]
    assert [line["text"] for line in ask(prompts)["heard"]] == heard
    assert lines_on(prompts.unit(ROLE_PLAY).html, view) == [0, 1]


def test_without_script_a_press_shows_the_next_line(prompts: Browser, view: TraineeView):
    """The form alone is enough, and the step comes back as a page of its own."""
    prompts.send(prompts.form("line"), script=False, go="next")
    assert prompts.status == 200
    assert lines_on(prompts.html, view) == [0]
    assert "Your recording" in prompts.html


def test_after_the_last_line_there_is_no_more(prompts: Browser, view: TraineeView):
    """A press too many changes nothing; beginning anew starts before the first."""
    for _ in view.lines:
        last = ask(prompts)
    assert [line["text"] for line in last["heard"]] == [line.text for line in view.lines]
    assert not last["has_next"]
    assert ask(prompts) == last
    assert "last line" in prompts.unit(ROLE_PLAY).html
    assert ask(prompts, "anew") == {"say": "From the beginning.", "heard": [], "has_next": True}
    assert lines_on(prompts.unit(ROLE_PLAY).html, view) == []


def test_a_line_changes_no_draft(site: Site, prompts: Browser):
    """Pages and recordings that were begun before are no older by it."""
    before = prompts.form("upload").fields["version"]
    ask(prompts)
    assert prompts.unit(ROLE_PLAY).form("upload").fields["version"] == before
    assert add_file(prompts).status == 200


@pytest.mark.parametrize("mode", ["written", "with_partner"])
def test_lines_are_for_those_who_answer_prompts(amara: Browser, mode: str):
    """In another mode the handler tells nothing, and the scene goes on."""
    open_scene(amara, mode=mode)
    form = amara.form("say" if mode == "written" else "begin")
    form.action = form.action.rpartition("/")[0] + "/line"
    amara.send(form, go="next")
    assert amara.status == 422
    assert "Choose first that you want to answer" in amara.html


def test_nonsense_is_refused(prompts: Browser, view: TraineeView):
    """A press that means nothing shows no line."""
    prompts.send(prompts.form("line"), go="all")
    assert prompts.status == 422
    assert lines_on(prompts.html, view) == []


@pytest.mark.parametrize("state", [{}, {"attempt": 1}, {"attempt": 1, "lines": "9"}])
def test_a_state_that_is_not_ours_counts_as_none(view: TraineeView, state: dict[str, Any]):
    """Whatever staff or an import wrote there, the lines begin at the beginning."""
    assert prompted.heard(view, state, 1) == 0


def test_what_was_written_before_is_no_answer_to_prompts(amara: Browser):
    """A conversation in writing cannot be handed in as a prompted one."""
    open_scene(amara)
    amara.send(amara.form("say"), reply="Hello.", go="")
    form = amara.form("say")
    form.action = form.action.removesuffix("/say") + "/begin"
    amara.send(form, mode="prompted")
    keep = amara.form("line")
    keep.action = keep.action.removesuffix("/line") + "/keep"
    amara.send(keep, go="reflect", version="3")
    assert amara.status == 422
    assert "Add your recording here first." in amara.html


def test_it_is_handed_in_for_practice_by_oneself(site: Site, prompts: Browser):
    """One take, nobody else in it; the result shows no competency and makes no grade."""
    add_file(prompts)
    hand_in(prompts)
    assert prompts.status == 422
    assert "nobody else is in it" in prompts.html
    assert "This attempt is for practice." in prompts.html
    prompts.send(prompts.form("hand_in"), agreed="on")
    assert "It is handed in" in prompts.html
    made = submissions.mine(site.user("amara"), site.programme)[0]
    assert (made.mode, made.formative) == ("prompted", True)
    rate_and_release(site)
    result = feedback.result(site.user("amara"), made.id)
    assert result.formative
    assert result.passed
    assert not Grade.objects.exists()


def test_practice_takes_away_no_grade(site: Site, amara: Browser):
    """After a pass that counts, a prompted attempt leaves the grade as it is."""
    perform(amara, "Hello, I'm Amara. No is fine.")
    rate_and_release(site)
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="note")
    amara.send(amara.form("go"), go="brief")
    amara.send(amara.form("begin"), mode="prompted")
    add_file(amara)
    hand_in(amara, agreed="on")
    assert [one.formative for one in submissions.mine(site.user("amara"), site.programme)] == [
        True,
        False,
    ]
    assert Grade.objects.get().earned == 1


def test_each_attempt_begins_before_the_first_line(view: TraineeView):
    """What was heard in one attempt is not heard in the next."""
    assert prompted.heard(view, {"attempt": 1, "lines": 4}, 1) == 4
    assert prompted.heard(view, {"attempt": 1, "lines": 4}, 2) == 0
