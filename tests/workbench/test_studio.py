"""The editor in Studio.

The source, each problem beside its line, the preview, and a save that changes all or nothing.
"""

import crum
import pytest
from conftest import DIALOGUE, LESSON, PLAN, ROLE_PLAY, Form, Site, forms_of, words_of
from django.test import RequestFactory
from webob import Request
from xblock.field_data import DictFieldData

from peer_xblocks.authoring import dialogue, lesson, plan, role_play
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.standalone.runtime import SiteRuntime


@pytest.fixture
def author(site: Site):
    """Ruth as an author of the course."""
    grants.give(None, site.user("ruth"), site.programme, Role.AUTHOR)
    return site.user("ruth")


def editable(site: Site, author, tag: str, name: str):
    """A block whose content may be changed, as in Studio."""
    source = site.block(tag, name)
    fields = {"activity": source.activity, "display_name": source.display_name}
    runtime = SiteRuntime(site.library.ids, DictFieldData(fields), author)
    return runtime.get_block(site.usage(tag, name))


def press(block, author, handler: str, source: str):
    """Send the editor's form by our script."""
    request = RequestFactory().post("/handler")
    request.user = author
    crum.set_current_request(request)
    try:
        headers = {"X-Requested-With": "peer-xblocks"}
        sent = Request.blank("/handler", POST={"source": source}, headers=headers)
        return block.runtime.handle(block, handler, sent)
    finally:
        crum.set_current_request(None)


def source_of(html: str) -> Form:
    """The editor's form."""
    return next(form for form in forms_of(html) if "source" in form.fields)


@pytest.mark.parametrize(
    ("tag", "name", "load"),
    [
        ("peer_lesson", LESSON, lesson.load),
        ("peer_dialogue", DIALOGUE, dialogue.load),
        ("peer_plan", PLAN, plan.load),
        ("peer_role_play", ROLE_PLAY, role_play.load),
    ],
)
def test_the_source_is_the_activity(site: Site, author, tag, name, load):
    """What the editor shows loads as the very activity."""
    block = editable(site, author, tag, name)
    source = source_of(block.render("studio_view").content).fields["source"]
    assert load(source.lstrip("\n"), "x").model_dump(mode="json") == block.activity


def test_a_save_changes_the_block(site: Site, author):
    """A new title in the source is the block's title and stands in the preview."""
    block = editable(site, author, "peer_lesson", LESSON)
    source = lesson.to_text(block.lesson).replace(block.lesson.title, "A new beginning")
    answer = press(block, author, "save_source", source)
    assert answer.status_code == 200
    assert "data-px-saved" in answer.text
    assert block.display_name == "A new beginning"
    assert block.lesson.title == "A new beginning"


def test_a_preview_changes_nothing(site: Site, author):
    """Looking at a source leaves the block as it was."""
    block = editable(site, author, "peer_lesson", LESSON)
    before = block.activity
    source = lesson.to_text(block.lesson).replace(block.lesson.title, "Only a look")
    answer = press(block, author, "preview_source", source)
    assert "Only a look" in answer.text
    assert block.activity == before


def test_every_problem_stands_beside_its_line(site: Site, author):
    """Two mistakes give two lines with their numbers and texts, 422, and an unchanged block."""
    block = editable(site, author, "peer_lesson", LESSON)
    before = block.activity
    source = lesson.to_text(block.lesson)
    source = source.replace("minutes: ", "minutes: many ").replace("\ncompet", "\nkompet")
    answer = press(block, author, "save_source", source)
    assert answer.status_code == 422
    assert answer.text.count("data-px-line") >= 2
    assert "kompetencies" in words_of(answer.text)
    assert block.activity == before
    assert "minutes: many" in source_of(answer.text).fields["source"]


@pytest.mark.parametrize("tag", ["peer_lesson", "peer_dialogue", "peer_plan", "peer_role_play"])
def test_a_new_block_begins_with_a_source_that_works(site: Site, author, tag):
    """The source offered for an empty block can be saved as it stands."""
    runtime = SiteRuntime(site.library.ids, DictFieldData({}), author)
    block = runtime.get_block(site.usage(tag, "brand-new"))
    source = source_of(block.render("studio_view").content).fields["source"]
    answer = press(block, author, "save_source", source.lstrip("\n"))
    assert answer.status_code == 200, words_of(answer.text)
    assert block.activity["url_name"] == "brand-new"
