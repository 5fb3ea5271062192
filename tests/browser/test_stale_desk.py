"""One rating in two windows: the older one asks how to go on, and no word is lost either way."""

from collections.abc import Callable

import layout
import pytest
import shots
from course_text import role_play
from listening import is_saved
from people import Assessor, Trainee
from playwright.sync_api import Locator, Page, expect
from sites import Site

PLAY = role_play("nothing-i-am-good-at")
NEWER, OLDER, SINCE = "Noted at the desk.", "Noted on the train.", " And at the station."
OpenPage = Callable[..., Page]


@pytest.fixture
def two(site: Site, open_page: OpenPage, request: pytest.FixtureRequest) -> tuple[Page, Page]:
    """An older and a newer page of one desk; each wrote, the newer one first."""
    trainee = Trainee(open_page(), site, hurries=True)
    trainee.sign_in(request.param)
    trainee.role_play(PLAY, "Me: Stay.\n\nMe: I'm Toni.")
    older = Assessor(open_page(), site, hurries=True)
    older.sign_in("Ingrid Solberg")
    older.take_next()
    newer = older.page.context.new_page()
    newer.goto(older.page.url)
    comment(newer).fill(NEWER)
    is_saved(newer)
    comment(older.page).fill(OLDER)
    expect(notice(older.page)).to_be_visible()
    expect(notice(older.page)).to_be_in_viewport()
    return older.page, newer


def comment(page: Page) -> Locator:
    """Where one writes about the whole performance."""
    whole = page.get_by_role("region", name="The whole performance")
    return whole.get_by_label("Comment for the trainee")


def notice(page: Page) -> Locator:
    """What says that there is a newer draft, with two ways on."""
    return page.get_by_role("alert").filter(has_text="saved in another window")


@pytest.mark.parametrize("two", ["Amara Okonkwo"], indirect=True)
def test_keeping_mine_saves_again_and_the_other_stays_readable(two: tuple[Page, Page]) -> None:
    """The older page's words become the draft; saving goes on; the newer words are below."""
    page, _newer = two
    comment(page).press_sequentially(SINCE)
    page.get_by_role("button", name="Review and submit").click()
    mine = page.get_by_role("button", name="Keep working on mine")
    expect(mine).to_be_focused()
    shots.take(page, "assessor desk stale")
    layout.fits(page, layout.PHONE)
    mine.press("Enter")
    expect(notice(page)).to_be_hidden()
    is_saved(page)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        comment(page).press_sequentially(" More.")
    is_saved(page)
    page.reload()
    expect(comment(page)).to_have_value(OLDER + SINCE + " More.")
    page.get_by_text("came too late and").click()
    expect(page.get_by_text(NEWER)).to_be_visible()


@pytest.mark.parametrize("two", ["Luis Herrera Vega"], indirect=True)
def test_loading_the_newer_one_keeps_what_was_typed_here(two: tuple[Page, Page]) -> None:
    """What was typed after the refusal too; without a line nothing is loaded."""
    page, _newer = two
    comment(page).press_sequentially(SINCE)
    load = page.get_by_role("button", name="Load the newer one")
    page.context.set_offline(True)
    load.click()
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved yet")
    expect(comment(page)).to_have_value(OLDER + SINCE)
    page.context.set_offline(False)
    load.click()
    expect(comment(page)).to_have_value(NEWER)
    page.get_by_text("came too late and").click()
    expect(page.get_by_text(OLDER + SINCE)).to_be_visible()
    comment(page).press_sequentially(" And on.")
    is_saved(page)
