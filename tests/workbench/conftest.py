"""The real embedded site for each test.

Its settings, urls, runtime and SQLite, with the course as it is built.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from peer_xblocks import course
from peer_xblocks.authoring import library as sources

LESSON = "strengths-beginning"
DIALOGUE = "dlg-i-just-read-the-mail"
PLAN = "plan-tamales-by-the-dozen"
ROLE_PLAY = "rp-nothing-i-am-good-at"


# What others' packages warn of while they are imported, by name: nothing of ours may warn.
OTHERS_WARN = ("ignore:'cgi' is deprecated:DeprecationWarning",)


def pytest_configure(config: pytest.Config) -> None:
    """Let WebOb use the standard library's cgi module, as it does on Python 3.11 and 3.12."""
    for line in OTHERS_WARN:
        config.addinivalue_line("filterwarnings", line)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database in a file, as the site has it: in memory, threads lock each other out."""
    name = tmp_path_factory.mktemp("database") / "test.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course archive, built from the curriculum of this checkout."""
    whole = course.read_sources(sources.curriculum(), sources.rubrics())
    return course.build(whole, tmp_path_factory.mktemp("course"))


@pytest.fixture
def kept_in(settings: Any, tmp_path: Path) -> Path:
    """A folder of the test's own for files and keys."""
    places = {"default": "files", "peer_xblocks": "private", "peer_xblocks_log": "log"}
    storages = {**settings.STORAGES}
    for name, place in places.items():
        options = {**storages[name].get("OPTIONS", {}), "location": tmp_path / place}
        storages[name] = {**storages[name], "OPTIONS": options}
    settings.STORAGES = storages
    settings.PEER_XBLOCKS_KEYS = {"*": str(tmp_path / "log-key")}
    return tmp_path


@pytest.fixture
def site(transactional_db: None, kept_in: Path, settings: Any, archive: Path) -> "Site":
    """The site as `peer-xblocks run` prepares it."""
    from peer_xblocks.standalone import serve

    settings.PEER_XBLOCKS_ARCHIVE = str(archive)
    programme, vkey = serve.prepare()
    return Site(programme, vkey)


@pytest.fixture
def amara(site: "Site") -> "Browser":
    """A trainee, signed in."""
    return site.browser("amara")


@dataclass
class Site:
    """The running site."""

    programme: str
    vkey: str

    @property
    def library(self) -> Any:
        """The course that is loaded now."""
        from peer_xblocks.standalone import course_library

        return course_library.current()

    def user(self, name: str) -> Any:
        """The account of a seeded person."""
        return get_user_model().objects.get(username=name)

    def browser(self, name: str, *, csrf: bool = False) -> "Browser":
        """A browser in which this person has signed in."""
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(self.user(name))
        return Browser(client)

    def usage(self, tag: str, url_name: str) -> Any:
        """The key of a block."""
        return self.library.key.make_usage_key(tag, url_name)

    def block(self, tag: str, url_name: str, name: str = "amara", role: str = "student") -> Any:
        """A block bound to a person, outside any request."""
        from peer_xblocks.standalone.runtime import SiteRuntime

        library = self.library
        runtime = SiteRuntime(library.ids, library.authored, self.user(name), role)
        return runtime.get_block(self.usage(tag, url_name))


@dataclass
class Form:
    """A form of a page, as a browser would send it."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)


@dataclass
class Browser:
    """A person's browser: pages, and forms found on them."""

    client: Client
    html: str = ""
    status: int = 0

    def open(self, path: str) -> "Browser":
        """Go to a page."""
        return self._took(self.client.get(path))

    def unit(self, url_name: str) -> "Browser":
        """Go to a unit of the course."""
        return self.open(f"/course/unit-{url_name}/")

    def form(self, handler: str, holding: str = "") -> Form:
        """The first form on the page that goes to this handler and holds this text."""
        found = [f for f in forms_of(self.html) if f.action.endswith(f"/{handler}")]
        return next(f for f in found if holding in str(f.fields))

    def form_to(self, handler: str) -> "Form":
        """The form that holds a button with an address of its own that goes to this handler."""
        found = [f for f in forms_of(self.html) if handler in f.buttons]
        return Form(found[0].buttons[handler], found[0].fields)

    def send(self, form: Form, *, script: bool = True, **fields: Any) -> "Browser":
        """Send a form, by our script or as a plain browser does."""
        headers = {"X-Requested-With": "peer-xblocks"} if script else {}
        return self._took(self.client.post(form.action, form.fields | fields, headers=headers))

    def _took(self, answer: Any) -> "Browser":
        self.status, self.html = answer.status_code, answer.content.decode()
        self.answer = answer
        return self


def forms_of(html: str) -> list[Form]:
    """Every form of a page with its hidden and text fields.

    A button's own address counts as a form too.
    """
    reader = _Forms()
    reader.feed(html)
    return reader.forms


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and tag == "input" and given.get("type") in ("hidden", "text"):
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif self.forms and tag == "button" and given.get("formaction"):
            address = given["formaction"]
            self.forms[-1].buttons[address.rsplit("/", 1)[-1]] = address
        elif self.forms and tag == "textarea":
            self._area = given["name"]
            self.forms[-1].fields[self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


def words_of(html: str) -> str:
    """The text of a page without tags, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def perform(browser: Browser, text: str, *bodies: str, url_name: str = ROLE_PLAY) -> Browser:
    """Take a trainee from the content note to a written performance handed in."""
    look_over(browser, text, url_name)
    return browser.send(browser.form("hand_in"), body=list(bodies))


def look_over(browser: Browser, text: str, url_name: str = ROLE_PLAY) -> Browser:
    """Take a trainee to the last screen before handing in."""
    open_scene(browser, url_name)
    browser.send(browser.form("say"), reply=text, go="")
    browser.send(browser.form("say"), reply="", go="reflect")
    return browser.send(browser.form("keep"), go="hand_in")


def open_scene(browser: Browser, url_name: str = ROLE_PLAY, mode: str = "written") -> Browser:
    """Take a trainee from the content note to where the scene is performed."""
    browser.unit(url_name)
    browser.send(browser.form("go"), go="brief")
    return browser.send(browser.form("begin"), mode=mode)
