"""What a trainee types is never lost, whatever they press next and however slow the line is."""

from collections.abc import Callable

from course_text import role_play
from people import Trainee
from playwright.sync_api import Page, Route, expect
from sites import Site

PLAY = role_play("back-to-drinking")
TYPED = "Thank you for telling me. You are as welcome as you were"
OpenPage = Callable[..., Page]


def begun(site: Site, page: Page, name: str) -> Trainee:
    """A trainee in front of the other person's first line."""
    trainee = Trainee(page, site)
    trainee.sign_in(name)
    trainee.open_unit(PLAY.title)
    trainee.begin()
    expect(trainee.heading("Have the conversation")).to_be_visible()
    return trainee


def test_changing_to_a_partner_keeps_what_was_typed(site: Site, open_page: OpenPage) -> None:
    """A reply that was typed and not said is still there after a look at the other way to do it."""
    amara = begun(site, open_page(), "Amara Okonkwo")
    amara.reply().fill(TYPED)
    amara.next("Do it with a partner instead")
    amara.next("Write it instead")
    expect(amara.reply()).to_have_value(TYPED)


def test_a_click_while_the_draft_is_kept_counts(site: Site, open_page: OpenPage) -> None:
    """On a slow line a press on “Say it” during an autosave says it, once that is through."""
    luis = begun(site, open_page(), "Luis Herrera Vega")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    luis.page.route("**/keep*", hold)
    luis.reply().fill(TYPED)
    expect(luis.page.locator("[data-px-root]")).to_have_attribute("aria-busy", "true")
    luis.button("Say it").click()
    held[0].continue_()
    expect(luis.page.locator(".px-talk__turn--mine")).to_have_count(1)
