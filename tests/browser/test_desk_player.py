"""The desk's player: its switches, a film on a phone, and a written performance beside it."""

import re
from collections.abc import Callable

import keyboard
import layout
import pytest
from course_text import role_play
from listening import is_saved, moments, player, plays
from people import Assessor, Trainee
from playwright.sync_api import Page, expect
from recorded import film
from sites import Site

PLAY, WRITTEN = role_play("back-to-drinking"), role_play("nothing-i-am-good-at")
FIRST = PLAY.rubric.criteria[0]
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def handed_in(site: Site, opened: OpenPage, tmp_path_factory: pytest.TempPathFactory) -> Trainee:
    """A film that waits to be rated, as a browser recorded it."""
    luis = Trainee(opened(), site)
    luis.sign_in("Luis Herrera Vega")
    luis.with_a_partner(PLAY, film(opened(), tmp_path_factory.mktemp("film")))
    return luis


def test_keys_can_be_switched_off(site: Site, open_page: OpenPage, handed_in: Trainee) -> None:
    """? helps and has the switch; switched off, no key acts, and the browser remembers it."""
    ingrid = Assessor(open_page(), site)
    ingrid.sign_in("Ingrid Solberg")
    ingrid.take_next()
    page = ingrid.page
    player(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys and settings")
    expect(dialog).to_be_visible()
    switch = dialog.get_by_role("checkbox", name="Single keys do something on this page")
    keyboard.press(page, switch, "Space")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.reload()
    player(page)
    for key in ("?", "k", "p", "n", "m", "1"):
        page.keyboard.press(key)
    expect(dialog).to_be_hidden()
    expect(moments(page)).to_have_count(0)
    plays(page, yes=False)
    keyboard.press(page, ingrid.button("Keys and settings"))
    expect(switch).not_to_be_checked()
    switch.check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("m")
    expect(moments(page)).to_have_count(1)
    is_saved(page)


def test_the_pause_while_writing_can_be_switched_off(
    site: Site, open_page: OpenPage, handed_in: Trainee
) -> None:
    """Who likes to listen on while writing says so once."""
    tomas = Assessor(open_page(), site)
    tomas.sign_in("Tomás Reyes")
    tomas.take_next()
    page = tomas.page
    player(page)
    tomas.button("Keys and settings").click()
    page.get_by_role("checkbox", name="The recording pauses while I write").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    player(page)
    page.keyboard.press("k")
    tomas.criterion(FIRST).get_by_label("Comment for the trainee").press_sequentially("Warm.")
    plays(page)
    page.get_by_role("button", name="Pause", exact=True).click()


def test_a_film_stays_above_the_rubric_on_a_phone(
    site: Site, open_page: OpenPage, handed_in: Trainee
) -> None:
    """Scrolled into the rubric, the player is in view, and what one is at lies under nothing."""
    ingrid = Assessor(open_page(layout.PHONE, 844), site)
    ingrid.sign_in("Ingrid Solberg")
    ingrid.go("/peer_xblocks/assess/")
    ingrid.page.get_by_role("link", name="Go on rating").click()
    page = ingrid.page
    film_ = player(page)
    for criterion in PLAY.rubric.criteria:
        page.keyboard.press("n")
        expect(ingrid.criterion(criterion)).to_be_focused()
        expect(film_).to_be_in_viewport(ratio=1)
        expect(ingrid.criterion(criterion).get_by_role("heading")).to_be_in_viewport(ratio=1)
        for _ in range(4):
            page.keyboard.press("Tab")
            keyboard.look(page)
    page.get_by_role("button", name=re.compile(f"^Pin 0:0. to {len(PLAY.rubric.criteria)}")).click()
    expect(film_).to_be_in_viewport(ratio=1)
    keyboard.look(page)
    expect(page.locator("[data-rail] button")).to_have_count(2)
    layout.fits(page, layout.PHONE)


def test_quotes_of_a_written_performance(site: Site, open_page: OpenPage) -> None:
    """p takes the selected words; their line leads to the criterion, and the row to the line."""
    amara = Trainee(open_page(), site)
    amara.sign_in("Amara Okonkwo")
    amara.role_play(WRITTEN, "Me: Stay, please.\n\nMe: I'm Toni.")
    ruth = Assessor(open_page(), site)
    ruth.sign_in("Ruth Abernathy")
    ruth.take_next()
    opens = WRITTEN.rubric.criteria[0]
    ruth.page.wait_for_load_state()
    ruth.page.keyboard.press("n")
    line = ruth.page.locator(".px-line").filter(has_text="Stay, please.")
    line.click(click_count=3)
    ruth.page.keyboard.press("p")
    section = ruth.criterion(opens)
    words = section.get_by_role("textbox", name="What was said or done").first
    expect(words).to_have_value(re.compile("Stay, please."))
    line.get_by_role("link", name="1").click()
    expect(section).to_be_focused()
    section.get_by_role("button", name="Find").first.click()
    expect(line).to_be_focused()
    ruth.shot("assessor 8 desk quotes")
