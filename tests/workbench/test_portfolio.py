"""A portfolio on the embedded site: what was finished, what a profile asks, nobody else's."""

from html import unescape

from conftest import DIALOGUE, LESSON, Browser, Site, words_of
from django.contrib.auth import get_user_model
from lxml import etree

from peer_xblocks.authoring import portfolio as authored
from peer_xblocks.blocks import profiles
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.standalone import results

PORTFOLIO = "portfolio"


def finish(site: Site, name: str, tag: str, url_name: str, share: float = 1.0) -> None:
    """Let a person have completed an activity, or a share of it."""
    results.keep_completion(site.user(name).pk, str(site.usage(tag, url_name)), share)


def test_what_was_finished_is_shown_under_its_competencies_and_counts_as_hours(
    site: Site, amara: Browser
):
    """A finished lesson adds its minutes and its name; half a talk adds nothing."""
    block = site.block("peer_portfolio", PORTFOLIO)
    lesson = next(one for one in block.portfolio.offers if one.url_name == LESSON)
    assert "Finished:" not in finished(amara)
    finish(site, "amara", "peer_lesson", LESSON)
    finish(site, "amara", "peer_dialogue", DIALOGUE, 0.5)
    assert f"Finished: {lesson.title}" in finished(amara)
    assert f"On your own {lesson.minutes} min" in finished(amara)


def test_nothing_of_another_trainee_is_shown(site: Site, amara: Browser):
    """What somebody else finished changes nothing on one's own page."""
    before = finished(amara)
    others = [one for one in site_trainees(site) if one != "amara"]
    assert others
    for name in others:
        finish(site, name, "peer_lesson", LESSON)
    assert finished(amara) == before


def test_each_profile_says_what_it_asks_and_never_that_somebody_is_certified(amara: Browser):
    """Every profile of the package can be chosen, stays chosen, and promises nothing."""
    amara.unit(PORTFOLIO)
    for profile in profiles.known():
        amara.send(amara.form("choose_profile"), profile=profile.key)
        assert amara.status == 200
        words = unescape(words_of(amara.unit(PORTFOLIO).html))
        assert " ".join(profile.credential.split()) in words
        assert "you are certified" not in words.lower()


def test_a_profile_that_is_not_there_is_refused_and_changes_nothing(site: Site, amara: Browser):
    """An invented key answers with a sentence."""
    form = amara.unit(PORTFOLIO).form("choose_profile")
    amara.send(form, profile="nowhere")
    assert amara.status == 422
    assert site.block("peer_portfolio", PORTFOLIO).profile == ""


def test_without_a_person_the_block_shows_its_words_alone(site: Site):
    """The public view and the preview in Studio have no competencies and no hours in them."""
    block = site.block("peer_portfolio", PORTFOLIO)
    for view in (block.public_view(), block.author_view()):
        assert "Only a certifying body decides" in view.content
        assert "My hours" not in view.content


def test_a_portfolio_goes_through_olx_and_its_source_without_loss(site: Site):
    """Both written forms of the course's own portfolio give the same portfolio."""
    value = site.block("peer_portfolio", PORTFOLIO).portfolio
    assert len(value.offers) > 50
    element = etree.fromstring(etree.tostring(authored.to_olx(value)))
    assert authored.from_olx(element) == value
    assert authored.load(authored.to_text(value), "x") == value


def finished(browser: Browser) -> str:
    """The words of the portfolio's page."""
    return words_of(browser.unit(PORTFOLIO).html)


def site_trainees(site: Site) -> list[str]:
    """The names of the trainees that the site is seeded with."""
    everybody = get_user_model().objects.all()
    return [u.username for u in everybody if Role.TRAINEE in grants.roles(u, site.programme)]
