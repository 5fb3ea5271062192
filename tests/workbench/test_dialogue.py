"""A dialogue on the embedded site: a whole talk, taking back, own words, a story turn, two tabs."""

import random
import re
from html import unescape

import pytest
from conftest import DIALOGUE, Browser, Site, words_of

from peer_xblocks.blocks import person
from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.dialogue_play import Step, play
from peer_xblocks.standalone import results
from peer_xblocks.work.api import reflections
from tests.talks import GOOD_WAY


@pytest.fixture
def dialogue(site: Site) -> Dialogue:
    """The dialogue of the course."""
    return site.block("peer_dialogue", DIALOGUE).dialogue


def begin(browser: Browser) -> Browser:
    """From the content note to the first scene."""
    browser.unit(DIALOGUE)
    return browser.send(browser.form("begin"))


def say(browser: Browser, choice: str, **asked: str) -> Browser:
    """Make one choice, after answering what the scene asks first."""
    if any(
        re.search(r"/ask\b", action) for action in re.findall(r'action="([^"]+)"', browser.html)
    ):
        browser.send(browser.form("ask"), **({"amount": "a_minute", "benefit": "theirs"} | asked))
    return browser.send(browser.form("choose"), choice=choice)


def talk(browser: Browser, *choices: str) -> Browser:
    """A whole talk."""
    begin(browser)
    for choice in choices:
        say(browser, choice)
        assert browser.status == 200, browser.html
    return browser


def test_before_it_begins_a_trainee_reads_what_may_hurt_and_that_it_is_practice(amara: Browser):
    """The content note, the way out, the safety words and the promise stand before the button."""
    words = words_of(amara.unit(DIALOGUE).html)
    before = words.split("Begin the talk")[0]
    assert "It costs you nothing" in before
    assert "988" in before
    assert "You can stop in the middle of a sentence" in before
    assert "Nothing here is ever rated" in before


def test_a_talk_goes_from_scene_to_scene_and_ends_with_the_own_words(
    amara: Browser, dialogue: Dialogue
):
    """Each choice brings the scene it leads to; the end quotes every choice that was made."""
    talk(amara, *GOOD_WAY)
    words = unescape(words_of(amara.html))
    assert "The second reading" in words
    played = play(dialogue, [])
    for choice in GOOD_WAY:
        found = played.scene.choice(choice)
        assert " ".join(found.words.split())[:40] in words
        assert found.behaviour in words
        path = (*played.path, Step(scene=played.scene.id, choice=choice))
        played = play(dialogue, path)


def test_the_answer_of_the_person_is_said_aloud(amara: Browser):
    """A screen reader hears what comes back, and then what it did."""
    begin(amara)
    say(amara, "how-are-you")
    said = re.search(r"<p data-px-say>(.*?)</p>", amara.html)[1]
    assert said.endswith("Fine. Thirty-one minutes.")
    say(amara, "good-long-coffee")
    said = re.search(r"<p data-px-say>(.*?)</p>", amara.html)[1]
    assert said.endswith("Trust rose. Choice rose.")


def test_a_place_is_kept_and_found_again(amara: Browser, site: Site):
    """Who comes back stands in the same scene; so does another browser of the same person."""
    begin(amara)
    say(amara, "name-and-no")
    assert "the bed with the rail" in words_of(amara.unit(DIALOGUE).html)
    assert "the bed with the rail" in words_of(site.browser("amara").unit(DIALOGUE).html)
    assert "the bed with the rail" not in words_of(site.browser("luis").unit(DIALOGUE).html)


def test_the_last_choice_can_be_taken_back_also_at_the_end(amara: Browser):
    """Taking back leads to the scene before, with the choices open again."""
    talk(amara, *GOOD_WAY)
    amara.send(amara.form_to("undo"))
    assert "See if it" in words_of(amara.html)
    assert 'value="know-the-dean"' in amara.html
    amara.send(amara.form_to("undo"))
    assert "nobody's asked me" in unescape(amara.html)


def test_an_ending_completes_it_for_good(amara: Browser, site: Site):
    """Begun is half, an ending is all; talking again takes nothing away."""
    usage = str(site.usage("peer_dialogue", DIALOGUE))
    begin(amara)
    say(amara, "name-and-no")
    assert results.of(site.user("amara").pk)[1][usage] == 0.5
    talk(amara, *GOOD_WAY)
    assert results.of(site.user("amara").pk)[1][usage] == 1.0
    begin_again = amara.form("begin")
    amara.send(begin_again)
    say(amara, "name-and-no")
    assert results.of(site.user("amara").pk)[1][usage] == 1.0


