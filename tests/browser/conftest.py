"""A running site and a real Chromium for the browser journeys."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chromium import installed
from playwright.sync_api import Browser, Page, sync_playwright

START_SECONDS = 120
ARGUMENTS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a browser test, and skip it where there is no Chromium."""
    for item in items:
        item.add_marker(pytest.mark.browser)
        if installed() is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@dataclass(frozen=True)
class Site:
    """A site of our own that serves, with what it printed when it was seeded."""

    url: str
    data: Path
    printed: str

    @property
    def key(self) -> str:
        """The verifier key of the log, as printed at the start."""
        found = re.search(r"\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}", self.printed)
        assert found, self.printed
        return found.group()


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The embedded site, started as `peer-xblocks run` starts it, in a new data folder."""
    data = tmp_path_factory.mktemp("site")
    port, log = free_port(), data / "printed.txt"
    command = [str(Path(sys.executable).with_name("peer-xblocks")), "run"]
    command += ["--port", str(port), "--data", str(data / "var")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "300"}
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/", process, log)
            yield Site(f"http://127.0.0.1:{port}", data / "var", log.read_text())
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the first answer, and fail with what was printed when none comes."""
    for _ in range(START_SECONDS * 4):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    pytest.fail(f"the site did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium; as root it must run without its own sandbox."""
    arguments = ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed(), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a browser profile of its own; a script error fails the test."""
    contexts, faults = [], []

    def opened(width: int = 1280, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults
