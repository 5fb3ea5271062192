"""A second attempt: goals carried along, rating oneself by keys, both compared after release."""

import re
from collections.abc import Callable

import keyboard
from course_text import performed, role_play, ticks_of
from people import Assessor, Lead, Trainee
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("nothing-i-am-good-at")
STRONG = ticks_of("nothing-i-am-good-at-strong")
TEXT = performed("nothing-i-am-good-at-strong")
FIRST = PLAY.rubric.criteria[0]
GOAL = "Leave a pause after a hard sentence."
NOTE = "I counted to five, and then she went on."
OpenPage = Callable[..., Page]


def rate_and_release(site: Site, open_page: OpenPage) -> None:
    """Two assessors see the same; the lead releases it with one goal."""
    for name in ("Ingrid Solberg", "Tomás Reyes"):
        assessor = Assessor(open_page(), site)
        assessor.sign_in(name)
        assessor.rate(PLAY.rubric, STRONG)
    ruth = Lead(open_page(), site)
    ruth.sign_in("Ruth Abernathy")
    ruth.open_case(PLAY.title)
    ruth.release(GOAL, FIRST, "Well begun.")


def test_a_second_attempt(site: Site, open_page: OpenPage) -> None:
    """From the first result, by goals and own ticks, to where she and the raters differ."""
    amara = Trainee(open_page(), site)
    amara.sign_in("Amara Okonkwo")
    amara.role_play(PLAY, TEXT)
    rate_and_release(site, open_page)

    amara.open_unit(PLAY.title)
    amara.sees("Your attempts at this scene", "Attempt 1", "Read the feedback", GOAL)
    amara.shot("trainee attempt 1 result with history")
    amara.button("Do this scene again").click()
    amara.button("Continue to the scene").click()
    expect(amara.heading("What you wanted to try")).to_be_visible()
    amara.sees(GOAL)
    amara.shot("trainee attempt 2 brief with goals")
    amara.page.get_by_role("button", name="Write it").click()
    amara.sees(GOAL)
    amara.perform_in_writing(TEXT)
    amara.page.get_by_label("How did it go with this goal?").fill(NOTE)
    amara.shot("trainee attempt 2 look back with goal")
    amara.next("Next: hand in")
    amara.shot("trainee attempt 2 before rating oneself")
    rates_herself(amara)
    amara.button("Hand in").click()
    expect(amara.heading("It is handed in. Thank you.")).to_be_visible()
    amara.sees("Attempt 2", NOTE)
    amara.shot("trainee attempt 2 waiting with history")

    rate_and_release(site, open_page)
    amara.open_unit(PLAY.title)
    expect(amara.heading("Where you and the raters agree and differ")).to_be_visible()
    amara.sees("You ticked, and no rater", "The raters ticked, and you did not", NOTE)
    amara.shot("trainee attempt 2 compared")
    amara.page.get_by_role("link", name=re.compile("Read the feedback.*attempt 1")).click()
    amara.sees("Your attempts at this scene", GOAL)
    amara.shot("trainee attempt 1 result page")


def rates_herself(amara: Trainee) -> None:
    """By keys alone: ticks, the level at once, back after a reload, and on to handing in."""
    page = amara.page
    keyboard.press(page, amara.button("Rate yourself"))
    expect(amara.heading("Rate yourself")).to_be_focused()
    section = page.get_by_role("region", name=FIRST.title)
    level = section.locator("[data-level]")
    expect(level).to_have_text("Open")
    harmful = next(one for one in FIRST.behaviours if one.kind == "harmful")
    basic = next(one for one in FIRST.behaviours if one.kind == "basic")
    for behaviour, expected in ((basic, "Level 2"), (harmful, "Level 1")):
        box = section.get_by_role("checkbox", name=behaviour.text, exact=True)
        keyboard.press(page, box, "Space")
        expect(box).to_be_checked()
        expect(level).to_have_text(expected)
    amara.sees("Something harmful is ticked.")
    expect(page.get_by_text("for you alone.").first).to_be_visible()  # kept by itself
    amara.shot("trainee attempt 2 rating oneself")
    page.reload()
    amara.sees("stays as it is")
    amara.shot("trainee attempt 2 after looking at the list")
    keyboard.press(page, amara.button("Go on rating yourself"))
    expect(section.get_by_role("checkbox", name=harmful.text, exact=True)).to_be_checked()
    keyboard.press(page, amara.button("Keep this and go on to handing in"))
    expect(amara.heading("Look it over and hand it in")).to_be_focused()


def test_rating_oneself_without_script(site: Site, open_page: OpenPage) -> None:
    """The list works as a plain form: the levels are there after saving."""
    luis = Trainee(open_page(scripts=False), site, hurries=True)
    luis.sign_in("Luis Herrera Vega")
    luis.open_unit(PLAY.title)
    luis.button("Continue to the scene").click()
    luis.page.get_by_role("button", name="Write it").click()
    luis.page.get_by_label("What do you say?").fill("Would you like company?")
    luis.button("Say it").click()
    luis.button("End here and look back").click()
    luis.button("Next: hand in").click()
    luis.button("Rate yourself").click()
    section = luis.page.get_by_role("region", name=FIRST.title)
    for behaviour in FIRST.of_kind("basic"):
        section.get_by_role("checkbox", name=behaviour.text, exact=True).check()
    luis.button("Keep it and show the levels").click()
    expect(section.locator("[data-level]")).to_have_text("Level 3")
