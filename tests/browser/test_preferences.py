"""What people set in their system or browser is honored: less motion, own colors, a language."""

from collections.abc import Callable, Iterator

import invented
import pytest
from at_the_microphone import AtTheMicrophone
from course_text import role_play
from people import Person
from playwright.sync_api import Page, expect
from sites import Site, running

PLAY = role_play("what-counts-here")
OpenPage = Callable[..., Page]
MOVES = """() => document.getAnimations().filter((one) => one.playState === "running").length"""
SEEN = """(one) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that speaks English and the invented language."""
    folder = tmp_path_factory.mktemp("site")
    invented.write(folder / "locale")
    with running(folder, PEER_XBLOCKS_LOCALE=str(folder / "locale")) as started:
        yield started


def test_who_wants_less_motion_gets_none(site: Site, open_page: OpenPage) -> None:
    """The light of the recorder blinks, and stands still for who asked for less motion."""
    amara = AtTheMicrophone(open_page(), site)
    amara.sign_in("Amara Okonkwo")
    amara.open_recorder(PLAY)
    amara.turn_on()
    amara.record(1)
    assert amara.page.evaluate(MOVES) > 0
    amara.page.emulate_media(reduced_motion="reduce")
    assert amara.page.evaluate(MOVES) == 0


def test_own_colors_keep_what_a_background_said(site: Site, open_page: OpenPage) -> None:
    """Where a system puts its own colors, the current place and a choice have a line of theirs."""
    luis = Person(open_page(), site)
    luis.sign_in("Luis Herrera Vega")
    current = luis.page.locator(".px-nav [aria-current]")
    assert not current.evaluate(SEEN)
    luis.page.emulate_media(forced_colors="active")
    assert current.evaluate(SEEN)
    luis.page.keyboard.press("Tab")
    assert luis.page.evaluate_handle("document.activeElement").evaluate(SEEN)


def test_a_language_is_chosen_and_kept(site: Site, open_page: OpenPage) -> None:
    """A button in the footer, without script; the page stays, and so does the choice."""
    page = open_page(scripts=False)
    wen = Person(page, site)
    wen.sign_in("Wen Zhao")
    wen.go("/peer_xblocks/ties/pss-2026/")
    footer = page.get_by_role("contentinfo")
    expect(footer.get_by_role("button", name="English")).to_have_attribute("aria-current", "true")
    footer.get_by_role("button", name="עברית").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url.endswith("/peer_xblocks/ties/pss-2026/")
    expect(page.get_by_role("heading", level=1)).to_have_text(invented.invented("People I know"))
    wen.go("/course/")
    expect(page.locator("html")).to_have_attribute("lang", invented.CODE)
    expect(page.get_by_role("main").locator("h1")).to_have_attribute("lang", "en")
    page.get_by_role("contentinfo").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("main").locator("h1")).not_to_have_attribute("lang", "en")
