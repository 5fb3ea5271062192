"""Reading archives from anywhere: other tools' courses are understood, hostile ones refused."""

import io
import tarfile
from pathlib import Path

import pytest

from peer_xblocks import course
from peer_xblocks.core.problem import ProblemsError
from peer_xblocks.course import archive as archives

FILES = {
    "c/course.xml": '<course url_name="R1" org="Org" course="C1"/>',
    "c/course/R1.xml": '<course display_name="Old name" start="&quot;2026-01-05T00:00:00Z&quot;">'
    '<chapter url_name="ch"/><wiki slug="x"/></course>',
    "c/chapter/ch.xml": '<chapter display_name="One"><sequential url_name="se"/></chapter>',
    "c/sequential/se.xml": '<sequential display_name="S" format="Homework" graded="true">'
    '<vertical url_name="ve"/><problem url_name="loose"/></sequential>',
    "c/vertical/ve.xml": '<vertical display_name="V"><html url_name="h1"/><problem url_name="p1"/>'
    '<html url_name="h2"><![CDATA[<b onclick="x()">bold</b>]]></html>'
    '<poll url_name="po" question="Why?"/></vertical>',
    "c/html/h1.xml": '<html filename="h1" display_name="Welcome"/>',
    "c/html/h1.html": "<p>Hello <script>alert(1)</script><a href='javascript:x'>you</a></p>",
    "c/problem/p1.xml": '<problem display_name="P"><p>2 + 2?</p></problem>',
    "c/problem/loose.xml": '<problem display_name="Loose"/>',
    "c/policies/R1/policy.json": '{"course/R1": {"display_name": "New name", "language": "en"}}',
}


def packed(folder: Path, files: dict[str, str], *more: tarfile.TarInfo) -> Path:
    """An archive of texts, and of further members as they are."""
    path = folder / "some.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
        for member in more:
            tar.addfile(member)
    return path


def refused(path: Path) -> str:
    """The code of the one problem that reading names."""
    with pytest.raises(ProblemsError) as caught:
        course.read(path)
    (problem,) = caught.value.problems
    return problem.code


def test_a_course_of_another_tool_is_read(tmp_path):
    """Pointers, policies and html files are followed; every other tag is kept by its name."""
    outline = course.read(packed(tmp_path, FILES))
    assert (outline.key, outline.title) == ("course-v1:Org+C1+R1", "New name")
    assert outline.start is not None and outline.start.year == 2026
    (section,) = outline.chapters[0].sections
    assert (section.format, section.graded) == ("Homework", True)
    first, second = section.units
    assert [(b.tag, b.url_name) for b in first.blocks] == [
        ("html", "h1"),
        ("problem", "p1"),
        ("html", "h2"),
        ("poll", "po"),
    ]
    assert [b.tag for b in second.blocks] == ["problem"]


def test_html_is_made_safe(tmp_path):
    """Scripts, handlers and script addresses do not survive in what is shown."""
    unit = course.read(packed(tmp_path, FILES)).chapters[0].sections[0].units[0]
    shown = [block.html for block in unit.blocks]
    assert shown[0] is not None and "Hello" in shown[0]
    assert "script" not in "".join(text or "" for text in shown)
    assert shown[2] == "<b>bold</b>"
    assert shown[1] is None and shown[3] is None


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "c/../../evil.xml"])
def test_a_way_out_of_the_folder_is_refused(name, tmp_path):
    """An archive whose names lead elsewhere is refused as a whole."""
    assert refused(packed(tmp_path, {**FILES, name: "<x/>"})) == "archive-path"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_is_refused(kind, tmp_path):
    """Links and devices have no place in a course."""
    member = tarfile.TarInfo("c/link.xml")
    member.type, member.linkname = kind, "/etc/passwd"
    assert refused(packed(tmp_path, FILES, member)) == "archive-path"


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    """A small file that unpacks to more than any course is given up, not read into memory."""
    monkeypatch.setattr(archives, "MAX_BYTES", 200_000)
    path = packed(tmp_path, {**FILES, "c/static/zeros.bin": "0" * 1_000_000})
    assert path.stat().st_size < 10_000
    assert refused(path) == "too-big"


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    """The number of files has a bound."""
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    assert refused(packed(tmp_path, FILES)) == "too-big"


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        (
            "c/vertical/ve.xml",
            '<!DOCTYPE v [<!ENTITY e SYSTEM "file:///etc/passwd">]><vertical>&e;</vertical>',
            "document-type",
        ),
        ("c/vertical/ve.xml", "<vertical>", "syntax"),
        ("c/vertical/ve.xml", "<sequential/>", "pointer"),
        ("c/course.xml", '<course url_name="R1"/>', "course"),
        ("c/policies/R1/policy.json", "{", "syntax"),
    ],
)
def test_a_damaged_file_is_named(file, text, code, tmp_path):
    """Entities, broken XML or JSON and wrong pointers are refused with the file's name."""
    path = packed(tmp_path, {**FILES, file: text})
    with pytest.raises(ProblemsError) as caught:
        course.read(path)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.file.endswith(file.removeprefix("c/"))


def test_what_is_no_archive_is_refused(tmp_path):
    """A missing file, another file and a truncated archive each give a sentence."""
    assert refused(tmp_path / "none.tar.gz") == "not-an-archive"
    (tmp_path / "text.tar.gz").write_text("hello")
    assert refused(tmp_path / "text.tar.gz") == "not-an-archive"
    path = packed(tmp_path, FILES)
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path) == "not-an-archive"
    assert refused(packed(tmp_path, {"readme.xml": "<x/>"})) == "missing-file"


def test_a_missing_unit_is_named(tmp_path):
    """A pointer to nothing is told with the file it should have led to."""
    files = {name: text for name, text in FILES.items() if "vertical" not in name}
    assert refused(packed(tmp_path, files)) == "missing-file"


def test_a_folder_is_read_like_its_archive(tmp_path):
    """An unpacked course gives the same outline."""
    for name, text in FILES.items():
        path = tmp_path / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert course.read(tmp_path / "unpacked") == course.read(packed(tmp_path, FILES))
    (tmp_path / "unpacked/c/html/link.xml").symlink_to("/etc/hostname")
    assert refused(tmp_path / "unpacked") == "archive-path"
