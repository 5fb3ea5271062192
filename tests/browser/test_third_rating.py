"""Two assessors differ, a third rates blind, a lead signs and releases, the trainee appeals."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import packs
from course_text import performed, role_play, ticks_of
from people import Assessor, Auditor, Lead, Trainee
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("back-to-drinking")
STRONG = ticks_of("back-to-drinking-strong")
SAFETY = next(one for one in PLAY.rubric.criteria if one.id == "safety")
HARSHER = {**STRONG, "safety": ["safety-b1"]}
WORRY = "He said that he had slept in his car since Monday."
WORDS = "I believe that one of the three is my cousin's husband."
GOAL = "Say why it should be looked at today, in one sentence."


def test_from_a_difference_to_an_appeal(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """The whole way, each in a browser of their own; the record tells it to an outsider."""
    amara = Trainee(open_page(), site)
    amara.sign_in("Amara Okonkwo")
    amara.role_play(PLAY, performed("back-to-drinking-strong"), "Example Certification Board")
    ingrid, tomas, wen = (Assessor(open_page(), site) for _ in range(3))
    ingrid.sign_in("Ingrid Solberg")
    ingrid.rate(PLAY.rubric, STRONG)
    ruth = Lead(open_page(), site)
    ruth.sign_in("Ruth Abernathy")
    tomas.sign_in("Tomás Reyes")
    lead_sees_who_has_what(ruth, tomas)
    tomas.tick_all(PLAY.rubric, HARSHER)
    tells_of_a_worry(tomas, ruth)
    tomas.review()
    tomas.submit()
    ruth.go("/peer_xblocks/lead/")
    ruth.sees("Waiting for a third rating", "Not opened by you")
    third_rates_blind(wen)
    lead_signs(ruth)
    trainee_appeals(amara)
    lead_hears_it(ruth)
    amara.go("/peer_xblocks/notices/")
    amara.shot("trainee notices")
    amara.button(re.compile("Your appeal was heard")).click()
    amara.sees("Your appeal was heard", "The result stands", "None of the three is tied to you.")
    amara.shot("trainee appeal decided")
    farid = Auditor(open_page(), site)
    farid.sign_in("Farid Haddad")
    record_tells_it(farid, tmp_path)


def lead_sees_who_has_what(ruth: Lead, tomas: Assessor) -> None:
    """The seats of a performance with the names of their assessors, and no trainee's."""
    tomas.take_next()
    ruth.go("/peer_xblocks/lead/progress/pss-2026/")
    ruth.sees("rated by Ingrid Solberg", "being rated by Tomás Reyes")
    assert "Amara" not in ruth.page.get_by_role("main").inner_text()
    ruth.shot("lead 6 in progress")
    ruth.page.get_by_role("link", name=re.compile("Hand on")).click()
    ruth.page.get_by_text("Who may not, and why").click()
    ruth.sees("They have the other seat of this submission.")
    ruth.shot("lead 7 keep a seat")


def tells_of_a_worry(tomas: Assessor, ruth: Lead) -> None:
    """From the desk to the one person named for it; the draft stays."""
    tomas.page.get_by_text("I know who this is").click()
    tomas.page.get_by_text("Worried about a real person?").click()
    tomas.page.get_by_label(re.compile("What worries you")).fill(WORRY)
    tomas.shot("assessor desk beside rating")
    tomas.button("Send to Ruth Abernathy").click()
    tomas.sees("Sent to Ruth Abernathy and to nobody else.")
    expect(tomas.level(SAFETY)).to_have_text("Level 2")
    ruth.go("/peer_xblocks/referrals/pss-2026/")
    ruth.sees(WORRY, "Performed by Amara Okonkwo")
    ruth.shot("contact referrals")
    ruth.button("I have seen this").click()
    ruth.sees("Nothing waits for you.")


def third_rates_blind(wen: Assessor) -> None:
    """From the queue as from any other; nothing on the desk tells that it is a third."""
    wen.sign_in("Wen Zhao")
    wen.take_next()
    said = wen.page.content()
    assert not any(name in said for name in ("Ingrid", "Tomás", "Amara", "two or more apart"))
    wen.tick_all(PLAY.rubric, {**STRONG, "safety": ["safety-b1", "safety-b2", "safety-b3"]})
    wen.review()
    wen.submit()


def lead_signs(ruth: Lead) -> None:
    """Three side by side, what the rule makes of them, a signature and a release."""
    ruth.open_case(PLAY.title)
    ruth.sees("The rule says: passed", "Assessor C", "Differences come first.")
    ruth.shot("lead 8 to sign")
    ruth.button("Sign the result").click()
    ruth.sees("Signed and recorded.", "A third blind rating was held.")
    ruth.release(GOAL, SAFETY, "You stayed with Marcus through all of it.")


def trainee_appeals(amara: Trainee) -> None:
    """The result with three letters, and a way to say that something went wrong."""
    amara.go("/peer_xblocks/notices/")
    amara.button(re.compile("A result of yours is released")).click()
    amara.sees("Passed", GOAL)
    amara.page.get_by_text("Something went wrong on the way to this result?").click()
    amara.page.get_by_role("radio", name=re.compile("not impartial")).check()
    amara.page.get_by_label("What happened?").fill(WORDS)
    amara.shot("trainee appeal")
    amara.button("Send the appeal").click()
    amara.sees("Your appeal is with a lead")
    amara.go("/peer_xblocks/ties/pss-2026/")
    amara.shot("trainee people I know")


def lead_hears_it(ruth: Lead) -> None:
    """Dismissed with a reason; the page says that the same lead had signed."""
    ruth.go("/peer_xblocks/ties/pss-2026/")
    ruth.shot("lead who knows whom")
    ruth.go("/peer_xblocks/lead/")
    ruth.shot("lead 9 an appeal")
    ruth.page.get_by_role("main").get_by_role("link", name=PLAY.title).first.click()
    ruth.sees(WORDS)
    ruth.page.get_by_text("Correct something that was recorded").click()
    ruth.page.get_by_text("Let this submission count no more").click()
    ruth.shot("lead 10 case with an appeal")
    ruth.page.get_by_role("radio", name="The result stands", exact=True).check()
    ruth.page.locator("#appeal-reason").fill("None of the three is tied to you.")
    ruth.button("Decide the appeal").click()
    ruth.sees("Decided and recorded.")


def record_tells_it(farid: Auditor, folder: Path) -> None:
    """A pack holds three ratings, a signed resolution on the third and the appeal's decision."""
    pack = farid.download_pack(folder)
    raw = packs.records(pack)
    kept = [json.loads(line.split(b" ", 2)[2]) for line in raw]
    rounds = [one["body"]["round"] for one in kept if one["kind"] == "rating"]
    assert rounds == ["independent", "independent", "third"]
    (resolution,) = [one for one in kept if one["kind"] == "resolution"]
    assert (resolution["body"]["basis"], resolution["acting_as"]) == ("third", "lead")
    (heard,) = [one for one in kept if one["kind"] == "attestation"]
    assert "None of the three is tied to you." in heard["body"]["statement"]
    assert not any(WORDS in line.decode() or WORRY in line.decode() for line in raw)
    assert packs.verify(pack, "--key", farid.site.key).returncode == 0
