"""Every fault that an author can plant is named with its file, its line and how to mend it."""

import re
import shutil
from datetime import date
from pathlib import Path

import planted
import pytest

from peer_xblocks import course

FIXTURES = Path(__file__).parents[2] / "fixtures"
TODAY = date(2026, 12, 1)


def copied(folder: Path) -> Path:
    """A copy of the small course in a folder."""
    for name in ("curriculum", "rubrics"):
        shutil.copytree(FIXTURES / name, folder / name)
    return folder


@pytest.mark.parametrize("fault", planted.ALL, ids=lambda fault: fault.name)
def test_a_planted_fault_is_named(fault, tmp_path):
    """The problems of a faulty course are exactly those that the story in `faults` tells."""
    fault.plant(copied(tmp_path))
    problems = course.check(tmp_path / "curriculum", tmp_path / "rubrics", TODAY).problems
    assert [str(problem) for problem in problems] == fault.expected


def test_every_story_expects_something():
    """No story of a fault is without a fault, which would pass unseen."""
    assert len(planted.ALL) > 50
    assert all(fault.expected and fault.changes for fault in planted.ALL)


def test_a_problem_is_one_line_of_one_form():
    """Each expected line reads `file:line code: sentence. hint`; the first line is 1."""
    form = re.compile(r"^[\w./-]+:[1-9]\d* [a-z0-9-]+: [A-Z\"].*[.?]$")
    wrong = [line for fault in planted.ALL for line in fault.expected if not form.match(line)]
    assert wrong == []


def test_the_small_course_is_without_fault():
    """The course that the faults are planted in has none by itself."""
    assert course.check(FIXTURES / "curriculum", FIXTURES / "rubrics", TODAY).problems == []
    assert course.check(FIXTURES / "curriculum", FIXTURES / "rubrics", TODAY).warnings == []


@pytest.mark.parametrize("text", ["", "words", "- a list", "3", "a: {b: [c]}", "---\nx: [1\n---\n"])
@pytest.mark.parametrize("pattern", ["*.yaml", "*.md"])
def test_whatever_stands_in_a_file_is_told(text, pattern, tmp_path):
    """Each file in turn is filled with something else; it is named, and nothing breaks."""
    for source in sorted(FIXTURES.glob(f"curriculum/**/{pattern}")):
        folder = copied(tmp_path / source.stem)
        file = source.relative_to(FIXTURES)
        (folder / file).write_text(text, encoding="utf-8")
        problems = course.check(folder / "curriculum", folder / "rubrics", TODAY).problems
        assert str(file) in {problem.file for problem in problems}
        assert course.check(folder / "curriculum", folder / "rubrics", TODAY).warnings == []


def test_words_of_another_encoding_are_named(tmp_path):
    """A file that was not saved in UTF-8 is named with the line."""
    copied(tmp_path)
    path = tmp_path / "rubrics" / "listening.yaml"
    path.write_bytes(path.read_bytes().replace(b"title: Waits", b"title: Wa\xefts"))
    (problem, *_) = course.check(tmp_path / "curriculum", tmp_path / "rubrics", TODAY).problems
    assert (problem.file, problem.line, problem.code) == ("rubrics/listening.yaml", 9, "not-utf-8")


def test_the_course_of_this_repository_is_without_fault():
    """The curriculum and the rubrics that come with the package pass every check."""
    root = Path(__file__).parents[3]
    assert [
        str(p) for p in course.check(root / "curriculum", root / "rubrics", TODAY).problems
    ] == []
