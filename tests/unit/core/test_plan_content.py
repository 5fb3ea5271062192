"""What can be done with a plan: forms, rows, versions; laws that hold for anything written."""

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.core.plan_content import (
    Plan,
    changes,
    compared,
    from_form,
    left_over,
    moved,
    removed,
)
from tests.unit.core.test_plan_checks import TEMPLATE

texts = st.text(alphabet="ab é\n.“", max_size=12)
cells = st.sampled_from(["what", "who", "when", "known"])
rows = st.lists(st.dictionaries(cells, texts.map(str.strip).filter(bool)), max_size=12)


def with_steps(found: list[dict[str, str]]) -> Plan:
    """A plan with these steps, as a form would give it."""
    sent = {
        f"r.steps.{n}.{name}": text for n, row in enumerate(found) for name, text in row.items()
    }
    return from_form(TEMPLATE, Plan(), sent)


def words(plan: Plan) -> list[str]:
    """Every word of the steps, in any order."""
    return sorted(text for row in plan.rows_of("steps") for text in row.values())


@given(texts, texts)
def test_either_version_comes_out_of_a_comparison(old: str, new: str):
    """No word is lost or made up between two versions."""
    pieces = compared(old, new)
    assert "".join(one.words for one in pieces if one.kind != "new") == old
    assert "".join(one.words for one in pieces if one.kind != "old") == new


@given(rows, st.integers(-1, 14), st.sampled_from([-1, 1]))
def test_moving_a_row_loses_no_word_and_can_be_undone(found, number: int, by: int):
    """The same words stand there, and the opposite move brings the order back."""
    plan = with_steps(found)
    after = moved(plan, "steps", number, by)
    assert words(after) == words(plan)
    if 0 <= number + by < 12 and 0 <= number < 12:
        assert moved(after, "steps", number + by, -by) == plan


@given(rows, st.integers(0, 11))
def test_taking_a_row_out_takes_that_row_alone(found, number: int):
    """Every other word stays."""
    plan = with_steps(found)
    gone = plan.rows_of("steps")[number].values() if number < len(plan.rows_of("steps")) else ()
    assert sorted([*words(removed(plan, "steps", number)), *gone]) == words(plan)


def test_a_form_without_a_field_leaves_it_as_it_is():
    """An older page, or half of one, empties nothing that it does not hold."""
    before = Plan(texts={"goal": "I want my corner."}, rows={"steps": [{"what": "Ring Lupe"}]})
    after = from_form(TEMPLATE, before, {"r.strengths.0.item": "Her ear"})
    assert after.text("goal") == "I want my corner."
    assert after.rows_of("steps") == ({"what": "Ring Lupe"},)
    assert from_form(TEMPLATE, after, {"w.goal": ""}).text("goal") == ""


def test_words_for_fields_that_are_gone_are_carried_along():
    """What an author took out of the template stays in the plan, and can be read."""
    before = Plan(texts={"hope": "To sing."}, rows={"walks": [{"item": "To the yard"}]})
    after = from_form(TEMPLATE, before, {"w.goal": "I want my corner."})
    assert list(left_over(TEMPLATE, after)) == ["To sing.", "To the yard"]


def test_what_differs_is_told_by_the_name_of_its_place():
    """Each place that changed, in the order of the template, and no other."""
    old = Plan(texts={"goal": "I want my corner."}, rows={"steps": [{"what": "Ring Lupe"}]})
    new = Plan(texts={"goal": "I want my own corner."}, rows={"steps": [{"what": "Ring Lupe"}]})
    (one,) = changes(TEMPLATE, old, new)
    assert one.place == "Goal"
    assert [(p.kind, p.words) for p in one.pieces][1] == ("new", "own ")
    assert changes(TEMPLATE, old, old) == ()
