"""A trainee on a phone and a partner without an account: link, consent, card, recording, tick. And
a performance that is watched in the room.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from at_the_microphone import AtTheMicrophone
from course_text import role_play
from people import Assessor, Lead, Person
from playwright.sync_api import Page, expect
from sites import Site

PLAY = role_play("nothing-i-am-good-at")
ROOM = role_play("one-voice-fills-the-room")
PHONE = (390, 844)
OpenPage = Callable[..., Page]


class Partner(Person):
    """Somebody with nothing but a link."""

    def agrees(self, code: str) -> None:
        """Read what this is, give a code, tick, and see the card."""
        self.sees("What this is", "Before you begin")
        self.page.get_by_label("Your initials, or a code").fill(code)
        self.page.get_by_role("checkbox", name=re.compile("^I agree to being")).check()
        self.button("I agree: show me the card").click()
        expect(self.heading(f"You are {PLAY.scenario.actor.name}")).to_be_visible()


@pytest.fixture
def amara(site: Site, open_page: OpenPage) -> AtTheMicrophone:
    """A trainee on a phone, signed in."""
    one = AtTheMicrophone(open_page(*PHONE), site)
    one.sign_in("Amara Okonkwo")
    return one


@pytest.fixture
def robin(site: Site, open_page: OpenPage) -> Partner:
    """A partner on another phone, without an account."""
    return Partner(open_page(*PHONE), site)


def make_link(trainee: Person) -> str:
    """Make the link; the address that the page shows once."""
    trainee.button("Make the link for my partner").click()
    field = trainee.page.get_by_label("The link for your partner")
    expect(field).to_be_focused()
    return field.input_value()


def test_a_partner_by_a_link(amara: AtTheMicrophone, robin: Partner) -> None:
    """They agree before anything is recorded, see the card, and say that they kept to it."""
    amara.open_recorder(PLAY)
    amara.shot("partner 1 no link yet")
    link = make_link(amara)
    amara.shot("partner 2 link made")
    copies(amara, link)
    robin.page.goto(link)
    robin.shot("partner 3 asked")
    answers_badly_and_loses_nothing(robin)
    robin.agrees("R. M.")
    robin.sees(PLAY.scenario.actor.stop_word, PLAY.scenario.actor.opening_line)
    robin.shot("partner 4 card")
    amara.turn_on()
    amara.record(2)
    looks_again_while_recording(amara)
    amara.stop()
    amara.use()
    robin.button("Yes, I kept to the card").click()
    robin.sees("Thank you. That is noted.", "Step out of the scene")
    robin.shot("partner 5 out of the scene")
    hands_in(amara)
    robin.page.reload()
    robin.sees("This link shows nothing now")
    robin.shot("partner 6 gone")


def copies(amara: AtTheMicrophone, link: str) -> None:
    """One press copies it."""
    amara.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    amara.button("Copy the link").click()
    expect(amara.page.locator("[data-shared]")).to_have_text("Copied.")
    assert amara.page.evaluate("navigator.clipboard.readText()") == link


def answers_badly_and_loses_nothing(robin: Partner) -> None:
    """Without the tick there is a sentence, and the code still stands."""
    robin.page.get_by_label("Your initials, or a code").fill("R. M.")
    robin.button("I agree: show me the card").click()
    robin.sees("Tick this if you agree, or choose not to.")
    expect(robin.page.get_by_label("Your initials, or a code")).to_have_value("R. M.")


def looks_again_while_recording(amara: AtTheMicrophone) -> None:
    """The panel is told anew; the clock of the recorder goes on."""
    amara.button("Look again").click()
    amara.sees("R. M. agreed on")
    amara.talk_until(4)


def hands_in(amara: AtTheMicrophone) -> None:
    """Who agreed stands there; no code is asked for."""
    amara.next("Next: look back")
    amara.look_back("I waited longer than I wanted to.")
    amara.sees("R. M. agreed on", "They say that they kept to the card.")
    expect(amara.page.get_by_label("Your partner, by initials")).to_have_count(0)
    amara.page.get_by_role("checkbox", name="Nobody else can be heard or seen").check()
    amara.hand_in()


def test_the_address_goes_nowhere(site: Site, open_page: OpenPage, robin: Partner) -> None:
    """No request carries it as a referrer, no cookie is set, and one's own link shows no card."""
    luis = AtTheMicrophone(open_page(), site)
    luis.sign_in("Luis Herrera")
    luis.open_recorder(PLAY)
    link = make_link(luis)
    told: list[Any] = []
    robin.page.on("request", lambda one: told.append(one.headers.get("referer")))
    robin.page.goto(link)
    robin.agrees("R.")
    assert not any(told)
    assert not robin.page.context.cookies()
    luis.page.goto(link)
    luis.sees("This one is for your partner")
    assert PLAY.scenario.actor.opening_line not in luis.page.content()
    luis.shot("partner 7 own link")
    robin.page.get_by_text("I take back that I agreed").click()
    robin.button("Take it back").click()
    robin.sees("Thank you for saying so. You need no reason.")
    robin.shot("partner 8 taken back")
    luis.page.go_back()
    luis.page.reload()
    luis.sees("Your partner would rather not.")
    luis.shot("partner 9 declined")


