"""The generated pages of the manual: current, and true to their sources."""

import shutil
from pathlib import Path

import pytest
from test_cli import content, run

from peer_xblocks import course

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests/fixtures"


@pytest.fixture(scope="module")
def small() -> dict[str, str]:
    """The pages of the small course."""
    return course.read_pages(FIXTURES / "curriculum", FIXTURES / "rubrics")


def test_the_pages_of_the_manual_are_current():
    """Each page in the manual is what `peer-xblocks pages` would write now."""
    for name, text in course.read_pages(ROOT / "curriculum", ROOT / "rubrics").items():
        there = (ROOT / "docs/reference" / name).read_text(encoding="utf-8")
        assert there == text, f"{name} is old. Run: peer-xblocks pages"


def test_hours_are_summed_by_kind(small):
    """Modules and the whole course have a sum for each kind."""
    assert "| Listening | 2 | 6 min | 1 h 15 min | – | 1 h 21 min |" in small["hours.md"]
    assert "| **Whole course** | 2 | 6 min | 1 h 15 min | – | 1 h 21 min |" in small["hours.md"]


def test_hours_are_held_against_each_condition_of_a_body(small):
    """A minimum that is met says so, and who counts what is left to the body."""
    page = small["hours.md"]
    assert "**Met by the hours of this course, in number:** Made-up Listener." in page
    condition = "1 h (medium confidence) | live | 1 h 15 min | met by itself, in number |"
    assert f"|  | Of these, live | {condition}" in page
    assert "| Made-up Listener | not found | not found | none | Only courses that the" in page
    assert "Nobody has approved this course." in page


def test_live_hours_that_are_missing_are_named(tmp_path):
    """Without its lab the small course needs an hour live on top."""
    for name in ("curriculum", "rubrics"):
        shutil.copytree(FIXTURES / name, tmp_path / name)
    guide = tmp_path / "curriculum/01-listening/guides/leading-a-lab.md"
    text = guide.read_text(encoding="utf-8")
    before, _, after = text.partition("sessions:")
    guide.write_text(before + "sources:" + after.partition("sources:")[2], encoding="utf-8")
    page = course.read_pages(tmp_path / "curriculum", tmp_path / "rubrics")["hours.md"]
    assert "**Needs live hours on top:** Made-up Listener." in page
    assert "| – | 1 h more needed, live |" in page


def test_the_command_writes_what_changed_and_only_that(small, tmp_path):
    """A second run has nothing to say; a course with faults has no pages."""
    options = content(tmp_path)
    first = run("pages", f"--out={tmp_path / 'out'}", *options)
    written = sorted(Path(line).name for line in first.stdout.splitlines())
    assert (first.returncode, written) == (0, sorted(small))
    again = run("pages", f"--out={tmp_path / 'out'}", *options)
    assert (again.returncode, again.stdout) == (0, "")
    (tmp_path / "rubrics/critical-errors.yaml").unlink()
    faulty = run("pages", f"--out={tmp_path / 'out'}", *options)
    assert faulty.returncode == 1 and "missing-file" in faulty.stdout
