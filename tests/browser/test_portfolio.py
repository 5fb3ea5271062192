"""A portfolio as a trainee looks at it: wide and narrow, by what axe finds, and as a picture."""

from collections.abc import Callable

import axe
import layout
import shots
from people import Trainee
from playwright.sync_api import Page, expect
from sites import Site

OpenPage = Callable[..., Page]


def test_a_portfolio_is_clean_fits_a_phone_and_says_what_a_profile_asks(
    site: Site, open_page: OpenPage
):
    """Choosing a profile changes its part of the page alone; nothing is wrong at either width."""
    trainee = Trainee(open_page(), site)
    trainee.sign_in("Luis Herrera Vega")
    trainee.open_unit("My portfolio")
    page = trainee.page
    axe.clean(page)
    page.get_by_label("Certification profile").select_option(
        label="California Medi-Cal Peer Support Specialist"
    )
    page.get_by_role("button", name="Show what it asks").click()
    expect(page.get_by_text("This profile asks for 80 hours.")).to_be_visible()
    axe.clean(page)
    layout.fits(page, 390)
    shots.take(page, "portfolio")
