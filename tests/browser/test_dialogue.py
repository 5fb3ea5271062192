"""A dialogue as a trainee plays it: with a mouse, on a phone, by keys alone, and without script."""

import re
from collections.abc import Callable

import keyboard
import layout
from course_text import dialogue
from people import Trainee
from playwright.sync_api import Page, expect
from sites import Site

from peer_xblocks.core.dialogue import Choice, Scene
from tests.talks import GOOD_WAY

TALK = dialogue("dlg-i-just-read-the-mail")
OpenPage = Callable[..., Page]


def turns() -> list[tuple[Scene, Choice]]:
    """The scenes of the way, each with what is chosen in it."""
    scene, found = TALK.scenes[0], []
    for name in GOOD_WAY:
        choice = scene.choice(name)
        found.append((scene, choice))
        scene = TALK.scene(choice.next)
    return found


def start(of: str) -> str:
    """The first words of a text, as a page shows them."""
    return " ".join(of.split())[:30]


def heard(page: Page, words: str) -> None:
    """These words are the last that were said."""
    expect(page.locator(".px-talk__turn").last).to_contain_text(start(words))


def answered(page: Page) -> None:
    """What the person says has the focus and is in view, so that nobody has to look for it."""
    said = page.locator(".px-talk__turn[data-px-focus]")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()


def begin(trainee: Trainee) -> None:
    """Begin a talk, wherever an earlier one stands."""
    trainee.open_unit(TALK.title)
    stops = trainee.page.get_by_text("Stop here, or take a break")
    if stops.count():
        stops.click()
    trainee.button(re.compile("^(Begin the talk|Begin the talk again|Talk again)$")).click()
    heard(trainee.page, TALK.scenes[0].says)


def play(trainee: Trainee) -> None:
    """A whole talk with the mouse or a thumb, looking at every turn."""
    page = trainee.page
    for number, (scene, choice) in enumerate(turns()):
        answered(page)
        expect(page.get_by_text("Stop here, or take a break")).to_be_visible()
        if scene.own_words:
            trainee.shot(f"trainee dialogue 2 own words {number}")
            page.get_by_role("textbox").fill("I would ask whose mail it was.")
        if scene.role_modeling:
            trainee.shot(f"trainee dialogue 2 story {number}")
            page.get_by_role("radio", name="About a minute").check()
            page.get_by_role("radio", name="For theirs").check()
        if scene.own_words or scene.role_modeling:
            trainee.button("Show me what I could say").click()
        page.get_by_role("radio", name=start(choice.words)).check()
        trainee.shot(f"trainee dialogue 2 turn {number}")
        trainee.button("Say it").click()
        expect(page.locator(".px-talk__turn--mine").last).to_contain_text(start(choice.words))
    answered(page)


def test_a_whole_talk_and_its_debrief(site: Site, open_page: OpenPage) -> None:
    """To an ending; the debrief quotes each choice, the map names one ending, the outline knows."""
    page = open_page()
    amara = Trainee(page, site)
    amara.sign_in("Amara Okonkwo")
    amara.open_unit(TALK.title)
    expect(amara.heading("Before you begin")).to_be_visible()
    amara.shot("trainee dialogue 1 note")
    begin(amara)
    play(amara)
    expect(amara.heading("The second reading")).to_be_visible()
    quotes = page.locator(".px-debrief blockquote")
    expect(quotes).to_have_count(len(GOOD_WAY))
    for number, (_scene, choice) in enumerate(turns()):
        expect(quotes.nth(number)).to_contain_text(start(choice.words))
    amara.sees("You meant", "It came to", "Whose feelings", "1 of 6 endings")
    expect(page.get_by_role("img", name="Map of this dialogue")).to_be_visible()
    amara.shot("trainee dialogue 3 end")
    amara.go("/course/")
    row = page.locator("a.px-unit", has=page.get_by_text(TALK.title, exact=True))
    expect(row).to_contain_text("done")
    expect(row).to_contain_text("Practice talk")


def test_a_talk_on_a_phone_is_left_come_back_to_and_taken_back(
    site: Site, open_page: OpenPage
) -> None:
    """At 390 pixels: the place is kept over a reload, and the last choice can be undone."""
    page = open_page(layout.PHONE, 844)
    luis = Trainee(page, site)
    luis.sign_in("Luis Herrera Vega")
    begin(luis)
    play(luis)
    begin(luis)
    page.get_by_role("radio", name=start(turns()[0][1].words)).check()
    luis.button("Say it").click()
    answered(page)
    page.reload()
    heard(page, turns()[1][0].says)
    luis.button("Take back my last choice").click()
    heard(page, TALK.scenes[0].says)
    answered(page)


def test_a_talk_by_keys_alone(site: Site, open_page: OpenPage) -> None:
    """The focus shows at every stop, and after every swap stands at what the person says."""
    page = open_page()
    luis = Trainee(page, site)
    luis.sign_in("Luis Herrera Vega")
    begin(luis)
    for scene, choice in turns()[:3]:
        if scene.own_words:
            keyboard.write(page, page.get_by_role("textbox"), "Whose mail?")
            keyboard.press(page, luis.button("Show me what I could say"))
            answered(page)
        keyboard.tab_to(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        for _step in range(scene.choices.index(choice)):
            page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name=start(choice.words))).to_be_checked()
        keyboard.press(page, luis.button("Say it"))
        expect(page.locator(".px-talk__turn--mine").last).to_contain_text(start(choice.words))
        answered(page)
    expect(page.get_by_role("status").filter(has_text="Since I was eight")).to_be_attached()
    keyboard.press(page, luis.button("Take back my last choice"))
    expect(page.get_by_role("textbox")).to_have_value(re.compile("Whose mail"))


def test_a_talk_without_script(site: Site, open_page: OpenPage) -> None:
    """Plain forms go all the way, and come back to the talk."""
    page = open_page(scripts=False)
    amara = Trainee(page, site, hurries=True)
    amara.sign_in("Amara Okonkwo")
    begin(amara)
    for scene, choice in turns()[:4]:
        if scene.own_words:
            amara.button("Show me what I could say").click()
        page.get_by_role("radio", name=start(choice.words)).check()
        amara.button("Say it").click()
    heard(page, turns()[4][0].says)
    assert page.url.endswith("-stage")


def test_motion_is_left_out_for_whoever_asks(site: Site, open_page: OpenPage) -> None:
    """With reduced motion nothing on the page moves by itself."""
    page = open_page()
    page.emulate_media(reduced_motion="reduce")
    amara = Trainee(page, site)
    amara.sign_in("Amara Okonkwo")
    amara.open_unit(TALK.title)
    moving = "[...document.querySelectorAll('.px *')].filter((one) => one.getAnimations().length)"
    assert page.evaluate(f"{moving}.length") == 0
