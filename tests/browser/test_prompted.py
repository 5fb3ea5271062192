"""Answering prompts on a phone: lines come one by one and are spoken while the recorder runs on."""

import re
from collections.abc import Callable

import pytest
from at_the_microphone import AtTheMicrophone
from course_text import role_play
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("back-to-drinking")
OTHER = role_play("nothing-i-am-good-at")
PHONE = (390, 844)
LINES = [line.text for line in PLAY.scenario.actor.prompted_lines]
SPOKEN = """
window.spoken = [];
speechSynthesis.speak = (said) => window.spoken.push([said.text, said.lang]);
"""
"""A machine for tests has no voice; what would be said aloud is written down instead."""

OpenPage = Callable[..., Page]


class AtThePrompts(AtTheMicrophone):
    """Answers one line at a time."""

    def open_prompts(self, play) -> None:
        """Go to where the scene is performed with prompts."""
        self.open_unit(play.title)
        self.page.wait_for_load_state()
        self.begin("Answer lines aloud")
        expect(self.heading("Answer one line at a time")).to_be_visible()
        expect(self.heading("Record it here")).to_be_visible()

    def next_line(self, number: int) -> None:
        """Let the other person speak; so many lines stand on the page then."""
        self.button("Next line").click()
        expect(self.page.locator("[data-heard] > li")).to_have_count(number)

    @property
    def spoken(self) -> list[list[str]]:
        """What was said aloud, with its language."""
        return self.page.evaluate("() => window.spoken")


@pytest.fixture
def amara(site: Site, open_page: OpenPage) -> AtThePrompts:
    """A trainee with a phone."""
    page = open_page(*PHONE)
    page.context.add_init_script(SPOKEN)
    phone = AtThePrompts(page, site)
    phone.sign_in("Amara Okonkwo")
    return phone


def test_one_recording_runs_through_all_the_lines(amara: AtThePrompts) -> None:
    """Lines are heard and muted, the line drops, the page is loaded anew, and it is handed in."""
    amara.open_prompts(PLAY)
    amara.shot("prompted 1 before")
    amara.turn_on()
    amara.record(2)
    amara.next_line(1)
    amara.sees(LINES[0])
    assert amara.spoken == [[LINES[0], "en"]]
    amara.shot("prompted 2 recording")
    amara.button("Say it once more").click()
    assert len(amara.spoken) == 2
    with amara.without_a_line():
        amara.button("Next line").click()
        expect(amara.page.get_by_text("The line did not come through.")).to_be_visible()
    amara.next_line(2)
    amara.button(re.compile("^Voice")).click()
    amara.next_line(3)
    assert [text for text, _language in amara.spoken] == [LINES[0], LINES[0], LINES[1]]
    amara.talk_until(5)
    amara.stop()
    amara.shot("prompted 3 done")
    amara.use()
    amara.page.reload()
    amara.page.get_by_text("Put another recording in its place").click()
    expect(amara.page.locator("[data-heard] > li")).to_have_count(3)
    expect(amara.button(re.compile("^Voice"))).to_have_attribute("aria-pressed", "false")
    amara.shot("prompted 4 held")
    amara.next("Next: look back")
    amara.look_back("I waited longer than I wanted to.")
    amara.sees("This attempt is for practice.")
    amara.page.get_by_role("checkbox", name="Only I can be heard or seen in it").check()
    amara.hand_in()


def test_all_lines_by_keyboard(amara: AtThePrompts) -> None:
    """After the last line the focus goes on; the lines can begin anew."""
    amara.open_prompts(OTHER)
    lines = OTHER.scenario.actor.prompted_lines
    amara.button("Next line").focus()
    for number, _line in enumerate(lines, 1):
        amara.page.keyboard.press("Enter")
        expect(amara.page.locator("[data-heard] > li")).to_have_count(number)
    expect(amara.button("Next line")).to_be_hidden()
    expect(amara.button("Begin the lines anew")).to_be_focused()
    amara.shot("prompted 5 all lines")
    amara.page.keyboard.press("Enter")
    expect(amara.button("Next line")).to_be_focused()
    expect(amara.page.locator("[data-heard] > li")).to_have_count(0)


def test_without_script_lines_come_by_the_server(site: Site, open_page: OpenPage) -> None:
    """Each press is a page; a file is added in place of a recording made here."""
    luis = AtThePrompts(open_page(*PHONE, scripts=False), site, hurries=True)
    luis.sign_in("Luis Herrera Vega")
    luis.open_unit(PLAY.title)
    luis.button("Continue to the scene").click()
    luis.button(re.compile("Answer lines aloud")).click()
    for number in (1, 2):
        luis.button("Next line").click()
        expect(luis.page.locator("[data-heard] > li")).to_have_count(number)
    expect(luis.page.get_by_label("Your recording")).to_be_visible()
