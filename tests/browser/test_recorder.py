"""Recording on the page: over a line that drops, past a page that goes away, up to a desk where it
can be sought in.
"""

from collections.abc import Callable

import pytest
from at_the_microphone import AtTheMicrophone
from conftest import launched
from course_text import role_play
from people import Assessor
from playwright.sync_api import Browser, Page, expect
from sites import Site

PLAY = role_play("back-to-drinking")
OTHER = role_play("nothing-i-am-good-at")
THIRD = role_play("what-counts-here")
FOURTH = role_play("rounds-at-two")
PHONE = (390, 844)
KNOWS_ITS_LENGTH = (
    "player => player.readyState > 0 && player.duration > {0} && player.duration < 60"
)
HAS_SOUGHT = "player => !player.seeking && player.readyState > 1 && player.currentTime >= {0}"

OpenPage = Callable[..., Page]


@pytest.fixture
def amara(site: Site, open_page: OpenPage) -> AtTheMicrophone:
    """A trainee with a phone."""
    phone = AtTheMicrophone(open_page(*PHONE), site)
    phone.sign_in("Amara Okonkwo")
    return phone


def test_a_recording_outlives_the_line_and_the_page(
    site: Site, open_page: OpenPage, amara: AtTheMicrophone
) -> None:
    """The line drops in the middle, the page is loaded anew, and it is finished and rated."""
    amara.open_recorder(PLAY)
    amara.shot("recorder 1 choose")
    amara.turn_on()
    amara.shot("recorder 2 ready")
    amara.record(3)
    with amara.without_a_line():
        amara.says("The line is down.")
        amara.shot("recorder 3 line down")
        amara.talk_until(13)
    amara.says("The line is back.")
    amara.page.reload()
    amara.sees("and did not finish")
    amara.shot("recorder 4 found")
    amara.button("Listen first").click()
    expect(amara.page.locator("[data-player] audio")).to_be_visible()
    amara.use()
    digest = amara.fingerprint()
    amara.shot("recorder 5 held")
    amara.page.reload()
    assert amara.fingerprint() == digest
    amara.hand_in_recording()
    seeks(Assessor(open_page(), site))


def seeks(ingrid: Assessor) -> None:
    """The desk knows how long it is, and goes to its middle at once."""
    ingrid.sign_in("Ingrid Solberg")
    with ingrid.page.expect_response(lambda answer: "/recording/seat/" in answer.url) as first:
        ingrid.take_next()
    assert first.value.status == 206
    player = ingrid.page.locator("audio")
    at = player.element_handle()
    ingrid.page.wait_for_function(KNOWS_ITS_LENGTH.format(9), arg=at)
    player.evaluate("player => { player.currentTime = 7; }")
    ingrid.page.wait_for_function(HAS_SOUGHT.format(7), arg=at)
    ingrid.shot("recorder 6 desk")


def test_a_recording_goes_on_in_another_window_and_on_another_device(
    site: Site, open_page: OpenPage
) -> None:
    """A window that was closed while it recorded loses nothing; another device has what arrived."""
    luis = AtTheMicrophone(open_page(*PHONE), site)
    luis.sign_in("Luis Herrera Vega")
    luis.open_recorder(PLAY)
    luis.turn_on()
    luis.record(11)
    second = AtTheMicrophone(luis.page.context.new_page(), site)
    second.open_unit(PLAY.title)
    second.says("You are recording this scene in another window.")
    second.shot("recorder elsewhere")
    luis.page.close()
    second.page.reload()
    second.sees("You recorded 0:1")
    desk = AtTheMicrophone(open_page(), site)
    desk.sign_in("Luis Herrera Vega")
    desk.open_unit(PLAY.title)
    desk.sees("in another browser or on another device")
    desk.shot("recorder found elsewhere")
    desk.use("Use what was recorded")
    digest = desk.fingerprint()
    second.use("Use what was recorded")
    assert second.fingerprint() == digest


