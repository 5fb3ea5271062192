"""What somebody does with a recording in a page: the player, and its list of moments."""

import re

from playwright.sync_api import Locator, Page, expect

READY = "player => player.readyState > 0 && player.duration > 5 && player.duration < 1e6"


def player(page: Page) -> Locator:
    """The recording, once the page is awake and the browser knows how long it is."""
    expect(page.get_by_role("group", name="Player")).to_be_visible()
    found = page.locator("[data-player]")
    page.wait_for_function(READY, arg=found.element_handle())
    return found


def now(page: Page) -> float:
    """Where the recording stands, in seconds."""
    return float(player(page).evaluate("player => player.currentTime"))


def plays(page: Page, *, yes: bool = True) -> None:
    """The recording plays, or stands still."""
    expect(page.get_by_role("button", name="Pause" if yes else "Play", exact=True)).to_be_visible()
    assert player(page).evaluate("player => player.paused") is not yes


def goes_to(page: Page, seconds: float) -> None:
    """Put the recording at a moment, standing still."""
    player(page).evaluate("(player, at) => { player.pause(); player.currentTime = at; }", seconds)
    expect(page.locator("[data-pin-time]")).to_have_text(f"0:{int(seconds):02}")


def moments(page: Page) -> Locator:
    """The list of pins and markers."""
    return page.get_by_role("region", name="Pins and markers").get_by_role("listitem")


def is_saved(page: Page) -> None:
    """The draft is kept, with all that was changed."""
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved"))
