"""More time is asked for and granted; a scene is left for another."""

import re
from collections.abc import Callable

from course_text import role_play
from people import Person, Trainee
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("back-to-drinking")
OTHER = role_play("rounds-at-two")
PHONE = (390, 844)

OpenPage = Callable[..., Page]


def test_more_time_is_asked_for_and_granted(site: Site, open_page: OpenPage) -> None:
    """One press by the trainee, one by a lead; the trainee reads what they have."""
    amara = Trainee(open_page(*PHONE), site)
    amara.sign_in("Amara Okonkwo")
    amara.page.get_by_role("link", name="My record").click()
    amara.page.get_by_role("link", name=re.compile("Notes, signs, writing")).click()
    amara.shot("more time 1 own")
    amara.button("Ask for more time").click()
    amara.sees("You asked for more time")
    ruth = Person(open_page(), site)
    ruth.sign_in("Ruth Abernathy")
    ruth.go("/peer_xblocks/lead/")
    ruth.page.get_by_role("link", name="More time (1 asks)").click()
    ruth.shot("more time 2 lead")
    ruth.button(re.compile("^50 % more.*Amara Okonkwo")).click()
    ruth.sees("50 % more, by Ruth Abernathy")
    ruth.shot("more time 3 granted")
    amara.page.reload()
    amara.sees("a recording of yours may last 45 minutes")
    amara.shot("more time 4 own granted")


def test_a_scene_is_left_for_another_by_keyboard(site: Site, open_page: OpenPage) -> None:
    """The list opens, the link leads to the other scene, and the first one is as it was."""
    luis = Trainee(open_page(*PHONE), site)
    luis.sign_in("Luis Herrera Vega")
    luis.open_unit(PLAY.title)
    luis.page.get_by_text("Choose another scene", exact=True).focus()
    luis.page.keyboard.press("Enter")
    link = luis.page.get_by_role("main").get_by_role("link", name=OTHER.title)
    expect(link).to_be_visible()
    luis.shot("another scene")
    link.focus()
    luis.page.keyboard.press("Enter")
    expect(luis.page.get_by_role("heading", level=1, name=OTHER.title)).to_be_visible()
    expect(luis.heading("Before you begin")).to_be_visible()
    luis.open_unit(PLAY.title)
    expect(luis.heading("Before you begin")).to_be_visible()
