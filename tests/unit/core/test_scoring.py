"""From ticks to levels, from levels to passed, and what keeps a rating from being submitted."""

from itertools import product

import pytest

from peer_xblocks.core.rating import CriterionRating, CriterionState, Rating, SeenError
from peer_xblocks.core.scoring import is_passed, level_of, points_of, problems_of

from .performances import ERRORS, PLAIN_RUBRIC, RUBRIC, criterion, plain, rating

WHOLE = rating((3, 3, 3))
FIRST = WHOLE.criteria[0]


def changed(**members) -> Rating:
    """A whole rating in which the first criterion was rated otherwise."""
    first = FIRST.model_copy(update=members)
    return WHOLE.model_copy(update={"criteria": (first, *WHOLE.criteria[1:])})


def test_the_level_rule_on_every_combination_of_ticks():
    """Any harm is 1; else a missing basic is 2; else an advanced one is 4; else 3."""
    one = criterion("x")
    ids = [behaviour.id for behaviour in one.behaviours]
    for ticks in product([False, True], repeat=6):
        harm1, harm2, basic1, basic2, advanced1, advanced2 = ticks
        ticked = tuple(id_ for id_, is_ticked in zip(ids, ticks, strict=True) if is_ticked)
        if harm1 or harm2:
            expected = (1, "harmful_seen")
        elif not (basic1 and basic2):
            expected = (2, "basic_missing")
        elif advanced1 or advanced2:
            expected = (4, "advanced_seen")
        else:
            expected = (3, "all_basic")
        assert level_of(one, CriterionRating(criterion="x", behaviours=ticked)) == expected


def test_no_opportunity_has_no_level():
    """A criterion without an opportunity has no level."""
    given = CriterionRating(criterion="x", state=CriterionState.NO_OPPORTUNITY, reason="So.")
    assert level_of(criterion("x"), given).level is None


def test_a_plain_level_is_the_chosen_one():
    """Where a criterion has plain levels, the rater's choice is the level."""
    assert level_of(plain("x"), CriterionRating(criterion="x", chosen_level=2)) == (2, "chosen")


@pytest.mark.parametrize(
    ("levels", "confirmed", "passed"),
    [
        ((3, 3, 3), (), True),
        ((4, 4, 4), (), True),
        ((3, 2, 3), (), True),
        ((3, 2, 2), (), False),
        ((2, 4, 4), (), False),
        ((3, 1, 4), (), False),
        ((3, 3, 3), ("CE-1",), False),
        ((None, 4, 4), (), False),
        ((3, None, None), (), True),
        ((3, None, 2), (), True),
        ((None, None, None), (), False),
    ],
)
def test_the_rule_for_passing(levels, confirmed, passed):
    """Critical ones at 3, no level 1, no confirmed error, and few enough of the others below 3."""
    named = dict(zip(("critical", "other", "last"), levels, strict=True))
    assert is_passed(RUBRIC, named, confirmed) is passed


def test_nothing_rated_is_never_passed_even_without_critical_criteria():
    """A rubric without critical criteria is not passed by having had no opportunity anywhere."""
    rubric = RUBRIC.model_copy(update={"criteria": (criterion("a"), criterion("b"))})
    assert not is_passed(rubric, {"a": None, "b": None}, ())


def test_points_only_where_levels_are_plain():
    """Points are counted where every criterion has plain levels, and never for behaviours."""
    levels = {"critical": 4, "other": None, "last": 2}
    assert points_of(PLAIN_RUBRIC, levels) == (25, 40)
    assert points_of(RUBRIC, levels) is None


def test_a_whole_rating_has_no_problems():
    """A rating with every criterion decided can be submitted."""
    assert problems_of(RUBRIC, ERRORS, WHOLE) == {}
    assert problems_of(PLAIN_RUBRIC, ERRORS, rating((1, None, 4), rubric=PLAIN_RUBRIC)) == {}


def test_an_empty_rating_names_every_criterion():
    """All that is open is named at once."""
    assert set(problems_of(RUBRIC, ERRORS, Rating())) == {"critical", "other", "last"}


@pytest.mark.parametrize(
    "members",
    [
        {"behaviours": ()},
        {"behaviours": ("other-b1",)},
        {"behaviours": ("critical-b1", "critical-b1")},
        {"state": CriterionState.NO_OPPORTUNITY},
        {"state": CriterionState.NO_OPPORTUNITY, "behaviours": (), "reason": "  "},
        {"state": CriterionState.NO_OPPORTUNITY, "behaviours": ("critical-b1",), "reason": "So."},
    ],
)
def test_a_criterion_that_is_not_decided_is_named(members):
    """Nothing ticked, a foreign tick, a double, or no opportunity without reason needs a look."""
    assert set(problems_of(RUBRIC, ERRORS, changed(**members))) == {"critical"}


def test_confirming_that_nothing_was_seen_is_enough():
    """A rated criterion without a tick needs the one confirming click."""
    assert problems_of(RUBRIC, ERRORS, changed(behaviours=(), confirmed_empty=True)) == {}


def test_a_plain_level_outside_the_rubric_is_named():
    """A level that the criterion does not have cannot be chosen."""
    short = plain("critical", True)
    short = short.model_copy(update={"levels": short.levels[:2]})
    rubric = PLAIN_RUBRIC.model_copy(update={"criteria": (short, *PLAIN_RUBRIC.criteria[1:])})
    problems = problems_of(rubric, ERRORS, rating((3, 3, 3), rubric=PLAIN_RUBRIC))
    assert set(problems) == {"critical"}


def test_a_criterion_of_another_rubric_is_named():
    """A rating that speaks of a criterion which is not in the rubric needs a look."""
    extra = CriterionRating(criterion="elsewhere")
    given = WHOLE.model_copy(update={"criteria": (*WHOLE.criteria, extra)})
    assert set(problems_of(RUBRIC, ERRORS, given)) == {"elsewhere"}


def test_a_criterion_rated_twice_is_named():
    """One criterion has one rating."""
    given = WHOLE.model_copy(update={"criteria": (*WHOLE.criteria, FIRST)})
    assert set(problems_of(RUBRIC, ERRORS, given)) == {"critical"}


@pytest.mark.parametrize(
    ("seen", "place"),
    [
        ([("CE-1", "")], "CE-1"),
        ([("CE-9", "Heard it.")], "CE-9"),
        ([("CE-1", "Heard it."), ("CE-1", "Again.")], ""),
    ],
)
def test_a_critical_error_needs_a_known_code_and_an_observation(seen, place):
    """A critical error is on the list, named once, and rests on what was seen or heard."""
    errors = tuple(SeenError(code=code, observation=words) for code, words in seen)
    given = WHOLE.model_copy(update={"critical_errors": errors})
    assert set(problems_of(RUBRIC, ERRORS, given)) == {place}


def test_asking_for_a_third_needs_a_reason():
    """Who asks for a third rating says why."""
    given = WHOLE.model_copy(update={"asks_for_third": True})
    assert set(problems_of(RUBRIC, ERRORS, given)) == {""}