def test_pause_listen_and_record_again(amara: AtTheMicrophone) -> None:
    """A pause stops the clock; before a recording is thrown away there is a question."""
    amara.open_recorder(OTHER)
    amara.turn_on()
    for name in ("Start recording", "Pause", "Stop"):
        amara.button(name).click()
    amara.says("That was too short")
    amara.turn_on("Sound and picture")
    expect(amara.page.locator("[data-preview]")).to_be_visible()
    amara.shot("recorder 2 ready video")
    amara.record(4)
    amara.button("Pause").click()
    amara.says("Paused.")
    stands = amara.page.locator("[data-clock]").inner_text()
    amara.shot("recorder 3 paused video")
    amara.page.wait_for_timeout(1500)
    assert amara.page.locator("[data-clock]").inner_text() == stands
    amara.button("Go on recording").click()
    amara.talk_until(6)
    amara.stop()
    player = amara.page.locator("[data-player] video").element_handle()
    amara.page.wait_for_function(KNOWS_ITS_LENGTH.format(5), arg=player)
    amara.shot("recorder 4 done video")
    amara.button("Record it again").click()
    amara.shot("recorder 4 sure")
    done = amara.page.locator("[data-panel=done]")
    done.get_by_role("button", name="No, keep it").click()
    amara.button("Record it again").click()
    amara.button("Yes, record again").click()
    amara.turn_on("Sound and picture")
    amara.record(3)
    amara.stop()
    amara.use()
    held = amara.page.locator("[id$=held] video").element_handle()
    amara.page.wait_for_function(KNOWS_ITS_LENGTH.format(2), arg=held)
    amara.shot("recorder 5 held video")


def test_somebody_who_was_signed_out_loses_nothing(amara: AtTheMicrophone) -> None:
    """Recording goes on; what was kept is sent once they are signed in again in another tab."""
    amara.open_recorder(FOURTH)
    amara.turn_on()
    amara.choose_microphone(1)
    amara.record(4)
    amara.page.context.clear_cookies()
    amara.says("perhaps because you were signed out")
    amara.shot("recorder signed out")
    again = AtTheMicrophone(amara.page.context.new_page(), amara.site)
    again.sign_in("Amara Okonkwo")
    again.page.close()
    amara.says("The line is back.")
    amara.stop()
    amara.use()


def test_a_browser_of_apple_records_mp4(site: Site, open_page: OpenPage) -> None:
    """It comes in fragments; what is played has a length and can be sought in."""
    phone = open_page(*PHONE)
    vendor = "Object.defineProperty(navigator, 'vendor', {get: () => 'Apple Computer, Inc.'})"
    phone.context.add_init_script(vendor)
    luis = AtTheMicrophone(phone, site)
    luis.sign_in("Luis Herrera Vega")
    luis.open_recorder(THIRD)
    luis.turn_on()
    luis.record(4)
    luis.stop()
    luis.use()
    held = luis.page.locator("[id$=held] audio")
    at = held.element_handle()
    luis.page.wait_for_function(KNOWS_ITS_LENGTH.format(3), arg=at)
    held.evaluate("player => { player.currentTime = 2; }")
    luis.page.wait_for_function(HAS_SOUGHT.format(2), arg=at)
    played = luis.page.request.get(site.url + str(held.get_attribute("src")))
    assert played.headers["content-type"] == "audio/mp4"
    arrived = luis.page.request.get(f"{played.url}file")
    assert (b"moof" in arrived.body(), b"moof" in played.body()) == (True, False)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=deny"],
            "does not let this page use",
        ),
        (["--use-fake-ui-for-media-stream"], "No microphone or camera was found"),
    ],
)
def test_without_a_microphone_it_says_why_and_a_file_can_be_added(
    site: Site, browser: Browser, flags: list[str], words: str
) -> None:
    """Refused and missing are said in words, with a way on."""
    other = launched(browser.browser_type, *flags)
    amara = AtTheMicrophone(
        other.new_context(viewport={"width": 390, "height": 844}).new_page(), site
    )
    amara.sign_in("Luis Herrera Vega")
    amara.open_recorder(OTHER)
    amara.button("Turn the microphone on").click()
    amara.sees(words)
    expect(amara.button("Try again")).to_be_focused()
    amara.shot(f"recorder {words}")
    expect(amara.page.get_by_label("Your recording")).to_be_visible()
    other.close()


def test_the_whole_recorder_by_keyboard(site: Site, open_page: OpenPage) -> None:
    """After each press the focus stands on what comes next."""
    jin = AtTheMicrophone(open_page(), site)
    jin.sign_in("Luis Herrera Vega")
    jin.open_recorder(OTHER)
    jin.page.get_by_role("radio", name="Sound only").focus()
    jin.page.keyboard.press("Enter")
    for name in ("Start recording", "Pause", "Go on recording"):
        expect(jin.button(name)).to_be_focused()
        jin.page.keyboard.press("Enter")
    jin.talk_until(3)
    jin.page.keyboard.press("Enter")
    expect(jin.button("Go on recording")).to_be_focused()
    jin.page.keyboard.press("Tab")
    expect(jin.button("Stop")).to_be_focused()
    jin.page.keyboard.press("Enter")
    expect(jin.button("Use this recording")).to_be_focused()
    jin.page.keyboard.press("Enter")
    jin.is_held()
    expect(jin.page.get_by_text("Audio recording")).to_be_focused()
