"""The built course: what Studio and others find in it, the same every time."""

import json
import tarfile
from pathlib import Path

import olxcleaner
import pytest
from lxml import etree

from peer_xblocks import course
from peer_xblocks.authoring import dialogue, lesson, library, role_play
from peer_xblocks.core.problem import ProblemsError

FIXTURES = Path(__file__).parents[2] / "fixtures"
STATIC = FIXTURES / "curriculum/static"


@pytest.fixture(scope="module")
def small():
    """The small course."""
    return course.read_sources(FIXTURES / "curriculum", FIXTURES / "rubrics")


@pytest.fixture(scope="module")
def archive(small, tmp_path_factory):
    """Its archive, with the folder beside it."""
    return course.build(small, tmp_path_factory.mktemp("out"), STATIC)


def test_two_builds_are_the_same_byte_for_byte(small, archive, tmp_path):
    """The same sources give the same archive, whenever and wherever it is built."""
    again = course.build(small, tmp_path / "elsewhere", STATIC)
    assert again.read_bytes() == archive.read_bytes()


def test_an_archive_tells_nothing_of_where_it_was_made(archive):
    """No times, owners or file names of this machine are in the archive."""
    assert archive.read_bytes()[3:8] == b"\0\0\0\0\0"  # no flags (no name), no time
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
    assert {(m.mtime, m.uid, m.gid, m.uname, m.gname) for m in members} == {(0, 0, 0, "", "")}
    assert [m.name for m in members] == sorted(m.name for m in members)


def told_by_olxcleaner(folder: Path) -> list[str]:
    """What the validator that Studio calls on import says, down to what it says in passing."""
    tags = ["peer_lesson", "peer_dialogue", "peer_plan", "peer_role_play", "peer_portfolio"]
    _, errors, _ = olxcleaner.validate(str(folder), allowed_xblocks=tags)
    return [error.description for error in errors.errors]


def test_olxcleaner_finds_nothing(archive):
    """The validator has nothing to say of the small course, with its guide and its picture."""
    assert told_by_olxcleaner(archive.parent / "course") == []


def test_olxcleaner_finds_nothing_in_the_course_of_this_repository(tmp_path):
    """Nor of the course that comes with the package."""
    root = Path(__file__).parents[3]
    whole = course.read_sources(root / "curriculum", root / "rubrics")
    course.build(whole, tmp_path, root / "curriculum/static")
    assert told_by_olxcleaner(tmp_path / "course") == []


def test_each_graded_section_has_one_role_play(archive):
    """An assessment is a graded section of its own, of the type that the policy weighs."""
    sections = [s for chapter in course.read(archive).chapters for s in chapter.sections]
    plays = [
        s for s in sections if any(b.tag == "peer_role_play" for u in s.units for b in u.blocks)
    ]
    assert [(s.format, s.graded, len(s.units)) for s in plays] == [("Role play", True, 1)]


def test_the_outline_is_that_of_the_sources(small, archive):
    """One chapter a module: lessons together, dialogues together, each role play on its own."""
    outline = course.read(archive)
    assert outline.key == small.key == "course-v1:Example+SMALL1+2026"
    assert (outline.title, outline.start, outline.end) == (small.title, small.start, small.end)
    (chapter,) = outline.chapters
    sections = [(s.url_name, s.format, s.graded, len(s.units)) for s in chapter.sections]
    assert (chapter.url_name, sections) == (
        "listening",
        [
            ("section-listening-lessons", "Knowledge check", True, 2),
            ("section-listening-practice", "", False, 1),
            ("section-rp-the-quiet-table", "Role play", True, 1),
            ("section-listening-guides", "", False, 2),
        ],
    )


def test_blocks_read_from_the_archive_are_those_of_the_sources(small, archive):
    """Every activity comes out of the archive as it stands in the sources."""
    outline = course.read(archive)
    blocks = [b for c in outline.chapters for s in c.sections for u in s.units for b in u.blocks]
    read = [etree.fromstring(block.element_xml) for block in blocks]
    (module,) = small.modules
    assert [lesson.from_olx(e) for e in read if e.tag == "peer_lesson"] == list(module.lessons)
    talks = [dialogue.from_olx(e) for e in read if e.tag == "peer_dialogue"]
    assert talks == list(module.dialogues)
    assert [role_play.from_olx(e) for e in read if e.tag == "peer_role_play"] == list(
        module.role_plays
    )


