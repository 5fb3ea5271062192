"""OLX as the platform hands it over, not only as we wrote it."""

from pathlib import Path

import pytest
from lxml import etree

from peer_xblocks.authoring import lesson, library, olx_form, role_play, rubric, scenario
from peer_xblocks.core.lesson import Lesson, Text
from peer_xblocks.core.problem import ProblemsError

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def small_lesson() -> Lesson:
    """The first lesson of the small course."""
    path = FIXTURES / "curriculum/01-listening/01-hearing.md"
    return lesson.load(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture
def small_role_play():
    """The role play of the small course."""
    paths = (
        FIXTURES / "curriculum/01-listening/role-plays/the-quiet-table.yaml",
        FIXTURES / "rubrics/listening.yaml",
        FIXTURES / "rubrics/critical-errors.yaml",
    )
    return role_play.load_files(
        *(p.read_text(encoding="utf-8") for p in paths), *(p.name for p in paths)
    )


def test_what_the_platform_adds_is_left_to_it(small_lesson):
    """Attributes, namespaced fields and comments of the platform do not disturb."""
    element = lesson.to_olx(small_lesson)
    element.set("xblock-family", "xblock.v1")
    element.set("weight", "1.0")
    element.insert(0, etree.Comment("exported"))
    option = etree.SubElement(element, "{http://code.edx.org/xblock/option}visible")
    option.text = "true"
    assert lesson.from_olx(element) == small_lesson


def test_a_title_changed_in_studio_is_taken(small_role_play):
    """The display name is the title of the activity, whatever the scenario is called."""
    element = role_play.to_olx(small_role_play)
    element.set("display_name", "Our own title")
    found = role_play.from_olx(element)
    assert (found.title, found.scenario) == ("Our own title", small_role_play.scenario)


def test_a_fault_in_olx_has_its_line(small_role_play):
    """A misspelled attribute or child inside is named with the line of the XML."""
    text = etree.tostring(role_play.to_olx(small_role_play), pretty_print=True).decode()
    text = text.replace("<behaviour ", "<behavior ", 1).replace('kind="basic"', 'kind="bsic"', 1)
    with pytest.raises(ProblemsError) as caught:
        role_play.from_olx(olx_form.parse(text.encode(), "x.xml"), "x.xml")
    lines = text.split("\n")
    found = {p.code: p for p in caught.value.problems}
    assert "<behavior " in lines[found["unknown-member"].line - 1]
    assert (
        'Did you mean "behaviour"?' in found["unknown-member"].hint or found["unknown-member"].hint
    )


def test_a_character_that_xml_cannot_hold_is_a_problem(small_lesson):
    """A value made elsewhere with such a character is refused in words, not by the XML library."""
    broken = small_lesson.model_copy(update={"parts": (Text(markdown="a\x0bb"),)})
    with pytest.raises(ProblemsError, match="control-character"):
        lesson.to_olx(broken)


def test_a_document_type_is_refused():
    """XML that could pull in other files is refused."""
    data = b'<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>'
    with pytest.raises(ProblemsError, match="document-type"):
        olx_form.parse(data, "p.xml")


def test_singulars_are_words():
    """Items of lists are tagged with the singular of the list's name."""
    names = ["criteria", "competencies", "behaviours", "never", "listen_for"]
    assert [olx_form.singular(name) for name in names] == [
        "criterion",
        "competency",
        "behaviour",
        "never",
        "listen_for",
    ]


def test_the_problems_of_all_three_files_come_together():
    """A role play tells what is wrong with scenario, rubric and errors at once."""
    with pytest.raises(ProblemsError) as caught:
        role_play.load_files("a: 1", "b: 2", "c: 3", "s.yaml", "r.yaml", "e.yaml")
    assert {problem.file for problem in caught.value.problems} == {"s.yaml", "r.yaml", "e.yaml"}


def test_a_role_play_text_of_two_documents_is_told():
    """A text in Studio that lost a document is told how it should be."""
    with pytest.raises(ProblemsError, match="documents"):
        role_play.load("a: 1\n---\nb: 2\n", "x")


def test_single_files_know_their_key():
    """The name of the file is the key of a rubric and of a scenario."""
    text = (FIXTURES / "rubrics/listening.yaml").read_text(encoding="utf-8")
    assert rubric.load(text, "rubrics/listening.yaml").key == "listening"
    text = (FIXTURES / "curriculum/01-listening/role-plays/the-quiet-table.yaml").read_text("utf-8")
    assert scenario.load(text, "x/the-quiet-table.yaml").scenario.key == "the-quiet-table"


def test_the_library_is_found(monkeypatch, tmp_path):
    """The sources are found beside the package, where the environment says, or where asked."""
    monkeypatch.delenv(library.VARIABLE, raising=False)
    assert (library.curriculum() / "course.yaml").is_file()
    assert (library.rubrics() / "critical-errors.yaml").is_file()
    monkeypatch.setenv(library.VARIABLE, str(tmp_path))
    assert library.curriculum() == tmp_path / "curriculum"
    assert library.rubrics("/other") == Path("/other/rubrics")
