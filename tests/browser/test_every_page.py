"""Every page in many states: for axe, at every width, with large text, from right to left, and in
its own language. A page without a stop here makes this file fail.
"""

from collections.abc import Callable, Iterator
from typing import Any

import axe
import invented
import keyboard
import layout
import pytest
import shots
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Locator, Page, Response, expect
from sites import Site, running
from stops import OF, RUTH, SAID, STOPS, Stop, World

from peer_xblocks.standalone.people import BODIES, PEOPLE

SENDS = "form => { form.noValidate = true; HTMLFormElement.prototype.submit.call(form); }"
DATA = [
    *(person.name for person in PEOPLE),
    *BODIES,
    *BODIES.values(),
    "English",
    "UTC",
    OF,
    "marcus-and-me.wav",
    *SAID,
]
"""Names and the like, which are the same in every language."""

NOT_PAGES = {
    "language": "keeps a choice, and leads back",
    "sign-out": "leads on to signing in",
    "jump_to_id/": "leads on to a unit",
    "handler/": "answers a block's own form, with a part of the unit's page",
    "static/": "files",
    "peer_xblocks/api/": "for machines",
    "peer_xblocks/log/": "the log's files",
    "peer_xblocks/recording/": "recordings and captions",
    "peer_xblocks/lead/<slug:programme>/ratings/export/": "a file",
    "peer_xblocks/audit/<slug:programme>/record/<str:record_id>/proof": "a file",
    "peer_xblocks/audit/<slug:programme>/pack/": "a file",
    "peer_xblocks/me/<slug:programme>/consent/": "a form's address; leads back to the own record",
}
"""Addresses, or what they begin with, that show no page, each with why."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that speaks English and the invented language."""
    folder = tmp_path_factory.mktemp("site")
    invented.write(folder / "locale")
    with running(folder, PEER_XBLOCKS_LOCALE=str(folder / "locale")) as started:
        yield started


@pytest.fixture(scope="module")
def world(
    site: Site, opened: Callable[..., Page], tmp_path_factory: pytest.TempPathFactory
) -> World:
    """A site on which a lot has happened."""
    return World(site, opened, tmp_path_factory.mktemp("files"))


def stop_at(world: World, stop: Stop) -> Page:
    """Go there, and press what is to be pressed; the answer is the one that is expected."""
    page = world.people[stop.who].page
    answer = page.goto(world.site.url + world.address(stop))
    page.wait_for_load_state()
    for selector in stop.press:
        answer = press(page, page.locator(selector).first) or answer
    assert answer is not None
    assert answer.status == stop.status, (stop.name, answer.status)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def press(page: Page, target: Locator) -> Response | None:
    """Press it, or send a form as it stands; the answer, where that leads to another page."""
    if target.evaluate("one => one.matches('form')"):
        with page.expect_navigation() as going:
            target.evaluate(SENDS)
        return going.value
    if not target.evaluate("one => Boolean(one.form) && !one.form.matches('[data-px-form]')"):
        target.click()
        expect(page.locator("[aria-busy]")).to_have_count(0)
        return None
    with page.expect_navigation() as going:
        target.click()
    return going.value


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_page_breaks_no_rule_and_fits(stop: Stop, world: World) -> None:
    """No rule of axe at both widths; it fits down to 320 px and with text twice as large."""
    page = stop_at(world, stop)
    shots.take(page, f"every {stop.name}")
    axe.clean(page)
    for width in (layout.PHONE, layout.DESK, layout.ZOOMED):
        layout.fits(page, width)
    layout.holds_large_text(page)


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_page_shows_where_the_focus_is(stop: Stop, world: World) -> None:
    """By Tab through the page on a phone: the focus shows at each stop, and nothing covers it."""
    page = stop_at(world, stop)
    page.set_viewport_size({"width": layout.PHONE, "height": 844})
    keyboard.walk(page)
    page.set_viewport_size({"width": layout.DESK, "height": 900})


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_page_speaks_one_language_from_right_to_left(stop: Stop, world: World) -> None:
    """All of ours is translated, what is the course's says so, and nothing sticks out."""
    at = world.people[stop.who].page
    invented.speak(at, world.site.url)
    try:
        page = stop_at(world, stop)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        shots.take(page, f"rtl {stop.name}")
        found = invented.foreign(page, DATA)
        assert not found, "\n".join(found)
        for width in (layout.PHONE, layout.DESK):
            layout.fits(page, width)
        axe.clean(page, (layout.PHONE,))
    finally:
        invented.speak_english(at)


@pytest.mark.filterwarnings("ignore:'cgi' is deprecated:DeprecationWarning")  # WebOb's
def test_every_page_has_a_stop(world: World) -> None:
    """Each address of the site is stopped at, takes only posts, or is known to show no page."""
    resolver = get_resolver("peer_xblocks.standalone.urls")
    stopped = set()
    for stop in STOPS:
        path = world.address(stop).partition("?")[0].partition("#")[0]
        stopped.add(resolver.resolve(path).route)
    page = world.people[RUTH].page
    left = [
        route
        for route in routes(resolver)
        if route not in stopped
        and not any(route.startswith(known) for known in NOT_PAGES)
        and takes_get(page, world.site.url, route)
    ]
    assert left == [""], "add a stop to stops.py, or a reason to NOT_PAGES"  # "" leads on


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address below a resolver, as its pattern."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from routes(one, route)


def takes_get(page: Page, url: str, route: str) -> bool:
    """Whether this address is for looking, and not for forms alone."""
    values: dict[str, Any] = {"slug": OF, "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "int": 1}
    path = "".join(
        str(values.get(part.split(":")[0], "x")) + rest
        for part, _, rest in (piece.partition(">") for piece in route.split("<")[1:])
    )
    address = f"{url}/{route.split('<', maxsplit=1)[0]}{path}"
    return page.request.get(address, max_redirects=0).status != 405
