"""A recording rated by keys alone, its pins kept and released, and heard by its trainee."""

import re
from collections.abc import Callable

import keyboard
import pytest
from course_text import level, role_play, ticks_of
from listening import goes_to, is_saved, moments, now, player, plays
from people import Assessor, Lead, Trainee
from playwright.sync_api import Locator, Page, expect
from recorded import tone
from sites import Site

PLAY = role_play("back-to-drinking")
TICKS = ticks_of("back-to-drinking-strong")
FIRST, SECOND, *_REST = PLAY.rubric.criteria
SAID, OFFERED = "Thanks him for coming, before anything else.", "Asks what he had expected."
BOARD = "Example Certification Board"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def handed_in(site: Site, opened: OpenPage, tmp_path_factory: pytest.TempPathFactory) -> Trainee:
    """A recording of half a minute that waits to be rated."""
    amara = Trainee(opened(), site)
    amara.sign_in("Amara Okonkwo")
    amara.with_a_partner(PLAY, tone(tmp_path_factory.mktemp("sound"), 30), BOARD)
    return amara


def test_a_recording_is_rated_by_keys_alone(
    site: Site, open_page: OpenPage, handed_in: Trainee
) -> None:
    """Play, move, speed, pin, mark, tick, reload, review, submit: no mouse anywhere."""
    page = open_page()
    ingrid = Assessor(page, site)
    ingrid.sign_in("Ingrid Solberg")
    keyboard.press(page, page.get_by_role("button", name="Next performance"))
    player(page)
    plays_and_moves(page)
    switches_are_reached_by_tab(page)
    pauses_while_writing(ingrid)
    goes_to(page, 20)
    page.keyboard.press("m")
    expect(moments(page)).to_have_count(2)
    page.keyboard.press("Escape")
    ticks_everything(ingrid)
    is_saved(page)
    page.reload()
    is_all_there(ingrid)
    keyboard.press(page, ingrid.button("Review and submit"))
    ingrid.sees("0:09", SAID)
    keyboard.press(page, ingrid.button("Submit the rating"))
    ingrid.sees("Thank you. Your rating is recorded")


def plays_and_moves(page: Page) -> None:
    """k and Space play, j and l move by five seconds, brackets and Shift change the speed."""
    page.keyboard.press("k")
    plays(page)
    page.keyboard.press("Space")
    plays(page, yes=False)
    goes_to(page, 10)
    for key, there in (("l", 15), ("ArrowRight", 20), ("j", 15), ("ArrowLeft", 10)):
        page.keyboard.press(key)
        assert now(page) == there
    speed = page.get_by_role("combobox", name="Speed")
    for key, value in (("]", "1.25"), ("Shift+Period", "1.5"), ("[", "1.25"), ("Shift+Comma", "1")):
        page.keyboard.press(key)
        expect(speed).to_have_value(value)
    for key, values in (
        ("]", ("1.25", "1.5", "1.75", "2", "2")),
        ("[", ("1.75", "1.5", "1.25", "1", "0.75", "0.5", "0.5")),
        ("]", ("0.75", "1")),
    ):
        for value in values:
            page.keyboard.press(key)
            expect(speed).to_have_value(value)
            assert player(page).evaluate("player => player.playbackRate") == float(value)
    goes_to(page, 3)
    page.keyboard.press("j")
    assert now(page) == 0


def switches_are_reached_by_tab(page: Page) -> None:
    """Whoever switched single keys off has a button for each, whose focus shows."""
    goes_to(page, 10)
    keyboard.press(page, page.get_by_role("button", name="Back 5 seconds"))
    assert now(page) == 5
    keyboard.press(page, page.get_by_role("button", name="Forward 5 seconds"), "Space")
    assert now(page) == 10
    keyboard.press(page, page.get_by_role("button", name="Play", exact=True))
    plays(page)
    keyboard.press(page, page.get_by_role("button", name="Pause", exact=True), "Space")
    plays(page, yes=False)
    speed = page.get_by_role("combobox", name="Speed")
    speed.focus()
    keyboard.look(page)
    page.keyboard.press("ArrowDown")
    expect(speed).to_have_value("1.25")
    assert player(page).evaluate("player => player.playbackRate") == 1.25
    page.keyboard.press("ArrowUp")
    expect(speed).to_have_value("1")


