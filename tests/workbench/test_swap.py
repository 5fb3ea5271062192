"""Leaving a scene for another of its module: links and nothing else."""

import re

import pytest
from conftest import ROLE_PLAY, Browser, Site, open_scene, words_of
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path, re_path

from peer_xblocks import compat
from peer_xblocks.blocks import person
from peer_xblocks.core.place import Place
from peer_xblocks.records.models import Entry
from peer_xblocks.work.api import drafts, submissions

ALONE = "rp-the-man-who-fixed-the-heat"
COURSE = "course-v1:PeerXBlocks+PSS101+2026"


def place_of(site: Site, url_name: str) -> Place:
    """Where a role play stands."""
    return person.place_of(site.block("peer_role_play", url_name))


def links(html: str) -> list[str]:
    """The addresses of other scenes, in order."""
    return re.findall(r'href="(/jump_to_id/[^"]+)"', html)


@pytest.mark.parametrize("step", ["note", "brief", "perform"])
def test_the_other_scenes_of_the_module_are_a_press_away(amara: Browser, step: str):
    """At each step, on a page and in what a handler answers, with title, minutes and note."""
    amara.unit(ROLE_PLAY)
    if step == "brief":
        amara.send(amara.form("go"), go="brief")
    elif step == "perform":
        open_scene(amara)
        assert "stays, for you alone" in amara.html
    words = words_of(amara.html)
    assert "Choose another scene" in words
    assert "No reason is needed. Nothing is recorded" in words
    assert "Back to drinking About 12 minutes of talk" in words
    assert "someone tells of a return to drinking" in words
    addresses = links(amara.html)
    assert len(addresses) == 4
    for address in addresses:
        assert amara.client.get(address).status_code == 302


def test_a_link_leads_to_the_other_scene(amara: Browser):
    """To its own first page, with what in it may hurt."""
    amara.unit(ROLE_PLAY)
    answer = amara.client.get(links(amara.html)[0], follow=True)
    assert "Back to drinking" in answer.content.decode()
    assert "Before you begin" in answer.content.decode()


def test_leaving_writes_nothing_down(site: Site, amara: Browser):
    """No entry in the log, no submission, and nothing of the other scene is begun."""
    open_scene(amara)
    before = Entry.objects.count()
    begun = drafts.get(site.user("amara"), place_of(site, ROLE_PLAY))
    amara.client.get(links(amara.html)[0], follow=True)
    assert Entry.objects.count() == before
    assert submissions.mine(site.user("amara"), site.programme) == ()
    assert drafts.get(site.user("amara"), place_of(site, "rp-back-to-drinking")) == drafts.EMPTY
    assert drafts.get(site.user("amara"), place_of(site, ROLE_PLAY)) == begun


def test_a_scene_alone_in_its_module_may_be_left_too(amara: Browser):
    """It says so, and that any other of the course will do."""
    amara.unit(ALONE)
    assert "This module has no other scene." in amara.html
    assert links(amara.html) == []


def test_the_first_page_of_the_course_says_what_counts(site: Site):
    """Half of the scenes; the same number stands in the archive's grading."""
    assert "only half of the scenes count" in " ".join(site.library.outline.overview.split())
    scenes = [one for one in site.library.units() if one.blocks[0].tag == "peer_role_play"]
    assert len(scenes) == 28


def nothing(request, **known) -> HttpResponse:
    """A page that is not looked at."""
    return HttpResponse()


class OnThePlatform:
    """Addresses as the platform has them."""

    below = r"^courses/(?P<course_id>[^/]+)/jump_to_id/(?P<module_id>.*)$"
    urlpatterns = [re_path(below, nothing, name="jump_to_id")]


class Nowhere:
    """A site without any such address, such as Studio."""

    urlpatterns = [path("else", nothing)]


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (OnThePlatform, f"/courses/{COURSE}/jump_to_id/{ROLE_PLAY}"),
        (Nowhere, f"/jump_to_id/{ROLE_PLAY}"),
    ],
)
def test_the_platform_has_an_address_of_its_own(addresses: type, expected: str):
    """Below the course, also in what a handler answers, which the platform does not rewrite."""
    with override_settings(ROOT_URLCONF=addresses):
        assert compat.address_in_course(COURSE, ROLE_PLAY) == expected
