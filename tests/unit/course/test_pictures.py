"""Drawings: small enough for a phone, and in the archive with everything else in `static`."""

import shutil
from datetime import date
from pathlib import Path

from peer_xblocks import course

TODAY = date(2026, 12, 1)
FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_a_drawing_that_is_too_big_is_named(tmp_path):
    """Sixty kilobytes are enough for any diagram."""
    shutil.copytree(FIXTURES / "curriculum", tmp_path / "curriculum")
    path = tmp_path / "curriculum/static/chairs.svg"
    text = path.read_text(encoding="utf-8")
    points = "M0 0 " + "L10 10 " * 9000
    path.write_text(text.replace("</g>", f'<path d="{points}"/></g>'), encoding="utf-8")
    (problem,) = course.check(tmp_path / "curriculum", FIXTURES / "rubrics", TODAY).problems
    assert (problem.file, problem.code) == ("curriculum/static/chairs.svg", "svg-size")
    assert "61,440 are enough" in problem.sentence


def test_static_files_come_out_of_the_archive_as_they_went_in(tmp_path):
    """Every file of `static` is in the archive, and can be had from it by its address."""
    whole = course.read_sources(FIXTURES / "curriculum", FIXTURES / "rubrics")
    archive = course.build(whole, tmp_path, FIXTURES / "curriculum/static")
    found = course.static_files(archive)
    assert sorted(found) == ["chairs.svg", "course_image.png", "map-dlg-the-late-bus.svg"]
    assert found["chairs.svg"] == (FIXTURES / "curriculum/static/chairs.svg").read_bytes()


def test_what_is_no_archive_has_no_static_files(tmp_path):
    """A damaged archive has none; reading it says what is wrong."""
    (tmp_path / "x.tar.gz").write_text("hello")
    assert course.static_files(tmp_path / "x.tar.gz") == {}
