"""Two assessors who differ: nothing is averaged, a lead settles with a reason."""

import json
from collections.abc import Callable
from pathlib import Path

import packs
from course_text import level, performed, role_play, ticks_of
from people import Assessor, Auditor, Lead, Trainee
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("back-to-drinking")
STRONG = ticks_of("back-to-drinking-strong")
SAFETY = next(one for one in PLAY.rubric.criteria if one.id == "safety")
HARSHER = {**STRONG, "safety": ["safety-b1"]}
REASON = "The transcript shows the shaking being named, but no help with it was offered."
GOAL = "When somebody's hands shake, say in one sentence why you ask, and go with them."


def test_a_lead_settles_what_two_raters_see_apart(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """A critical criterion two levels apart goes to the lead, whose reason the record keeps."""
    assert SAFETY.critical
    assert level(SAFETY, STRONG["safety"]) - level(SAFETY, HARSHER["safety"]) == 2
    luis = Trainee(open_page(), site)
    luis.sign_in("Luis Herrera Vega")
    luis.role_play(PLAY, performed("back-to-drinking-strong"), "Example Certification Board")
    for name, ticks in (("Ingrid Solberg", STRONG), ("Tomás Reyes", HARSHER)):
        assessor = Assessor(open_page(), site)
        assessor.sign_in(name)
        assessor.rate(PLAY.rubric, ticks)

    luis.go("/course/")
    luis.open_unit(PLAY.title)
    luis.sees("It is handed in.", "Trainers are rating it")
    lead_settles(Lead(open_page(), site))
    reads_not_yet(luis)
    farid = Auditor(open_page(), site)
    farid.sign_in("Farid Haddad")
    record_says_no_third_was_held(farid, tmp_path)


def lead_settles(ruth: Lead) -> None:
    """The lead sees why it came, must give a reason, and decides whose rating stands."""
    ruth.sign_in("Ruth Abernathy")
    ruth.open_case(PLAY.title)
    ruth.sees("A third rating is due, and none was held.", "two or more apart", SAFETY.title)
    ruth.shot("lead 5 case to settle")
    ruth.settle(SAFETY, "B", REASON)
    ruth.sees("Settled: not yet", REASON)
    ruth.release(GOAL, SAFETY, "You stayed with Marcus. One thing is still to learn.")


def reads_not_yet(luis: Trainee) -> None:
    """The trainee reads *not yet* in kind words, and nothing that says failed."""
    luis.page.reload()
    expect(luis.heading("Not yet")).to_be_visible()
    luis.sees("that is what practice is for", GOAL, "a lead decided")
    said = luis.page.locator(".px-feedback > .px-card").first.inner_text()
    assert "fail" not in said.lower()
    luis.shot("trainee feedback not yet")
    luis.go("/course/")
    luis.shot("trainee outline not yet")


def record_says_no_third_was_held(farid: Auditor, folder: Path) -> None:
    """The resolution's page and its bytes say that a third was due and none was held."""
    farid.open_oldest("Resolution")
    farid.sees("No third rating was held", REASON)
    farid.shot("auditor 3 resolution")
    pack = farid.download_pack(folder)
    kept = [json.loads(line.split(b" ", 2)[2]) for line in packs.records(pack)]
    body = next(one["body"] for one in kept if one["kind"] == "resolution")
    assert (body["basis"], body["passed"], body["reason"]) == ("third_not_held", False, REASON)
    settled = next(one for one in body["criteria"] if one["criterion"] == SAFETY.id)
    assert (settled["how"], settled["level"]) == ("lead", level(SAFETY, HARSHER["safety"]))
    assert packs.verify(pack, "--key", farid.site.key).returncode == 0
