"""A running site and a real Chromium for the browser journeys."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import installed
from playwright.sync_api import Browser, BrowserType, Page, expect, sync_playwright
from sites import Site, running

HERE = Path(__file__).parent
ARGUMENTS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
"""A microphone that beeps and a camera with a moving picture, both allowed."""
PATIENCE = 15_000
"""Milliseconds that a page may take before a test gives up on it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a browser test, and skip it where there is no Chromium."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if installed() is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A new embedded site for each file of tests, so that no journey meets another's work."""
    with running(tmp_path_factory.mktemp("site")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium; as root it must run without its own sandbox."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = launched(playwright.chromium, *MICROPHONE)
        yield chromium
        chromium.close()


def launched(kind: BrowserType, *more: str) -> Browser:
    """A Chromium of its own."""
    arguments = [*ARGUMENTS, *more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return kind.launch(executable_path=installed(), args=arguments)


OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages for a whole file of tests, each in a browser profile of its own."""
    yield from _opening(browser)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages, each in a browser profile of its own; a script error fails the test."""
    yield from _opening(browser)


def _opening(browser: Browser) -> Iterator[OpenPage]:
    contexts, faults = [], []

    def opened(width: int = 1280, height: int = 900, *, scripts: bool = True) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("response", lambda r: r.status >= 500 and faults.append(f"{r.url}: {r.status}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults
