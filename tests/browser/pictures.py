"""Makes the pictures of the README anew, from a site of its own.

python tests/browser/pictures.py [FOLDER]
"""

import os
import sys
import tempfile
from pathlib import Path

from chromium import installed
from course_text import performed, role_play, ticks_of
from people import Assessor, Auditor, Lead, Trainee
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sites import Site, running

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PLAY = role_play("nothing-i-am-good-at")
WRITTEN = performed("nothing-i-am-good-at-strong")
TICKS = ticks_of("nothing-i-am-good-at-strong")
HEARS = next(one for one in PLAY.rubric.criteria if one.id == "hears")
REPLIES = [turn[4:] for turn in WRITTEN.split("\n\n") if turn.startswith("Me: ")]
AT_THE_BOTTOM = "one => { one.scrollIntoView({block: 'end'}); scrollBy(0, 8); }"


def page(browser: Browser, width: int, height: int, sharpness: float = 1) -> Page:
    """A window of this size in a profile of its own."""
    size = {"width": width, "height": height}
    return browser.new_context(viewport=size, device_scale_factor=sharpness).new_page()


def trainee(browser: Browser, site: Site, folder: Path) -> Trainee:
    """A phone in the middle of the conversation; then all is said and handed in."""
    phone = Trainee(page(browser, 390, 844, 1.5), site)
    phone.sign_in("Amara Okonkwo")
    phone.open_unit(PLAY.title)
    phone.begin()
    for number, reply in enumerate(REPLIES[:3], 1):
        phone.say(reply)
        expect(phone.page.locator(".px-talk__turn--mine")).to_have_count(number)
    phone.reply().fill(REPLIES[3][:75])
    phone.page.mouse.move(5, 5)
    phone.button("Say it").evaluate(AT_THE_BOTTOM)
    phone.page.screenshot(path=folder / "trainee-role-play-phone.png")
    for number, reply in enumerate(REPLIES[3:], 4):
        phone.say(reply)
        expect(phone.page.locator(".px-talk__turn--mine")).to_have_count(number)
    phone.next("End here and look back")
    phone.look_back("I said back what Dana lost before anything else.")
    phone.hand_in("Example Certification Board")
    return phone


def assessors(browser: Browser, site: Site, folder: Path) -> None:
    """The desk with a criterion ticked, its level and a quote beside the performance."""
    ingrid = Assessor(page(browser, 1280, 860), site)
    ingrid.sign_in("Ingrid Solberg")
    ingrid.take_next()
    ingrid.tick_all(PLAY.rubric, TICKS)
    ingrid.quote(HEARS, "Six years, and you came back")
    ingrid.comment(HEARS, "You stayed with the loss for three turns before anything else.")
    ingrid.comment_overall("Dana led, and you followed. I liked how small your questions were.")
    ingrid.page.locator("body").click(position={"x": 5, "y": 5})
    ingrid.criterion(HEARS).get_by_label("Comment for the trainee").evaluate(AT_THE_BOTTOM)
    ingrid.page.screenshot(path=folder / "assessor-desk.png")
    ingrid.review()
    ingrid.submit()
    tomas = Assessor(page(browser, 1280, 860), site)
    tomas.sign_in("Tomás Reyes")
    tomas.rate(PLAY.rubric, TICKS, "A calm talk. The offer at the end can wait even longer.")


def feedback(phone: Trainee, browser: Browser, site: Site, folder: Path) -> None:
    """A released result, as its trainee reads it."""
    ruth = Lead(page(browser, 1280, 860), site)
    ruth.sign_in("Ruth Abernathy")
    ruth.open_case(PLAY.title)
    ruth.release(
        "When somebody names what they miss, wait one turn longer before you offer a guess.",
        HEARS,
        "You gave Dana room, and she told you about Sundays. That is the work.",
    )
    phone.page.set_viewport_size({"width": 960, "height": 960})
    phone.open_unit(PLAY.title)
    phone.page.screenshot(path=folder / "trainee-feedback.png", scale="css")


def auditor(browser: Browser, site: Site, folder: Path) -> None:
    """One record, with what proves it."""
    farid = Auditor(page(browser, 960, 1000), site)
    farid.sign_in("Farid Haddad")
    farid.open_oldest("Submission")
    farid.page.screenshot(path=folder / "auditor-record.png")


def main(folder: Path) -> None:
    """Play one performance through, and keep four views of it."""
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=arguments)
        with running(Path(place)) as site:
            phone = trainee(browser, site, folder)
            assessors(browser, site, folder)
            feedback(phone, browser, site, folder)
            auditor(browser, site, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
