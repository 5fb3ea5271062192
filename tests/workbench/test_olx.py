"""From an archive into a block and out again.

Nothing is lost, and nothing of the platform's either.
"""

import pytest
from conftest import DIALOGUE, LESSON, PLAN, ROLE_PLAY, Site
from lxml import etree
from xblock.core import XBlock
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds

from peer_xblocks.authoring import lesson as lesson_form
from peer_xblocks.core.problem import ProblemsError
from peer_xblocks.standalone import course_library
from peer_xblocks.standalone.runtime import SiteRuntime
from peer_xblocks.standalone.usage_ids import CourseIds


def exported(block: XBlock) -> etree._Element:
    """The block as the platform exports it: under a unit, with the url_name that it knows."""
    unit = etree.Element("vertical")
    node = etree.SubElement(unit, "unknown")
    node.set("url_name", block.scope_ids.usage_id.block_id)
    block.add_xml_to_node(node)
    return etree.fromstring(etree.tostring(node))


def imported(site: Site, node: etree._Element) -> XBlock:
    """A block made of an element in a new course."""
    fields = DictFieldData({})
    runtime = SiteRuntime(CourseIds(site.library.key), fields, None)
    return course_library.add(runtime, node)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("peer_lesson", LESSON),
        ("peer_dialogue", DIALOGUE),
        ("peer_plan", PLAN),
        ("peer_role_play", ROLE_PLAY),
    ],
)
def test_a_round_trip_changes_nothing(site: Site, tag: str, name: str):
    """Exported and imported again, a block has the same activity, title and weight."""
    block = site.block(tag, name)
    again = imported(site, exported(block))
    assert again.activity == block.activity
    assert again.display_name == block.display_name
    assert getattr(again, "weight", None) == getattr(block, "weight", None)


def test_fields_of_the_platform_survive(site: Site):
    """A weight set in Studio is an attribute of the export and comes back."""
    node = exported(site.block("peer_lesson", LESSON))
    node.set("weight", "2.5")
    assert imported(site, node).weight == 2.5


def test_the_platforms_own_name_wins(site: Site):
    """A block that was duplicated in Studio keeps its new url_name, so that state is not shared."""
    block = site.block("peer_lesson", LESSON)
    node = etree.Element("unknown", url_name="0a1b2c")
    block.add_xml_to_node(node)
    assert node.get("url_name") == "0a1b2c"


def test_a_library_without_names_is_taken(site: Site):
    """An element without url_name, as in content libraries, is named after its key."""
    node = lesson_form.to_olx(site.block("peer_lesson", LESSON).lesson)
    del node.attrib["url_name"]
    runtime = SiteRuntime(CourseIds(site.library.key), DictFieldData({}), None)
    key = site.library.key.make_usage_key("peer_lesson", "From_Library.7")
    block_class = runtime.load_block_type("peer_lesson")
    block = block_class.parse_xml(node, runtime, ScopeIds(None, "peer_lesson", key, key))
    assert block.lesson.url_name == "from-library-7"


def test_an_empty_element_is_an_empty_block(site: Site):
    """What Studio exports before anything is written comes back as empty, not as an error."""
    block = imported(site, etree.fromstring('<peer_lesson url_name="new" display_name="Soon"/>'))
    assert block.lesson is None
    assert block.display_name == "Soon"
    node = exported(block)
    assert node.get("display_name") == "Soon"
    assert len(node) == 0


def test_a_broken_element_names_its_problems(site: Site):
    """An element that is no lesson raises every problem, for the platform to show in its place."""
    with pytest.raises(ProblemsError):
        broken = '<peer_lesson url_name="x"><text/><nonsense/></peer_lesson>'
        imported(site, etree.fromstring(broken))