def test_a_guide_is_an_html_page_that_trainees_do_not_see(archive):
    """Its section and unit are for staff only, and its text stands where Studio looks for it."""
    folder = archive.parent / "course"
    for file in (
        "sequential/section-listening-guides.xml",
        "vertical/unit-guide-listening-lab.xml",
    ):
        assert etree.parse(folder / file).getroot().get("visible_to_staff_only") == "true"
    (block,) = etree.parse(folder / "vertical/unit-guide-listening-lab.xml").getroot()
    assert (block.tag, block.get("filename")) == ("html", "guide-listening-lab")
    html = (folder / "html/guide-listening-lab.html").read_text(encoding="utf-8")
    assert "waited for many offices" in html and "Listening in threes (75 minutes" in html
    assert 'href="/jump_to_id/unit-listening-hearing"' in html
    assert "#source" not in html and "An invented study of labs" in html
    outline = course.read(archive)
    hidden = [u.url_name for s in outline.chapters[0].sections for u in s.units if u.staff_only]
    assert hidden == ["unit-guide-listening-lab", "unit-map-dlg-the-late-bus"]


def test_trainers_get_a_page_with_the_map_of_each_dialogue(archive):
    """The page is for staff only and tells every effect; the drawing beside it tells no word."""
    folder = archive.parent / "course"
    unit = etree.parse(folder / "vertical/unit-map-dlg-the-late-bus.xml").getroot()
    assert unit.get("visible_to_staff_only") == "true"
    html = (folder / "html/map-dlg-the-late-bus.html").read_text(encoding="utf-8")
    assert "/static/map-dlg-the-late-bus.svg" in html
    assert "Asks before sitting down" in html and "trust +1, choice +1" in html
    drawing = etree.parse(folder / "static/map-dlg-the-late-bus.svg").getroot()
    words = [text.strip() for text in drawing.itertext() if text.strip()]
    assert words[2:] == ["1", "2", "3", "A", "B"]
    sequential = etree.parse(folder / "sequential/section-listening-practice.xml").getroot()
    assert sequential.get("graded") is None


def test_links_between_files_lead_to_units(small):
    """A link to the next lesson's file becomes an address that the platform follows."""
    text = small.modules[0].lessons[0].parts[0].markdown
    assert "[staying](/jump_to_id/listening-staying)" in text


def test_our_blocks_stand_inline_and_can_be_added_again(archive):
    """No pointer files for our blocks, and Studio offers them."""
    folder = archive.parent / "course"
    assert not list(folder.glob("peer_*"))
    policy = json.loads((folder / "policies/2026/policy.json").read_text())["course/2026"]
    assert policy["advanced_modules"] == [
        "peer_lesson",
        "peer_dialogue",
        "peer_plan",
        "peer_role_play",
        "peer_portfolio",
    ]
    assert (folder / "static" / policy["course_image"]).is_file()
    grading = json.loads((folder / "policies/2026/grading_policy.json").read_text())
    assert [(g["type"], g["weight"]) for g in grading["GRADER"]] == [
        ("Role play", 0.8),
        ("Knowledge check", 0.2),
    ]
    assert grading["GRADE_CUTOFFS"] == {"Pass": 0.7}


def test_each_scene_names_the_others_of_its_module():
    """The whole course: in the archive, every role play can be left for any other of its module."""
    whole = course.read_sources(library.curriculum(), library.rubrics())
    for module in whole.modules:
        names = [one.url_name for one in module.role_plays]
        for one in module.role_plays:
            assert [other.url_name for other in one.others] == [
                name for name in names if name != one.url_name
            ]
            assert role_play.from_olx(role_play.to_olx(one)).others == one.others
    strengths = whole.modules[1].role_plays
    assert strengths[1].others[0].title == strengths[0].title
    assert strengths[1].others[0].content_note == strengths[0].scenario.content_note


def test_a_build_replaces_only_a_build(small, tmp_path):
    """An earlier build is replaced, without remains; any other folder is left alone."""
    course.build(small, tmp_path, STATIC)
    (tmp_path / "course/vertical/old.xml").write_text("<vertical/>")
    course.build(small, tmp_path, STATIC)
    assert not (tmp_path / "course/vertical/old.xml").exists()
    (tmp_path / "mine/course").mkdir(parents=True)
    (tmp_path / "mine/course/letters.txt").write_text("dear")
    with pytest.raises(ProblemsError, match="not-empty"):
        course.build(small, tmp_path / "mine", STATIC)
    assert (tmp_path / "mine/course/letters.txt").read_text() == "dear"


def test_a_course_without_a_picture_is_refused(small, tmp_path):
    """Studio wants a course image, so its absence is told before anything is written."""
    with pytest.raises(ProblemsError, match="picture"):
        course.build(small, tmp_path, tmp_path)
    assert list(tmp_path.iterdir()) == []