def test_endings_that_were_not_reached_keep_their_names(amara: Browser, dialogue: Dialogue):
    """The map names what was seen, and counts the rest."""
    talk(amara, *GOOD_WAY)
    names = {ending.name for ending in dialogue.endings}
    shown = {name for name in names if name in amara.html}
    assert shown == {"The second reading"}
    assert "1 of 6 endings" in words_of(amara.html)


def test_own_words_are_private_and_never_in_the_state(amara: Browser, site: Site):
    """They are a reflection of the trainee's, quoted at the end, and in no field of the block."""
    begin(amara)
    say(amara, "name-and-no")
    say(amara, "bed-to-sewing-room")
    say(amara, "how-do-you-read", words="Whose mail was it today?")
    block = site.block("peer_dialogue", DIALOGUE)
    assert "Whose mail" not in str(block.state)
    kept = reflections.latest(site.user("amara"), person.place_of(block))
    assert kept["the-mail"].text == "Whose mail was it today?"
    for choice in GOOD_WAY[3:]:
        say(amara, choice)
    assert "Before the choices, you wrote: Whose mail was it today?" in words_of(amara.html)


def test_own_words_may_be_left_out(amara: Browser, site: Site):
    """An empty box is an answer too."""
    begin(amara)
    say(amara, "name-and-no")
    say(amara, "bed-to-sewing-room")
    amara.send(amara.form("ask"), words="  ")
    assert amara.status == 200
    assert 'value="how-do-you-read"' in amara.html
    block = site.block("peer_dialogue", DIALOGUE)
    assert not reflections.latest(site.user("amara"), person.place_of(block))


def test_no_choice_is_seen_before_own_words_are_asked(amara: Browser, dialogue: Dialogue):
    """A scene that asks first shows none of its choices, on the page and to a second tab."""
    begin(amara)
    say(amara, "name-and-no")
    say(amara, "bed-to-sewing-room")
    for html in (amara.html, amara.unit(DIALOGUE).html):
        for choice in dialogue.scene("the-mail").choices:
            assert f'value="{choice.id}"' not in html
    amara.client.post(amara.form("ask").action.replace("/ask", "/choose"), {"scene": "the-mail"})
    usage_html = amara.unit(DIALOGUE).html
    assert 'value="how-do-you-read"' not in usage_html


def test_a_story_turn_asks_how_much_and_for_whom_and_holds_both_beside_what_was_said(
    amara: Browser,
):
    """What was meant and what it came to stand side by side, with four things to look at."""
    begin(amara)
    for choice in GOOD_WAY[:6]:
        say(amara, choice)
    amara.send(amara.form("ask"))
    assert amara.status == 422
    assert "how much, and for whose benefit" in words_of(amara.html)
    say(amara, "the-whole-of-it", amount="a_sentence", benefit="theirs")
    say(amara, "so-it-gets-better")
    words = words_of(amara.html)
    assert "You meant A sentence. For theirs." in words
    assert "It came to The longer story. For mine, honestly." in words
    for look in ("Purpose", "Length", "Whose feelings", "Hope"):
        assert look in words


def test_a_second_tab_that_is_behind_is_told_and_shown_where_the_talk_stands(amara: Browser):
    """A choice of a scene that is over changes nothing."""
    begin(amara)
    old = amara.form("choose")
    say(amara, "name-and-no")
    amara.send(old, choice="how-are-you")
    assert amara.status == 409
    assert "the bed with the rail" in words_of(amara.html)


def test_words_written_in_two_tabs_are_both_kept(amara: Browser, site: Site):
    """The later of two tabs is told; what it holds is shown and kept beside the other."""
    begin(amara)
    say(amara, "name-and-no")
    say(amara, "bed-to-sewing-room")
    form = amara.form("ask")
    other = site.browser("amara")
    other.send(form, words="From the first tab.")
    amara.send(form, words="From the second tab.")
    assert amara.status == 409
    assert "From the second tab." in amara.html
    place = person.place_of(site.block("peer_dialogue", DIALOGUE))
    kept = reflections.kept(site.user("amara"), place, "the-mail")
    assert [one.text for one in kept] == ["From the second tab."]