def test_watched_in_the_room(site: Site, open_page: OpenPage) -> None:
    """A code to say aloud; the queue says where it was; only who knows the code opens the desk."""
    luis = AtTheMicrophone(open_page(*PHONE), site)
    luis.sign_in("Luis Herrera")
    luis.open_unit(ROOM.title)
    luis.begin("Perform it in the room")
    code = luis.page.locator(".px-stopword").inner_text()
    assert re.fullmatch("[A-Z0-9]{5}", code)
    luis.page.get_by_label("When and where it was watched").fill("Tuesday at ten, room 4")
    luis.shot("observed 1 in the room")
    luis.next("Next: look back")
    luis.look_back("I forgot my own name for a moment.")
    luis.page.get_by_label("Your partner, by initials").fill("R.")
    luis.page.get_by_role("checkbox", name="Everyone who was there agreed").check()
    luis.hand_in()
    keeps_the_seats(Lead(open_page(), site))
    was_there(Assessor(open_page(), site), code)


def keeps_the_seats(ruth: Lead) -> None:
    """The lead sees when and where it was, and no name of a trainee."""
    ruth.sign_in("Ruth")
    ruth.go("/peer_xblocks/lead/progress/pss-2026/")
    ruth.sees("observed live (Tuesday at ten, room 4): keep its seats for two who were there")
    ruth.shot("observed 2 lead")
    case = ruth.page.locator("li.px-card").filter(has_text="observed live")
    case.get_by_role("link", name=re.compile("^Keep for somebody")).first.click()
    ruth.page.get_by_role("radio", name="Ingrid Solberg").check()
    ruth.button("Keep it for them").click()
    ruth.sees("Ingrid Solberg")


def was_there(ingrid: Assessor, code: str) -> None:
    """The question first; a wrong code is refused; then the desk as always."""
    ingrid.sign_in("Ingrid Solberg")
    ingrid.go("/peer_xblocks/assess/")
    ingrid.sees("Observed live (Tuesday at ten, room 4)")
    ingrid.shot("observed 3 queue")
    ingrid.button(re.compile("Next performance")).click()
    ingrid.sees("This one was watched in the room")
    ingrid.page.get_by_label("The code that was said before it began").fill("QQQQQ")
    ingrid.page.get_by_label("When and where you watched it").fill("22 November, room 4")
    ingrid.page.get_by_role("checkbox", name="I watched this performance live").check()
    ingrid.button("Go on to the rating").click()
    ingrid.sees("This is not the code of the performance")
    ingrid.shot("observed 4 were you there")
    ingrid.page.get_by_label("The code that was said before it began").fill(code.lower())
    ingrid.button("Go on to the rating").click()
    expect(ingrid.heading("The performance")).to_be_visible()
    ingrid.sees("Watched in the room:", "Partner R.")
    ingrid.shot("observed 5 desk")