def pauses_while_writing(ingrid: Assessor) -> None:
    """p pins; the recording waits while words are written, and goes on; keys are only letters."""
    page = ingrid.page
    page.keyboard.press("n")
    expect(ingrid.criterion(FIRST)).to_be_focused()
    goes_to(page, 9)
    page.keyboard.press("k")
    plays(page)
    page.keyboard.press("p")
    field = ingrid.criterion(FIRST).get_by_role("textbox", name="What was said or done").first
    expect(field).to_be_focused()
    keyboard.look(page)
    page.keyboard.type("kjlnp1? ")
    plays(page, yes=False)
    expect(field).to_have_value("kjlnp1? ")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(SAID)
    page.keyboard.press("Escape")
    expect(ingrid.criterion(FIRST)).to_be_focused()
    plays(page)
    page.keyboard.press("k")
    expect(moments(page)).to_have_text([re.compile(f"0:09.*{SAID}", re.DOTALL)])


def ticks_everything(ingrid: Assessor) -> None:
    """n leads from one criterion to the next, digits tick what was heard there."""
    page = ingrid.page
    for number, criterion in enumerate(PLAY.rubric.criteria):
        if number:
            page.keyboard.press("n")
            page.keyboard.press("Shift+N")
            expect(ingrid.criterion(PLAY.rubric.criteria[number - 1])).to_be_focused()
            page.keyboard.press("n")
        expect(ingrid.criterion(criterion)).to_be_focused()
        for place, behaviour in enumerate(criterion.behaviours, 1):
            if behaviour.id in TICKS[criterion.id]:
                page.keyboard.press(str(place))
        expect(ingrid.level(criterion)).to_have_text(
            f"Level {level(criterion, TICKS[criterion.id])}"
        )


def is_all_there(ingrid: Assessor) -> None:
    """After a reload the pin leads to its criterion and back, and both play from 3 s before."""
    page = ingrid.page
    player(page)
    expect(moments(page)).to_have_text(
        [re.compile(f"0:09.*{SAID}", re.DOTALL), re.compile("0:20.*Listen again", re.DOTALL)]
    )
    keyboard.press(page, moments(page).first.get_by_role("link", name=FIRST.title))
    expect(ingrid.criterion(FIRST)).to_be_focused()
    keyboard.press(page, ingrid.criterion(FIRST).get_by_role("link", name="Listen"))
    plays(page)
    assert 6 <= now(page) < 9
    page.keyboard.press("k")
    plays(page, yes=False)
    assert ingrid.criterion(FIRST).get_by_role("checkbox", checked=True).count() == len(
        TICKS[FIRST.id]
    )


def test_a_marker_becomes_a_pin_with_its_behaviour(
    site: Site, open_page: OpenPage, handed_in: Trainee
) -> None:
    """One tap marks a behaviour; what was marked can be pinned, and then it is evidence."""
    tomas = Assessor(open_page(), site)
    tomas.sign_in("Tomás Reyes")
    tomas.take_next()
    page = tomas.page
    goes_to(page, 12)
    place = len(SECOND.behaviours)
    page.keyboard.press("n")
    page.keyboard.press("n")
    palette = page.get_by_role("group", name=f"Mark a behaviour of 2. {SECOND.title}")
    palette.get_by_role("button", name=f"2.{place}").click()
    expect(moments(page)).to_have_text([re.compile(SECOND.behaviours[-1].text)])
    moments(page).get_by_role("button", name="Pin it").click()
    section = tomas.criterion(SECOND)
    expect(section.get_by_role("textbox", name="What was said or done").first).to_be_focused()
    page.keyboard.insert_text(OFFERED)
    forgives_a_slip(section)
    about = section.get_by_role("combobox", name="Which behaviour it shows").first
    expect(about).to_have_value(SECOND.behaviours[-1].id)
    expect(moments(page)).to_have_text([re.compile(OFFERED)])
    chooses_markers(page)
    tomas.shot("assessor 7 desk with pins")
    tomas.tick_all(PLAY.rubric, TICKS)
    tomas.review()
    tomas.sees("0:12", OFFERED, SECOND.behaviours[-1].text)
    tomas.submit()


