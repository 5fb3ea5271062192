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
    assert "| Listening | 2 | 9 min | 1 h 15 min | – | 1 h 24 min |" in small["hours.md"]
    assert "| **Whole course** | 2 | 9 min | 1 h 15 min | – | 1 h 24 min |" in small["hours.md"]


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


def test_the_blueprint_shows_where_a_competency_stands(small):
    """A row has lessons, labs, scenarios, criteria and evidence, each leading to its file."""
    page = small["blueprint.md"]
    (row,) = [line for line in page.splitlines() if line.startswith("| **I.1**")]
    assert row == (
        "| **I.1** Lets finish | direct "
        "| [01.1](../../curriculum/01-listening/01-hearing.md) "
        "| [Listening in threes](../../curriculum/01-listening/guides/leading-a-lab.md), "
        "[The late bus](../../curriculum/01-listening/dialogues/the-late-bus.yaml) "
        "| [T-1](../../curriculum/01-listening/role-plays/the-quiet-table.yaml) "
        "| [listening: waits](../../rubrics/listening.yaml) |  |"
    )
    assert "Directly observable: 2; in two scenarios or more: 0." in page


def test_the_blueprint_says_what_is_missing(small):
    """Each gap stands with its competencies, and says when no reason was written."""
    page = small["blueprint.md"]
    none = "**No reason is written yet.**"
    assert f"- **Assessed in one scenario only:** I.1, I.2. {none}" in page
    assert f"- **Practiced nowhere yet:** II.1. {none}" in page
    assert f"- **No evidence named beside a role play:** II.1. {none}" in page


def test_sources_are_listed_with_what_stays_unchecked(small):
    """Recalled sources, competencies and facts are counted and named; others are listed, too."""
    page = small["sources.md"]
    assert "- **Sources:** 1 of 2 are recalled; they are listed below." in page
    assert "- **Competencies:** 1 of 3 statements are paraphrased from memory" in page
    assert "- **Facts:** 0 of 1 are recalled." in page
    before, _, after = page.partition("## Checked sources")
    assert "[An invented study of listening](https://example.org/listening)" in before
    assert "[An invented study of labs](https://example.org/labs) | B. Example |" in after
    assert "| `things-to-wait-for` many offices | What people wait for" in after
    assert "[01 02-staying](../../curriculum/01-listening/02-staying.md)" in after
    assert "[Made-up Listener](../../curriculum/certification/example-board.yaml) | medium" in after


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
