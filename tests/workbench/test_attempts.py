"""Attempts in the block: history, the goals that go along, another scene after a critical error."""

import json
from typing import Any

import crum
import pytest
from conftest import ROLE_PLAY, Browser, Site, open_scene, perform, words_of
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from test_role_play import TEXT, passing, rate_and_release

from peer_xblocks.assessment.api import attempts
from peer_xblocks.core.rating import Rating, SeenError
from peer_xblocks.records.models import Record
from peer_xblocks.work.api import submissions
from peer_xblocks.work.models import Submission

GOAL = "Wait a little longer after a hard sentence."
NEAR = "rp-back-to-drinking"
NOTE = "canary-note-8123: I waited until it hurt"


def with_error(rubric: Any) -> Rating:
    """A rating of a good performance in which a critical error was seen."""
    seen = SeenError(code="CE-8", observation="Went on after the no.")
    return passing(rubric).model_copy(update={"critical_errors": (seen,)})


def mine(site: Site) -> list[Any]:
    """What Amara handed in, the newest first."""
    return list(submissions.mine(site.user("amara"), site.programme))


def to_looking_back(browser: Browser) -> Browser:
    """Perform the scene once more, up to looking back."""
    open_scene(browser)
    browser.send(browser.form("say"), reply=TEXT, go="")
    return browser.send(browser.form("say"), reply="", go="reflect")


def test_goals_go_along_to_the_next_attempt(site: Site, amara: Browser):
    """They stand at the scene, where it is performed and at looking back; not before the first."""
    assert "What you wanted to try" not in to_looking_back(amara).html
    amara.send(amara.form("keep"), go="hand_in")
    amara.send(amara.form("hand_in"))
    rate_and_release(site)
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="note")
    amara.send(amara.form("go"), go="brief")
    assert "What you wanted to try" in amara.html and GOAL in amara.html
    amara.send(amara.form("begin"), mode="written")
    assert GOAL in amara.html
    assert GOAL in amara.unit(ROLE_PLAY).html
    amara.send(amara.form("say"), reply=TEXT, go="")
    amara.send(amara.form("say"), reply="", go="reflect")
    assert "How did it go with this goal?" in amara.html and GOAL in amara.html


def test_goals_go_along_to_a_near_scene_and_to_nobody_else(site: Site, amara: Browser):
    """A scene that asks for the same competency names the scene that the goal comes from."""
    perform(amara, TEXT)
    rate_and_release(site)
    words = words_of(open_scene(amara, NEAR).html)
    assert GOAL in words and "(from “" in words
    assert GOAL not in open_scene(site.browser("luis")).html


def test_a_scene_with_goals_is_remembered_for_nobody(site: Site, amara: Browser):
    """What a process remembers of the scene's page holds no goal of anybody."""
    perform(amara, TEXT)
    rate_and_release(site)
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="note")
    assert GOAL in amara.send(amara.form("go"), go="brief").html
    luis = site.browser("luis").unit(ROLE_PLAY)
    assert GOAL not in luis.send(luis.form("go"), go="brief").html


def test_a_note_on_a_goal_is_one_s_own(site: Site, amara: Browser):
    """It is kept with the draft, handed in to nobody, and found again with the attempts."""
    perform(amara, TEXT)
    rate_and_release(site)
    to_looking_back(amara)
    form = amara.form("keep")
    (name,) = [one for one in form.fields if one.startswith("answer-goal-note-")]
    amara.send(form, **{name: NOTE, "go": "hand_in"})
    amara.send(amara.form("hand_in"))
    assert "It is handed in" in amara.html
    assert NOTE in amara.html and GOAL in amara.html
    assert NOTE in amara.unit(ROLE_PLAY).html
    assert not any(NOTE in one.answers for one in Submission.objects.all())
    assert not any(NOTE in bytes(one.canonical).decode() for one in Record.objects.all())
    assert NOTE not in site.browser("luis").unit(ROLE_PLAY).html


