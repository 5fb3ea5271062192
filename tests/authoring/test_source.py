"""Reading YAML strictly: what an author means, or a sentence about it."""

import pytest

from peer_xblocks.authoring import lesson, source
from peer_xblocks.authoring.refusals import did_you_mean
from peer_xblocks.core.problem import ProblemsError
from peer_xblocks.core.rubric import CriticalErrors


def refused(text: str) -> list[tuple[int, str]]:
    """Line and code of every problem in a text."""
    with pytest.raises(ProblemsError) as caught:
        source.parse(text, "file.yaml")
    return [(problem.line, problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("1.5", 1.5),
        ("true", True),
        ("2026-13-05", "2026-13-05"),
        ("~", None),
        ("'no'", "no"),
        ("=", "="),
    ],
)
def test_a_scalar_means_what_it_looks_like(written, meant):
    """Times of day, leading zeros and impossible dates stay the text they look like."""
    assert source.parse(f"a: {written}", "file.yaml").data == {"a": meant}


def test_lines_are_kept_for_every_place():
    """Every place in the data knows its line, counted from the first line of the piece."""
    written = source.parse("a:\n  - x\n  - b: >-\n      long\n      text\n", "file.yaml", 10)
    assert written.lines[("a", 0)] == 11
    assert written.lines[("a", 1, "b")] == 12
    assert written.line(("a", 1, "b", "not there")) == 12


def test_a_file_from_another_system_is_read():
    """A byte order mark and line ends of Windows change nothing."""
    written = source.parse("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n", "file.yaml")
    assert written.data == {"a": 1, "b": "x\ny\n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [(2, "duplicate-key")]),
        ("a: &x [1]\nb: *x\n", [(2, "alias")]),
        ("a: !!python/object:os.system x\n", [(1, "tag")]),
        ('a: "\\0"\n', [(1, "control-character")]),
        ("a: \x07\n", [(1, "control-character")]),
        ("? [a]\n: b\n", [(1, "key")]),
        ("a: 1\n---\nb: 2\n", [(3, "second-document")]),
        ("", [(1, "empty")]),
        ("a: " + "[" * 60 + "]" * 60, [(1, "too-deep")]),
        ("a: *nothing\n", [(1, "syntax")]),
        ("a: @home\n", [(1, "syntax")]),
    ],
)
def test_what_yaml_allows_beyond_us_is_refused(text, expected):
    """Aliases, tags, doubled keys and the like are refused where they stand."""
    assert refused(text) == expected


def test_a_bomb_of_aliases_is_refused_quickly():
    """A text that would expand without end is refused at its first alias."""
    text = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n"
        for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)
    )
    assert refused(text)[0] == (2, "alias")


def test_problems_in_front_matter_and_blocks_come_together():
    """A lesson tells the faults of its facts and of every block at once, each with its line."""
    text = (
        "---\ntitle: T\nurl_name: T t\nminutes: 5\n---\n\nText.\n\n"
        "```check\nid: c\nquestion: q\noptions:\n  - id: a\n    text: t\n    feedback: f\n"
        "    corect: true\n  - id: b\n    text: t\n    feedback: f\n```\n"
    )
    with pytest.raises(ProblemsError) as caught:
        lesson.load(text, "lesson.md")
    assert [(p.line, p.code) for p in caught.value.problems] == [
        (3, "wrong-form"),
        (16, "unknown-member"),
    ]


def test_a_fence_inside_a_longer_fence_belongs_to_it():
    """A block may be fenced by more than three backticks and hold three."""
    head = "---\ntitle: T\nurl_name: t\nminutes: 5\n---\n"
    body = "````reflection\nid: r\nprompt: |\n  Look at\n  ```\n  this\n````\n"
    (part,) = lesson.load(head + body, "lesson.md").parts
    assert part.prompt == "Look at\n```\nthis"


def test_a_list_in_place_of_a_file_is_told():
    """A file that holds a list instead of entries is told in words."""
    with pytest.raises(ProblemsError) as caught:
        source.load(CriticalErrors, "- a\n- b\n", "file.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (1, "wrong-kind")


def test_a_question_is_asked_only_when_something_is_near():
    """The question "Did you mean" names a near thing or is left out."""
    assert did_you_mean("qestion", ["question", "title"]) == 'Did you mean "question"?'
    assert did_you_mean("zzz", ["question", "title"]) == ""
