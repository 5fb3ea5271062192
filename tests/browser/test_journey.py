"""The main job, end to end: a trainee, two blind assessors, a lead, an auditor, another machine."""

import re
from collections.abc import Callable
from pathlib import Path

import packs
from course_text import lessons, level, performed, role_play, ticks_of
from people import Assessor, Auditor, Lead, Trainee
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("nothing-i-am-good-at")
WRITTEN = performed("nothing-i-am-good-at-strong")
TICKS = ticks_of("nothing-i-am-good-at-strong")
BOARD = "Example Certification Board"
CANARY = "Ingrid-writes-only-for-the-trainee-4711"
QUOTE = "Six years, and you came back and someone else was standing in your place."
GOAL = "Ask what the person calls their strength before you name it."
MESSAGE = "You waited for Dana, and they came out to meet you."
HEARS = next(one for one in PLAY.rubric.criteria if one.id == "hears")
OpenPage = Callable[..., Page]


def test_the_whole_way(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    """From signing in to a pack that verifies on another machine, every step in a browser."""
    old = tmp_path / "old-checkpoint"
    old.write_bytes(checkpoint(open_page(), site))

    amara = Trainee(open_page(), site)
    amara.sign_in("Amara Okonkwo")
    amara.shot("trainee outline")
    reads_a_lesson(amara)
    performs(amara)
    first_rates(Assessor(open_page(), site))
    second_rates_blind(Assessor(open_page(), site))
    releases(Lead(open_page(), site))
    reads_feedback(amara)
    pack = audits(Auditor(open_page(), site), tmp_path)
    sees_who_read(amara)

    assert checkpoint(open_page(), site) != old.read_bytes()
    verifies_elsewhere(pack, site.key, old)
    shows_tampering(pack, site.key)


def checkpoint(page: Page, site: Site) -> bytes:
    """The log's checkpoint as anyone may fetch it."""
    answer = page.request.get(f"{site.url}/peer_xblocks/log/pss-2026/checkpoint")
    assert answer.ok, answer.text()
    return answer.body()


def reads_a_lesson(amara: Trainee) -> None:
    """Step 2, first half: every check wrong and then right, a private reflection, the end."""
    lesson = lessons()[0]
    amara.open_unit(lesson.title)
    amara.shot("trainee lesson new")
    for check in lesson.checks:
        amara.answer(lesson, check, right=False)
    amara.shot("trainee lesson wrong")
    for check in lesson.checks:
        amara.answer(lesson, check, right=True)
    amara.reflect_privately("I was the one nobody visited.")
    amara.finish_lesson()
    amara.page.reload()
    amara.sees("You finished this lesson", "I was the one nobody visited.")
    amara.shot("trainee lesson done")
    amara.go("/course/")
    amara.sees("✓ done")
    amara.shot("trainee outline begun")


def performs(amara: Trainee) -> None:
    """Step 2, second half: the role play, to handing in; afterwards nothing can be edited."""
    amara.role_play(PLAY, WRITTEN, BOARD)
    amara.page.reload()
    amara.sees("It is handed in. Thank you.")
    expect(amara.page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    expect(amara.page.get_by_role("main").get_by_role("button")).to_have_count(0)
    amara.open_my_record()
    amara.shot("trainee my record waiting")


def first_rates(ingrid: Assessor) -> None:
    """Step 3: levels at once with why, evidence, comments, what is missing, and submitting."""
    ingrid.sign_in("Ingrid Solberg")
    ingrid.sees(PLAY.title, "1 performance waits", "waiting")
    no_name(ingrid.page)
    ingrid.shot("assessor 1 queue")
    ingrid.take_next()
    no_name(ingrid.page)
    ingrid.shot("assessor 2 desk new")
    ingrid.tick_all(PLAY.rubric, TICKS)
    levels_are_the_server_s(ingrid)
    ingrid.quote(HEARS, QUOTE)
    ingrid.comment(HEARS, CANARY)
    ingrid.comment_overall("Dana led, and you followed. " + CANARY)
    needs_a_reason(ingrid)
    ingrid.shot("assessor 3 desk ticked")
    ingrid.review()
    ingrid.sees(CANARY, QUOTE)
    ingrid.shot("assessor 5 review")
    ingrid.submit()
    ingrid.sees("Nothing waits for you")
    ingrid.shot("assessor 6 queue empty")


def no_name(page: Page) -> None:
    """Nothing in the page's source tells whose performance it is."""
    source = page.content()
    assert "Amara" not in source
    assert "Okonkwo" not in source


def levels_are_the_server_s(ingrid: Assessor) -> None:
    """What the script shows at once, with why, is what the server shows after a save."""
    shown = {
        one.id: ingrid.criterion(one).get_by_role("status").inner_text()
        for one in PLAY.rubric.criteria
    }
    ingrid.button("Save for later").click()
    ingrid.sees("Saved.")
    for one in PLAY.rubric.criteria:
        said = ingrid.criterion(one).get_by_role("status")
        expect(said).to_have_text(re.sub(r"\s+", " ", shown[one.id]))
        expect(said).to_contain_text(f"Level {level(one, TICKS[one.id])}")


def needs_a_reason(ingrid: Assessor) -> None:
    """No opportunity asks for its reason, and the review names what is missing; then as before."""
    last = PLAY.rubric.criteria[-1]
    section = ingrid.criterion(last)
    section.get_by_role("checkbox", name="There was no opportunity to see this").check()
    expect(ingrid.level(last)).to_have_text("No level")
    ingrid.review()
    ingrid.sees("1 thing is missing", f"{last.title}: Say why there was no opportunity")
    ingrid.shot("assessor 4 review missing")
    ingrid.page.get_by_role("link", name=last.title, exact=True).click()
    section.get_by_role("checkbox", name="There was no opportunity to see this").uncheck()
    ingrid.tick(last, TICKS[last.id])


def second_rates_blind(tomas: Assessor) -> None:
    """Step 3 again: nothing of the first rating is in any page that the second rater gets."""
    tomas.sign_in("Tomás Reyes")
    sources = [tomas.page.content()]
    tomas.take_next()
    sources.append(tomas.page.content())
    for one in PLAY.rubric.criteria:
        expect(tomas.level(one)).to_have_text("Open")
    tomas.tick_all(PLAY.rubric, TICKS)
    tomas.review()
    sources.append(tomas.page.content())
    assert not [source for source in sources if CANARY in source or "Ingrid" in source]
    tomas.submit()


def releases(ruth: Lead) -> None:
    """Steps 4 and 5: both agree, so the rule has settled it; the lead gives a goal and releases."""
    ruth.sign_in("Ruth Abernathy")
    ruth.open_case(PLAY.title)
    ruth.sees("Settled: passed", "Two blind ratings settle this.", CANARY)
    ruth.shot("lead 2 case settled")
    ruth.release(GOAL, HEARS, MESSAGE)
    ruth.open_case(PLAY.title)
    ruth.shot("lead 4 case released")


def reads_feedback(amara: Trainee) -> None:
    """Step 5: the trainee reads the result and may try again."""
    amara.open_unit(PLAY.title)
    amara.sees("Passed", MESSAGE, GOAL, CANARY, QUOTE, "Seen by A, B", "Developing")
    source = amara.page.content()
    assert "Ingrid" not in source.replace(CANARY, "")
    assert "Tomás" not in source
    amara.shot("trainee feedback")
    amara.button("Do this scene again").click()
    amara.begin()
    expect(amara.reply()).to_have_value("")


def audits(farid: Auditor, folder: Path) -> Path:
    """Step 7: the auditor searches, opens a record with its proof, and takes a pack along."""
    farid.sign_in("Farid Haddad")
    farid.sees("You read for Example Certification Board", "Amara Okonkwo")
    farid.shot("auditor 1 records")
    farid.open_oldest("Rating")
    farid.sees(CANARY, "What this proves", "Commitment")
    expect(farid.page.get_by_role("link", name="Download the proof")).to_be_visible()
    farid.shot("auditor 2 record")
    return farid.download_pack(folder)


def sees_who_read(amara: Trainee) -> None:
    """Step 7: the trainee sees who read what, and where the competencies stand."""
    amara.go("/")
    amara.open_my_record()
    readers = amara.page.get_by_role("region", name="Who has read it")
    for how in ("opened", "taken along in a pack"):
        entry = readers.locator("li, tr").filter(has_text=BOARD).filter(has_text="Rating")
        expect(entry.filter(has_text=re.compile(how, re.IGNORECASE)).first).to_be_visible()
    amara.sees("Developing")
    amara.shot("trainee my record read")


def verifies_elsewhere(pack: Path, key: str, old: Path) -> None:
    """On another machine all holds with the key, also since the old checkpoint; without it, 3."""
    whole = packs.verify(pack, "--key", key)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert re.search(r"opened (\d+) of \1, withheld 0, erased 0", whole.stdout), whole.stdout
    assert "What is in this pack holds." in whole.stdout
    without = packs.verify(pack)
    assert without.returncode == 3, without.stdout + without.stderr
    assert "compare it with the one you were given" in without.stdout
    since = packs.verify(pack, "--key", key, "--since", str(old))
    assert since.returncode == 0, since.stdout + since.stderr
    assert "since: continues the earlier checkpoint" in since.stdout


def shows_tampering(pack: Path, key: str) -> None:
    """One byte changed, or one record left out: 1, and the entry or the gap is named."""
    lines = packs.records(pack)
    place = next(n for n, line in enumerate(lines) if CANARY.encode() in line)
    index = lines[place].split(b" ", 1)[0].decode()
    changed = [*lines]
    changed[place] = lines[place].replace(CANARY.encode(), CANARY.replace("4711", "4712").encode())
    altered = packs.verify(packs.with_records(pack, "altered.zip", changed), "--key", key)
    assert altered.returncode == 1, altered.stdout
    assert f"problem: entry {index}:" in altered.stdout
    left_out = packs.with_records(pack, "left-out.zip", lines[:place] + lines[place + 1 :])
    missing = packs.verify(left_out, "--key", key)
    assert missing.returncode == 1, missing.stdout
    assert re.search(r"problem: subject urn:uuid:\S+: record \d of \d is missing", missing.stdout)