def forgives_a_slip(section: Locator) -> None:
    """A time that is none is shown as such; a row too many is taken away again."""
    time = section.get_by_label("Time, in minutes and seconds").first
    time.fill("noon")
    expect(time).to_have_attribute("aria-invalid", "true")
    expect(section.get_by_role("link", name="Listen")).to_have_count(0)
    time.fill("0:12")
    expect(time).not_to_have_attribute("aria-invalid", "true")
    section.get_by_role("button", name="Write it").click()
    rows = section.get_by_role("group", name="Evidence")
    expect(rows).to_have_count(2)
    rows.last.get_by_role("textbox", name="What was said or done").fill("Not this.")
    rows.last.get_by_role("button", name="Remove this evidence").click()
    expect(rows).to_have_count(1)


def chooses_markers(page: Page) -> None:
    """What stands in the palette is chosen, and this browser remembers it."""
    page.get_by_text("Choose your markers").click()
    page.get_by_role("checkbox", name="Not sure").uncheck()
    page.get_by_role("checkbox", name="Behaviours of 5").check()
    is_saved(page)
    page.reload()
    player(page)
    expect(page.get_by_role("button", name="Listen again")).to_be_visible()
    expect(page.get_by_role("button", name="Not sure")).to_have_count(0)
    expect(page.get_by_role("group", name=re.compile("^Mark a behaviour of 5"))).to_be_visible()


def test_the_trainee_hears_what_was_pinned(
    site: Site, open_page: OpenPage, handed_in: Trainee
) -> None:
    """After the release each pin plays, in the course and in the record; before it, none."""
    ruth = Lead(open_page(), site)
    ruth.sign_in("Ruth Abernathy")
    ruth.open_case(PLAY.title)
    hears_both(ruth)
    handed_in.open_unit(PLAY.title)
    assert SAID not in handed_in.page.content()
    ruth.release("Wait one turn longer.", FIRST, "You stayed with Marcus.")
    for comes in (lambda: handed_in.open_unit(PLAY.title), lambda: reads_result(handed_in)):
        comes()
        player(handed_in.page)
        handed_in.sees("Your recording", SAID, OFFERED, "Assessor A", "Assessor B")
        pins = handed_in.page.get_by_role("region", name="Your recording")
        keyboard.press(handed_in.page, pins.get_by_role("link", name="Listen from 0:09"))
        plays(handed_in.page)
        assert 6 <= now(handed_in.page) < 9
        handed_in.shot("trainee feedback with pins")
        stays_in_view(handed_in.page)


def hears_both(ruth: Lead) -> None:
    """A lead clicks a time in the side-by-side page, and the one player opens and plays."""
    ruth.page.wait_for_load_state()  # before its script is there, a time is a link
    times = ruth.page.locator(f"#c-{FIRST.id}").get_by_role("link", name="Listen from 0:09")
    times.first.click()
    expect(ruth.page.get_by_text("What the raters pinned")).to_be_visible()
    plays(ruth.page)
    ruth.page.get_by_role("button", name="Pause", exact=True).click()
    ruth.shot("lead 6 case with pins")


def reads_result(amara: Trainee) -> None:
    """The page of the result, from the own record."""
    amara.open_my_record()
    amara.page.get_by_role("link", name="Read the result").click()
    expect(amara.heading("Your result")).to_be_visible()


def stays_in_view(page: Page) -> None:
    """What plays stays in a corner while one reads on, and goes when it is closed."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(player(page)).to_be_in_viewport()
    page.get_by_role("button", name="Stop, and put the player back").click()
    expect(player(page)).not_to_be_in_viewport()


def test_without_script_a_pin_is_a_link_to_its_moment(
    site: Site, open_page: OpenPage, handed_in: Trainee
) -> None:
    """The browser's own player opens at three seconds before the pin."""
    page = open_page(scripts=False)
    amara = Trainee(page, site)
    amara.sign_in("Amara Okonkwo")
    reads_result(amara)
    with page.expect_response(lambda answer: answer.status == 206):
        page.get_by_role("link", name="Listen from 0:09").first.click()
    assert page.url.endswith("#t=6")
