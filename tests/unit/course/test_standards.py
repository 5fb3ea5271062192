"""What a course promises of all its lessons: enough checks, no pattern in answers, plain words."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from peer_xblocks import course
from peer_xblocks.core import reading_level

TODAY = date(2026, 12, 1)
FIXTURES = Path(__file__).parents[2] / "fixtures"
PLAIN = "We sat by the river. He told me about his work. "
HARD = "Organizational accountability necessitates interdisciplinary collaboration. "

CHECK = """
```check
id: check-{number}
question: >-
  What do you say?
options:
  - {{id: a, text: "{0}", feedback: So it is.{right[0]}}}
  - {{id: b, text: "{1}", feedback: So it is.{right[1]}}}
  - {{id: c, text: "{2}", feedback: So it is.{right[2]}}}
```
"""


def a_check(number: int, place: int, longest: int) -> str:
    """A check whose right answer stands at a place, and whose longest answer stands at one."""
    texts = ["Yes.", "No.", "Well."]
    texts[longest] = "Something that is much longer than the others."
    right = [", correct: true" if n == place else "" for n in range(3)]
    return CHECK.format(*texts, number=number, right=right)


def told(folder: Path, body: str, minutes: int, standards: str = "") -> list[str]:
    """The problems of the small course with a body for its second lesson, as `file:line code`."""
    for name in ("curriculum", "rubrics"):
        shutil.copytree(FIXTURES / name, folder / name)
    path = folder / "curriculum/01-listening/02-staying.md"
    text = path.read_text(encoding="utf-8").replace("minutes: 1", f"minutes: {minutes}")
    path.write_text(text + body, encoding="utf-8")
    about = folder / "curriculum/course.yaml"
    about.write_text(about.read_text(encoding="utf-8") + standards, encoding="utf-8")
    problems = course.check(folder / "curriculum", folder / "rubrics", TODAY).problems
    return [f"{Path(p.file).name}:{p.line} {p.code}: {p.sentence}" for p in problems]


@pytest.mark.parametrize(
    ("places", "longest", "expected"),
    [
        ([0, 1, 2, 0], [1, 2, 0, 1], []),
        ([0, 1, 2, 0], [0, 1, 2, 0], ["02-staying.md:1 always-longest: In every check of this"]),
        (
            [1, 1, 1],
            [0, 2, 0],
            ["02-staying.md:1 always-same-place: In every check of this lesson"],
        ),
        (
            [1, 1, 1, 1, 0, 1, 2],
            [0, 0, 0, 0, 1, 2, 1],
            ["module.yaml:1 mostly-same-place: In 6 of 8 checks of this module answer 2 is right."],
        ),
        (
            [0, 1, 2, 0, 1, 2, 0],
            [0, 1, 2, 0, 1, 0, 1],
            ["module.yaml:1 mostly-longest: In 5 of 8 checks of this module the longest is right."],
        ),
    ],
)
def test_right_answers_follow_no_pattern(places, longest, expected, tmp_path):
    """Neither the length nor the place of an answer gives it away, in a lesson or a module."""
    checks = [a_check(n, *both) for n, both in enumerate(zip(places, longest, strict=True))]
    found = told(tmp_path, "".join(checks), minutes=2 + len(checks) * 2)
    assert len(found) == len(expected)
    assert all(one.startswith(start) for one, start in zip(found, expected, strict=True))


def test_as_many_checks_as_promised(tmp_path):
    """Without a promise any number will do; with one each lesson is asked for it."""
    found = told(tmp_path, "", 1, "standards: {checks_per_lesson: 1}\n")
    assert found == [
        "02-staying.md:1 too-few-checks: This lesson has 0 knowledge checks; the course promises 1."
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (PLAIN * 30 + HARD * 12, []),
        (HARD * 30, ["02-staying.md:1 reading-hard: This reads like US grade 1"]),
        (PLAIN * 60, ["02-staying.md:1 reading-easy: This reads like US grade 3."]),
        (PLAIN * 60 + '\n\n!!! badly "No"\n    ' + HARD * 30, ["02-staying.md:1 reading-easy"]),
    ],
)
def test_what_is_told_is_neither_hard_nor_childish(words, expected, tmp_path):
    """A lesson far from the promised grades is named with its grade; dialogue does not count."""
    standards = "standards:\n  reading_grade: {lowest: 8, highest: 10, below: 2, above: 1}\n"
    body = f"\n\n{words}\n"
    minutes = 1 + round(len(words.split()) / 200 + 0.4)
    found = told(tmp_path, body, minutes, standards)
    assert len(found) == len(expected), found
    assert all(one.startswith(start) for one, start in zip(found, expected, strict=True))


def test_a_short_text_has_no_grade():
    """Below thirty sentences the formula says nothing."""
    assert reading_level.grade([PLAIN * 14]) is None
    assert reading_level.grade([PLAIN * 15]) is not None


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("a", 1),
        ("made", 1),
        ("table", 2),
        ("wanted", 2),
        ("walked", 1),
        ("houses", 2),
        ("doesn't", 2),
        ("being", 2),
        ("someone", 2),
        ("recovery", 4),
        ("organization", 5),
        ("Dana's", 2),
    ],
)
def test_syllables_are_those_that_are_heard(word, syllables):
    """Silent vowels do not count, and vowels that are spoken apart do."""
    assert reading_level.syllables(word) == syllables
