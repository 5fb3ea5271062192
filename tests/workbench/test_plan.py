"""A plan on the embedded site: written, kept by itself, hinted at, two tabs, versions, rows."""

import re
from html import unescape

import pytest
from conftest import PLAN, Browser, Site, words_of

from peer_xblocks.blocks import person
from peer_xblocks.core.plan import PlanTemplate
from peer_xblocks.standalone import results
from peer_xblocks.work.api import plans

GOAL = "I want the cooler open by five twenty, and a line of boots."


@pytest.fixture
def template(site: Site) -> PlanTemplate:
    """The template of the course."""
    return site.block("peer_plan", PLAN).template


def begin(browser: Browser) -> Browser:
    """From the content note to the empty plan."""
    browser.unit(PLAN)
    return browser.send(browser.form("begin"))


def write(browser: Browser, **more: str) -> Browser:
    """Write into the open plan, as a page that keeps by itself does."""
    if "/keep" not in browser.html:
        browser.unit(PLAN)
    return browser.send(browser.form("keep"), do="", **{"w.goal": GOAL} | more)


def kept(site: Site, name: str = "amara"):
    """The plan as it is kept for somebody."""
    block = site.block("peer_plan", PLAN, name)
    return plans.get(site.user(name), person.place_of(block))


def test_before_it_begins_a_trainee_reads_that_it_is_private_and_about_nobody_real(amara: Browser):
    """The content note, the case, and the two promises stand before the button."""
    before = words_of(amara.unit(PLAN).html).split("Begin the plan")[0]
    assert "It costs you nothing" in before
    assert "Never with a real person" in before
    assert "Your plan is private" in before
    assert "six burners" in before


def test_what_is_written_is_kept_by_itself_and_found_again(amara: Browser, site: Site):
    """A save answers with small pieces alone, and the plan stands there on another device."""
    begin(amara)
    write(amara, **{"r.strengths.0.item": "Knows her masa by its sound"})
    assert amara.status == 200
    assert "<textarea" not in amara.html
    assert "Kept" in words_of(amara.html)
    again = unescape(site.browser("amara").unit(PLAN).html)
    assert GOAL in again and "Knows her masa by its sound" in again


def test_nobody_else_sees_it(amara: Browser, site: Site):
    """Another trainee has an own, empty one; nothing of it is in a field of the block."""
    begin(amara)
    write(amara)
    luis = site.browser("luis").unit(PLAN)
    assert GOAL not in luis.html
    luis.send(luis.form("begin"))
    assert GOAL not in luis.html
    assert GOAL not in str(site.block("peer_plan", PLAN).state)
    for name in ("luis", "amara"):
        for role in ("student", "staff"):
            block = site.block("peer_plan", PLAN, name, role)
            for view in (block.public_view(), block.author_view()):
                assert GOAL not in view.content
            assert GOAL not in str(block.student_view_data()) + str(block.index_dictionary())


def test_a_hint_stands_beside_what_it_is_about_and_stops_nothing(amara: Browser, site: Site):
    """The clinic's goal is kept as it is written, with a question beside it."""
    begin(amara)
    write(amara, **{"w.goal": "Client will comply with medication."})
    assert amara.status == 200
    assert "Whose goal is it?" in words_of(amara.html)
    assert kept(site).plan.text("goal") == "Client will comply with medication."
    write(amara)
    assert "Whose goal is it?" not in words_of(amara.html)


def test_what_may_belong_to_a_real_person_is_pointed_out_and_kept(amara: Browser, site: Site):
    """A telephone number is explained, and does not get in the way."""
    begin(amara)
    write(amara, **{"w.copies": "Lupe, 212 736 5000"})
    assert "looks like a telephone number" in words_of(amara.html)
    assert kept(site).plan.text("copies") == "Lupe, 212 736 5000"


def test_a_save_from_a_tab_that_is_behind_is_kept_and_shown(amara: Browser, site: Site):
    """The later of two tabs is told what stands; its own words can be let stand instead."""
    begin(amara)
    old = amara.form("keep")
    write(amara)
    amara.send(old, do="", **{"w.goal": "I want my own corner."})
    assert amara.status == 409
    assert "my own corner" in re.sub(r"<[^>]+>", "", amara.html)
    assert kept(site).plan.text("goal") == GOAL
    amara.send(amara.form("bring_back"))
    assert amara.status == 200
    assert kept(site).plan.text("goal") == "I want my own corner."