def test_the_attempts_are_listed_in_kind_words(site: Site, amara: Browser):
    """Number, day, mode, how it came out, and the way to each result."""
    perform(amara, TEXT)
    rate_and_release(site)
    perform(amara, TEXT + " Again.")
    words = words_of(amara.unit(ROLE_PLAY).html)
    for part in (
        "Your attempts at this scene",
        "Attempt 1",
        "Attempt 2",
        "in writing",
        "Passed",
        "Waiting to be rated",
        "Read the feedback",
    ):
        assert part in words, part
    assert f"/peer_xblocks/me/submission/{mine(site)[1].id}/" in amara.html
    page = amara.open(f"/peer_xblocks/me/submission/{mine(site)[1].id}/").html
    assert "Your attempts at this scene" in page and "Waiting to be rated" in page
    record = words_of(amara.open(f"/peer_xblocks/me/{site.programme}/").html)
    assert "✓ Passed" in record


def test_after_a_critical_error_a_different_scene_comes_first(site: Site, amara: Browser):
    """The page says so kindly; neither the way to the scene nor a form sent by hand gets around."""
    perform(amara, TEXT)
    rate_and_release(site, with_error)
    amara.unit(ROLE_PLAY)
    words = words_of(amara.html)
    assert "Next, a different scene" in words and "What must not happen" in words
    assert "Back to drinking About 12 minutes of talk" in words  # the other scenes, a press away
    assert "Do this scene again" not in words
    for bad in ("fail", "penalty", "forbidden"):
        assert bad not in words.lower()
    usage = site.usage("peer_role_play", ROLE_PLAY)
    scripted = {"HTTP_X_REQUESTED_WITH": "peer-xblocks"}
    for step in ("note", "brief"):
        shown = amara.client.post(f"/handler/{usage}/go", {"go": step}, **scripted)
        assert "Next, a different scene" in shown.content.decode()
    answer = amara.client.post(f"/handler/{usage}/begin", {"mode": "written"}, **scripted)
    assert answer.status_code == 409
    assert "a different scene first" in answer.content.decode()
    perform(amara, TEXT, url_name=NEAR)
    assert "Do this scene again" in words_of(amara.unit(ROLE_PLAY).html)
    perform(amara, TEXT)
    assert [one.attempt for one in mine(site)] == [2, 1, 1]


def test_a_lead_opens_it_again(site: Site, amara: Browser):
    """From the page of the case, with a reason that the record keeps."""
    perform(amara, TEXT)
    rate_and_release(site, with_error)
    ruth, address = site.browser("ruth"), f"/peer_xblocks/lead/{mine(site)[0].id}/"
    assert "A different scene comes first" in ruth.open(address).html
    form = ruth.form("", "reopen_reason")
    assert ruth.send(form, script=False, reopen_reason=" ").status == 422
    assert ruth.send(form, script=False, reopen_reason="No other scene fits yet.").status == 302
    assert "This scene is open again" in ruth.open(address).html
    (record,) = Record.objects.filter(kind="attestation")
    assert json.loads(bytes(record.canonical))["body"]["type"] == "scene_reopened"
    amara.unit(ROLE_PLAY)
    assert "Do this scene again" in words_of(amara.html)
    assert "No other scene fits yet." in amara.html and "Ruth" not in amara.html
    own = amara.open(f"/peer_xblocks/me/submission/{mine(site)[0].id}/").html
    assert "No other scene fits yet." in own and "Ruth" not in own


@pytest.mark.parametrize("name", ["amara", "ingrid", "farid"])
def test_nobody_else_opens_it_again(site: Site, amara: Browser, name: str):
    """Not its trainee, not an assessor, not an auditor."""
    perform(amara, TEXT)
    rate_and_release(site, with_error)
    address = f"/peer_xblocks/lead/{mine(site)[0].id}/reopen/"
    answer = site.browser(name).client.post(address, {"reopen_reason": "Please."})
    assert answer.status_code in (403, 404)
    scene = site.block("peer_role_play", ROLE_PLAY).role_play.scenario.key
    assert attempts.another_first(site.user("amara"), site.programme, scene, formative=False)


def test_opening_a_second_attempt_costs_three_queries(site: Site, amara: Browser):
    """Begun, with goals that go along: still three queries of ours at most."""
    perform(amara, TEXT)
    rate_and_release(site)
    open_scene(amara)
    assert GOAL in amara.html
    request = RequestFactory().get("/")
    request.user = site.user("amara")
    crum.set_current_request(request)
    try:
        block = site.block("peer_role_play", ROLE_PLAY)
        with CaptureQueriesContext(connection) as queries:
            block.render("student_view")
    finally:
        crum.set_current_request(None)
    ours = [one["sql"] for one in queries if "standalone_fielddata" not in one["sql"]]
    assert len(ours) <= 3, ours