def test_nothing_chosen_is_asked_again(amara: Browser):
    """Without a choice the scene stays, with a sentence."""
    begin(amara)
    amara.send(amara.form("choose"))
    assert amara.status == 422
    assert "Choose what you say first." in words_of(amara.html)
    amara.send(amara.form("choose"), choice="no-such-thing")
    assert amara.status == 422


def test_every_scene_offers_a_way_out(amara: Browser):
    """Stop, support and beginning again are on the page at each turn."""
    begin(amara)
    for choice in GOOD_WAY[:-1]:
        say(amara, choice)
        words = words_of(amara.html)
        assert "Stop here, or take a break" in words
        assert "988" in words


def test_no_sequence_of_posts_leaves_the_graph(amara: Browser, site: Site, dialogue: Dialogue):
    """Whatever is posted in whatever order, the talk stands in a scene or ending there is."""
    begin(amara)
    usage, chance = site.usage("peer_dialogue", DIALOGUE), random.Random(7)
    scenes = [*dialogue.scenes, *dialogue.endings]
    ids = [choice.id for scene in dialogue.scenes for choice in scene.choices]
    for _turn in range(120):
        block = site.block("peer_dialogue", DIALOGUE)
        here = play(dialogue, [Step.model_validate(one) for one in block.state["path"]])
        at = here.scene.id if here.scene else "over"
        scene = chance.choice([at, at, at, chance.choice(scenes).id])
        own = [choice.id for choice in here.scene.choices] if here.scene else ids
        fields = {
            "scene": scene,
            "choice": chance.choice([*own, chance.choice(ids)]),
            "turn": str(chance.choice([len(here.turns), 99])),
            "amount": chance.choice(["nothing", "longer", "much"]),
            "benefit": "both",
        }
        name = chance.choice(["choose", "choose", "choose", "ask", "ask", "undo", "begin"])
        answer = amara.client.post(f"/handler/{usage}/{name}", fields)
        assert answer.status_code in (200, 303, 409, 422), (name, answer.status_code)
        state = site.block("peer_dialogue", DIALOGUE).state
        path = [Step.model_validate(one) for one in state["path"]]
        after = play(dialogue, path)
        assert list(after.path) == path
        assert (after.scene is None) != (after.ending is None)


def test_a_form_without_script_goes_on_too(amara: Browser):
    """The plain form leads back to the page, at the talk."""
    amara.unit(DIALOGUE)
    form = amara.form("begin")
    answer = amara.client.post(
        form.action, form.fields, headers={"Referer": "http://testserver/x/"}
    )
    assert answer.status_code == 303
    assert answer["Location"].endswith("-stage")


def test_an_assessor_reads_what_it_is_about_and_can_change_nothing(site: Site):
    """Staff see the beginning without a button."""
    browser = site.browser("ruth").unit(DIALOGUE)
    assert "Nothing here is ever rated" in words_of(browser.html)
    assert "Begin the talk" not in browser.html


def test_trainers_have_a_page_with_the_map_that_trainees_never_see(
    site: Site, amara: Browser, dialogue: Dialogue
):
    """The drawing and what each choice does, for leads and assessors alone."""
    page = site.browser("ruth").open(f"/course/unit-map-{DIALOGUE}/")
    assert page.status == 200
    assert f"map-{DIALOGUE}.svg" in page.html
    assert "trust +2" in page.html
    assert amara.open(f"/course/unit-map-{DIALOGUE}/").status == 404


def test_what_a_choice_does_is_given_away_nowhere(site: Site, amara: Browser, dialogue: Dialogue):
    """Not before it is made, not to a mobile app, not to search."""
    begin(amara)
    block = site.block("peer_dialogue", DIALOGUE)
    told = [amara.html, str(block.student_view_data()), str(block.index_dictionary())]
    for choice in dialogue.scenes[0].choices:
        for text in told:
            assert choice.note[:40] not in text
            assert choice.behaviour not in text


def test_a_dialogue_that_was_changed_since_is_played_as_far_as_it_fits(
    site: Site, amara: Browser, dialogue: Dialogue
):
    """A path that no longer fits leads to the last scene that does, with no error."""
    begin(amara)
    say(amara, "name-and-no")
    path = [
        Step(scene="warm-dryer", choice="name-and-no"),
        Step(scene="other-side", choice="gone"),
        Step(scene="the-mail", choice="how-do-you-read"),
    ]
    assert play(dialogue, path).scene.id == "other-side"
