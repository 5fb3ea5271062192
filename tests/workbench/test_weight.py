"""What a page costs: queries, bytes, and what would be published of the package."""

import gzip
import importlib.resources
import re
from pathlib import Path

import pytest
from conftest import DIALOGUE, LESSON, PLAN, ROLE_PLAY, Browser, Site, open_scene
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.blocks.dialogue import DialogueBlock
from peer_xblocks.blocks.lesson import LessonBlock
from peer_xblocks.blocks.plan import PlanBlock
from peer_xblocks.blocks.role_play import RolePlayBlock

LIMIT_BYTES = 40_000
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("peer_lesson", LESSON),
        ("peer_dialogue", DIALOGUE),
        ("peer_plan", PLAN),
        ("peer_role_play", ROLE_PLAY),
    ],
)
def test_opening_a_block_costs_three_queries_at_most(site: Site, tag: str, name: str):
    """Once the process knows the programme, a block opens with three queries of ours at most."""
    import crum
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = site.user("amara")
    crum.set_current_request(request)
    try:
        site.block(tag, name).render("student_view")
        block = site.block(tag, name)
        with CaptureQueriesContext(connection) as queries:
            block.render("student_view")
    finally:
        crum.set_current_request(None)
    assert len(queries) <= 3, [one["sql"] for one in queries]


@pytest.mark.parametrize("name", [LESSON, DIALOGUE, PLAN, ROLE_PLAY])
def test_a_page_links_less_than_forty_kilobytes(amara: Browser, name: str):
    """Script and style of a page with one block, packed: under 40 KB."""
    links = re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', amara.unit(name).html)
    assert {Path(link).name for link in links} >= {"site.css", "swap.js"}
    packed = sum(len(gzip.compress(Path(finders.find(link)).read_bytes())) for link in set(links))
    assert packed < LIMIT_BYTES


@pytest.mark.parametrize("mode", ["with_partner", "prompted"])
def test_with_all_that_the_recorder_brings_it_stays_within_that(amara: Browser, mode: str):
    """The heaviest steps: modules that are woken on the page, and what they import, count too."""
    html = open_scene(amara, mode=mode).html
    pages = amara.unit(ROLE_PLAY).html
    modules = re.findall(r'data-px-module="/static/([^"]+)"', html)
    links = {*re.findall(r'(?:src|href)="/static/([^"]+)"', pages), *with_imports(modules)}
    assert len(links) >= 9
    packed = sum(len(gzip.compress(Path(finders.find(link)).read_bytes())) for link in links)
    assert packed < LIMIT_BYTES


def with_imports(modules: list[str]) -> set[str]:
    """Modules, and every module of ours that they import."""
    found: set[str] = set()
    while modules:
        name = modules.pop()
        if name not in found:
            found.add(name)
            text = Path(finders.find(name)).read_text()
            near = re.findall(r'^import .* from "\./([^"]+)"', text, re.MULTILINE)
            modules += [f"{Path(name).parent}/{one}" for one in near]
    return found


def test_everything_linked_is_served(amara: Browser):
    """Each static file of a page, the course's pictures too, answers 200 without DEBUG."""
    links = re.findall(r'(?:src|href)="(/static/[^"]+)"', amara.unit(LESSON).html)
    for link in links:
        answer = amara.client.get(link)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(TYPES[Path(link).suffix])
        assert answer.getvalue()
        answer.close()


def test_nothing_comes_from_elsewhere(amara: Browser):
    """No script, style, font or picture of another host, and the policy allows none."""
    amara.unit(LESSON)
    assert not re.findall(
        r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//', amara.html
    )
    assert "default-src 'none'" in amara.answer["Content-Security-Policy"]


@pytest.mark.parametrize("block_class", [LessonBlock, DialogueBlock, PlanBlock, RolePlayBlock])
def test_the_platform_publishes_nothing_of_the_package(block_class):
    """By the platform's rule a block class publishes its resources folder; ours have none."""
    assert published_by(block_class) == []


def published_by(block_class) -> list[str]:
    """The files that the platform's static finder would collect for a block class.

    Its rule (openedx/core/lib/xblock_pipeline/finder.py): every file of the class's resources
    folder that is not Python, "" being the whole package; where `get_resources_dir()` is None,
    none.
    """
    folder = block_class.get_resources_dir()
    if folder is None:
        return []
    package = importlib.resources.files(block_class.__module__.split(".")[0])
    root = Path(str(package)) / folder
    return [str(p) for p in root.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")]
