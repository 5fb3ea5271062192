"""Pages for trainers: leads and assessors read them, and a trainee finds no trace of them."""

import re
from pathlib import Path

import pytest
from conftest import LESSON, Browser, Site, words_of

from peer_xblocks import course
from peer_xblocks.authoring import library as sources
from peer_xblocks.core.guide import Guide, Session, Step
from peer_xblocks.core.lesson import HoursKind, Text

GUIDE = Guide(
    url_name="guide-a-lab",
    title="Leading a lab",
    minutes=5,
    sessions=(
        Session(
            id="lab",
            title="In threes",
            kind=HoursKind.LIVE,
            agenda=(Step(what="Agree how to stop", minutes=10), Step(what="Rounds", minutes=50)),
        ),
    ),
    parts=(Text(markdown=f"Chairs in threes. [Again](/jump_to_id/unit-{LESSON}) CANARY-GUIDE"),),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of this checkout with a guide in its first module."""
    whole = course.read_sources(sources.curriculum(), sources.rubrics())
    first, *others = whole.modules
    modules = (first.model_copy(update={"guides": (GUIDE,)}), *others)
    whole = whole.model_copy(update={"modules": modules})
    return course.build(whole, tmp_path_factory.mktemp("guided"))


@pytest.mark.parametrize("name", ["ruth", "ingrid"])
def test_a_lead_and_an_assessor_read_a_guide(site: Site, name: str):
    """The outline names the guide, its page shows text and agenda, and its links lead on."""
    trainer = site.browser(name).open("/course/")
    assert "Leading a lab" in trainer.html and "For trainers only" in trainer.html
    trainer.unit(GUIDE.url_name)
    shown = words_of(trainer.html)
    assert trainer.status == 200
    assert "CANARY-GUIDE" in shown and "In threes (60 minutes, live, together)" in shown
    assert "Trainees do not see this page." in shown
    assert trainer.client.get(f"/jump_to_id/unit-{LESSON}").status_code == 302


def test_a_trainee_finds_no_trace_of_a_guide(site: Site, amara: Browser):
    """Neither outline nor units nor a guessed address lead a trainee to it."""
    first = amara.open("/course/")
    assert "Leading a lab" not in first.html
    assert amara.unit(GUIDE.url_name).status == 404
    assert amara.open(f"/jump_to_id/{GUIDE.url_name}").status == 404
    for unit in site.library.units(for_staff=False):
        assert "Leading a lab" not in amara.open(f"/course/{unit.url_name}/").html


def test_an_auditor_does_not_read_a_guide(site: Site):
    """Who only audits is no trainer."""
    auditor = site.browser("farid")
    assert auditor.unit(GUIDE.url_name).status == 404


def test_a_guide_counts_for_nothing_to_be_done(site: Site):
    """Progress is of lessons and role plays alone; a guide has nothing that could be done."""
    units = [unit for unit in site.library.units() if not unit.staff_only]
    assert f"0 of {len(units)} done" in words_of(site.browser("amara").open("/course/").html)
    html = site.browser("ruth").open("/course/").html
    counts = re.findall(r'</h2><span class="px-small px-muted">(\d+)</span>', html)
    assert sum(map(int, counts)) == len(units)
