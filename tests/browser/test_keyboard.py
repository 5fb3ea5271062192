"""The trainee's role play and the rating desk without a mouse."""

import re
from collections.abc import Callable

import keyboard
import pytest
from course_text import lessons, level, role_play, ticks_of
from people import Assessor, Trainee
from playwright.sync_api import Page, expect
from sites import Site

PLAY, ANOTHER = role_play("nothing-i-am-good-at"), role_play("back-to-drinking")
TICKS = ticks_of("nothing-i-am-good-at-strong")
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def handed_in(site: Site, opened: OpenPage) -> None:
    """A performance that waits to be rated, and another after it."""
    amara = Trainee(opened(), site)
    amara.sign_in("Amara Okonkwo")
    amara.role_play(PLAY, "Me: Stay.\n\nMe: I'm Toni.")
    amara.role_play(ANOTHER, "Me: You came.\n\nMe: I'm here.")


def test_a_role_play_by_keys_alone(site: Site, open_page: OpenPage) -> None:
    """From signing in to handing in: the focus shows at every stop and survives every swap."""
    page = open_page()
    luis = Trainee(page, site)
    page.goto(site.url)
    keyboard.press(page, page.get_by_role("button", name="Luis Herrera Vega"))
    main = page.get_by_role("main")
    unit = page.locator("a.px-unit", has=page.get_by_text(PLAY.title, exact=True))
    keyboard.press(page, page.locator("details.px-chapter", has=unit).locator("summary"))
    keyboard.press(page, unit)
    keyboard.press(page, luis.button("Continue to the scene"))
    lands_on(page, "The scene")
    keyboard.press(page, page.get_by_role("button", name="Write it"), "Space")
    lands_on(page, "Have the conversation")
    keyboard.write(page, luis.reply(), "I'm Luis. Would you like company?")
    keyboard.press(page, luis.button("Say it"))
    expect(page.locator(".px-talk__turn--mine")).to_have_count(1)
    expect(luis.reply()).to_be_focused()
    expect(luis.reply()).to_be_in_viewport()
    keyboard.look(page)
    keyboard.write(page, luis.reply(), "I'll leave you to your coffee.")
    keyboard.press(page, luis.button("End here and look back"))
    lands_on(page, "Look back")
    keyboard.write(page, main.get_by_role("textbox").first, "I said my name.")
    keyboard.press(page, luis.button("Next: hand in"))
    lands_on(page, "Look it over and hand it in")
    board = page.get_by_role("checkbox", name="Example Certification Board")
    keyboard.press(page, board, "Space")
    expect(board).to_be_checked()
    keyboard.press(page, luis.button("Hand in"))
    lands_on(page, "It is handed in. Thank you.")


def test_a_knowledge_check_by_keys_alone(site: Site, open_page: OpenPage) -> None:
    """Arrows choose, Enter sends, and the focus stays in the check that was answered."""
    page = open_page()
    luis = Trainee(page, site)
    luis.sign_in("Luis Herrera Vega")
    lesson = lessons()[0]
    luis.open_unit(lesson.title)
    section = luis.check(lesson, lesson.checks[0])
    first = section.get_by_role("radio").first
    keyboard.press(page, first, "Space")
    page.keyboard.press("ArrowDown")
    expect(section.get_by_role("radio").nth(1)).to_be_checked()
    keyboard.press(page, section.get_by_role("button", name="See feedback"))
    verdict = section.locator("[data-px-focus]")
    expect(verdict).to_be_focused()
    expect(verdict).to_be_in_viewport()
    page.keyboard.press("Tab")
    keyboard.look(page)
    expect(page.get_by_role("status").filter(has_text="Read the feedback.")).to_be_visible()


@pytest.mark.usefixtures("handed_in")
def test_a_rating_by_keys_alone(site: Site, open_page: OpenPage) -> None:
    """Next, ticks by Space and by number, n to the next criterion, review, submit."""
    page = open_page()
    ingrid = Assessor(page, site)
    ingrid.sign_in("Ingrid Solberg")
    keyboard.press(page, page.get_by_role("button", name="Next performance"))
    first, second, *others = PLAY.rubric.criteria
    for behaviour in first.behaviours:
        if behaviour.id in TICKS[first.id]:
            name = behaviour.text
            box = ingrid.criterion(first).get_by_role("checkbox", name=name, exact=True)
            keyboard.press(page, box, "Space")
    expect(ingrid.level(first)).to_have_text(f"Level {level(first, TICKS[first.id])}")
    for before, criterion in zip((first, second, *others), (second, *others), strict=False):
        assert keyboard.is_focused(ingrid.criterion(before)) or before == first
        page.keyboard.press("n")
        expect(ingrid.criterion(criterion)).to_be_focused()
        for number, behaviour in enumerate(criterion.behaviours, 1):
            if behaviour.id in TICKS[criterion.id]:
                page.keyboard.press(str(number))
        expect(ingrid.level(criterion)).to_have_text(
            f"Level {level(criterion, TICKS[criterion.id])}"
        )
    keyboard.press(page, ingrid.button("Review and submit"))
    expect(ingrid.heading("Review your rating")).to_be_visible()
    expect(ingrid.button("Submit the rating")).to_be_in_viewport()
    keyboard.press(page, ingrid.button("Submit the rating"))
    ingrid.sees("Thank you. Your rating is recorded")
    expect(ingrid.button(re.compile("Next performance"))).to_be_focused()
    expect(page.get_by_text("Thank you. Your rating is recorded")).to_be_in_viewport()


def lands_on(page: Page, title: str) -> None:
    """After a swap the focus is on the new step's heading, inside the window."""
    heading = page.get_by_role("heading", name=title, exact=True)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
