"""Each rubric tells two written performances apart, and the page on agreement is arithmetic."""

import re
from functools import reduce

import pytest
from readings import (
    NAMES,
    ROOT,
    Agreement,
    agreed,
    by_rubric,
    cells,
    levels,
    rating,
    reading,
    role_play,
    role_plays,
    ticked_in,
)

from peer_xblocks.core.scoring import is_passed, problems_of

PAGE = ROOT / "docs/reference/rater-agreement.md"
PROMISED = 0.85

everybody = pytest.mark.parametrize(
    "whose", [agreed, reading("a").get, reading("b").get], ids=["agreed", "first", "second"]
)


def rows(heading: str) -> list[str]:
    """The lines of the table below a heading of the page, without its head."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def test_every_rubric_has_a_strong_and_a_developing_performance():
    """No rubric of the course is without its two."""
    kinds = {(role_play(name).rubric.key, name.rsplit("-", 1)[1]) for name in NAMES}
    used = {one.rubric.key for one in role_plays().values()}
    there = {path.stem for path in (ROOT / "rubrics").glob("*.yaml")} - {"critical-errors"}
    assert used == there
    assert kinds == {(key, kind) for key in there for kind in ("strong", "developing")}


@pytest.mark.parametrize("name", NAMES)
@everybody
def test_ticks_are_of_the_rubric_and_in_its_order(name, whose):
    """A rating with these ticks could be submitted, and reads as the rubric does."""
    one, ticks = role_play(name), whose(name)
    assert problems_of(one.rubric, one.critical_errors, rating(ticks)) == {}
    assert list(ticks) == [c.id for c in one.rubric.criteria] + ["critical_errors"]
    for criterion in one.rubric.criteria:
        order = [behaviour.id for behaviour in criterion.behaviours]
        assert ticks[criterion.id] == sorted(ticks[criterion.id], key=order.index)


@pytest.mark.parametrize("name", NAMES)
@everybody
def test_the_strong_one_passes_and_the_developing_one_does_not_yet(name, whose):
    """By the rule itself, from what was agreed on and from what each reader ticked."""
    rubric, ticks = role_play(name).rubric, whose(name)
    passed = is_passed(rubric, levels(rubric, ticks), ticks["critical_errors"])
    assert passed is name.endswith("-strong")


@pytest.mark.parametrize("name", NAMES)
def test_what_both_readers_saw_stands(name):
    """Agreed ticks settle where the readers differed, and change nothing else."""
    ticks = ticked_in(agreed(name))
    assert [cell for cell in cells(name) if cell.a == cell.b != (cell.behaviour in ticks)] == []
    assert reading("a")[name]["critical_errors"] == reading("b")[name]["critical_errors"]
    assert agreed(name)["critical_errors"] == reading("a")[name]["critical_errors"]


def test_two_readers_agree_on_every_rubric_as_promised():
    """Exact agreement on behaviours is 85 percent or more for each rubric."""
    assert {title: one for title, one in by_rubric().items() if one.exact < PROMISED} == {}


def test_the_table_of_agreement_is_computed():
    """Each line of the page is what the two readers' files come to."""
    found = by_rubric()
    together = reduce(Agreement.with_more, found.values())
    assert rows("The numbers") == [
        *(found[title].row(title) for title in sorted(found)),
        together.row("**All**"),
    ]


def test_the_page_names_every_behaviour_on_which_they_differed():
    """Where they differed: the performance, the behaviour, who ticked it and how it was settled."""
    ticked = {False: "no", True: "yes"}
    differing = [
        f"| `{cell.name}` | *{cell.behaviour}* | {ticked[cell.a]} | {ticked[cell.b]} | "
        f"{ticked[cell.behaviour in ticked_in(agreed(name))]} |"
        for name in NAMES
        for cell in cells(name)
        if cell.a != cell.b
    ]
    assert rows("Where they differed") == differing


def test_the_page_names_behaviours_that_there_are():
    """Every behaviour that the page says was reworded stands in the rubric that it names."""
    known = {
        one.rubric.key: {b.id for c in one.rubric.criteria for b in c.behaviours}
        for one in role_plays().values()
    }
    named = {
        re.search(r"`([a-z-]+)`", line)[1]: set(re.findall(r"\*([a-z-]+\d)\*", line))
        for line in rows("What was reworded")
    }
    assert set(named) == set(known)
    assert {
        key: ids - known[key] for key, ids in named.items() if not ids or ids - known[key]
    } == {}