def test_every_version_can_be_seen_compared_and_brought_back(amara: Browser, site: Site):
    """Words that went are struck out; an older version stands again as a new one."""
    begin(amara)
    write(amara)
    write(amara, **{"w.goal": "I want the cooler open."})
    amara.unit(PLAN)
    amara.send(amara.form("versions"))
    assert "Version 2" in words_of(amara.html) and "stands now" in words_of(amara.html)
    amara.send(amara.form("versions"), number="1")
    assert re.search(r"<ins>[^<]*five twenty", amara.html)
    amara.send(amara.form("bring_back"))
    assert kept(site).plan.text("goal") == GOAL
    assert kept(site).version == 3


def test_rows_are_moved_added_and_taken_out_with_buttons(amara: Browser, site: Site):
    """Each button keeps the plan as well, and a row that was taken out is in the version before."""
    begin(amara)
    cells = {"r.steps.0.what": "Ring Lupe", "r.steps.1.what": "Set two alarms"}
    amara.send(amara.form("keep"), do="down.steps.0", **cells)
    assert [row["what"] for row in kept(site).plan.rows_of("steps")] == [
        "Set two alarms",
        "Ring Lupe",
    ]
    amara.send(amara.form("keep"), do="remove.steps.0")
    assert [row["what"] for row in kept(site).plan.rows_of("steps")] == ["Ring Lupe"]
    count = amara.html.count('name="r.steps.')
    amara.send(amara.form("keep"), do="add.steps.3")
    assert amara.html.count('name="r.steps.') == count + 4


@pytest.mark.parametrize(
    "action",
    ["up", "up.", "up.goal.0", "down.steps.99", "remove.steps.x", "add.nothing.0", "no.a.b"],
)
def test_nonsense_for_a_button_loses_nothing(amara: Browser, site: Site, action: str):
    """The plan is kept as it was sent."""
    begin(amara)
    amara.send(amara.form("keep"), **{"do": action, "w.goal": GOAL, "r.steps.0.what": "Ring Lupe"})
    assert amara.status == 200
    assert kept(site).plan.text("goal") == GOAL
    assert kept(site).plan.rows_of("steps") == ({"what": "Ring Lupe"},)


def test_finishing_asks_for_what_is_needed_and_keeps_what_there_is(amara: Browser, site: Site):
    """Begun is half; with everything needed it is complete, and can still be changed."""
    usage = str(site.usage("peer_plan", PLAN))
    begin(amara)
    amara.send(amara.form_to("finish"), **{"w.goal": GOAL})
    assert amara.status == 422
    assert "still open" in words_of(amara.html) and GOAL in amara.html
    assert kept(site).plan.text("goal") == GOAL
    assert results.of(site.user("amara").pk)[1][usage] == 0.5
    whole = {
        "w.goal": GOAL,
        "w.review": "The third of December, on the bench by the yard",
        "r.strengths.0.item": "Knows her masa by its sound",
        "r.natural.0.item": "Nico, who folds",
        "r.steps.0.what": "Knead one batch of masa and listen",
        "r.not-want.0.item": "Nobody looks in my refrigerator",
    }
    amara.send(amara.form_to("finish"), **whole)
    assert amara.status == 200, words_of(amara.html)
    assert results.of(site.user("amara").pk)[1][usage] == 1.0
    write(amara, **{"w.goal": "I want more."})
    assert results.of(site.user("amara").pk)[1][usage] == 1.0


def test_without_script_it_is_an_ordinary_form(amara: Browser, site: Site):
    """A browser without script goes back to the page, and the plan is kept."""
    begin(amara)
    form = amara.form("keep")
    answer = amara.client.post(
        form.action,
        form.fields | {"do": "keep", "w.goal": GOAL},
        headers={"Referer": "http://testserver/course/"},
    )
    assert answer.status_code == 303
    assert kept(site).plan.text("goal") == GOAL


def test_too_long_is_refused_in_a_sentence_and_leaves_the_page_alone(amara: Browser, site: Site):
    """What cannot be kept stays in the fields of the page; the answer replaces none of them."""
    begin(amara)
    write(amara, **{"w.goal": "x" * 6001})
    assert amara.status == 422
    assert "<textarea" not in amara.html
    assert "still on this page" in words_of(amara.html)
    assert kept(site).version == 0
