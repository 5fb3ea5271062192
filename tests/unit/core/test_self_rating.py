"""A trainee's own ticks: what is kept of them, the level they come to, and how they lie beside."""

import itertools

import pytest

from peer_xblocks.core.rating import CriterionRating, CriterionState, Evidence
from peer_xblocks.core.scoring import level_of, level_so_far
from peer_xblocks.core.self_rating import beside, rows_of, ticks_of

from .performances import PLAIN_RUBRIC, RUBRIC

FIRST = RUBRIC.criteria[0]
BASICS = ("critical-b1", "critical-b2")


def own(*behaviours: str, **members: object) -> CriterionRating:
    """Own ticks on the first criterion."""
    return CriterionRating(criterion=FIRST.id, behaviours=behaviours, **members)


def test_only_ticks_are_kept_in_the_rubric_s_order():
    """No word, nothing of another rubric, no level that is none."""
    wordy = own(
        "critical-b2",
        "critical-h1",
        "elsewhere",
        comment="x",
        reason="y",
        evidence=(Evidence(kind="quote", text="z"),),
        confirmed_empty=True,
        chosen_level=2,
    )
    unknown = CriterionRating(criterion="elsewhere")
    assert ticks_of(RUBRIC, (unknown, wordy)) == (own("critical-h1", "critical-b2"),)
    chosen = CriterionRating(criterion="critical", chosen_level=2)
    assert ticks_of(PLAIN_RUBRIC, (chosen,)) == (chosen,)


@pytest.mark.parametrize("state", CriterionState)
def test_levels_are_those_of_a_rating(state: CriterionState):
    """For every set of ticks the same level and reason; only an untouched criterion is open."""
    ids = [one.id for one in FIRST.behaviours]
    for chosen in itertools.product((False, True), repeat=len(ids)):
        rated = own(*itertools.compress(ids, chosen), state=state)
        is_open = state is CriterionState.RATED and not any(chosen)
        assert level_so_far(FIRST, rated) == ((None, "open") if is_open else level_of(FIRST, rated))
        row = next(one for one in rows_of(RUBRIC, (rated,)) if one.criterion == FIRST)
        assert (row.level, row.because) == level_so_far(FIRST, rated)


def test_every_criterion_has_its_row():
    """What was not ticked stands open, in the rubric's order."""
    rows = rows_of(RUBRIC, (own(*BASICS),))
    assert [(one.criterion.id, one.level, one.because) for one in rows] == [
        ("critical", 3, "all_basic"),
        ("other", None, "open"),
        ("last", None, "open"),
    ]


def sides(one):
    """What both, only the trainee, and only raters ticked, by id."""
    return [[b.id for b in side] for side in (one.both, one.only_own, one.only_raters)]


def test_where_they_agree_and_differ():
    """Seen by both, by the trainee alone, by a rater alone; each with its raters' letters."""
    seen = {"A": {"critical-b1", "critical-b2"}, "B": {"critical-b1", "critical-h1"}}
    one = beside(FIRST, own("critical-b1", "critical-a1"), 1, seen)
    assert sides(one) == [["critical-b1"], ["critical-a1"], ["critical-h1", "critical-b2"]]
    assert one.letters == {
        "critical-h1": ("B",),
        "critical-b1": ("A", "B"),
        "critical-b2": ("A",),
    }
    assert (one.own_level, one.level, one.differs) == (2, 1, True)


def test_the_same_is_the_same():
    """Same ticks and same level: nothing differs."""
    one = beside(FIRST, own(*BASICS), 3, {"A": set(BASICS), "B": set(BASICS)})
    assert (sides(one), one.differs) == ([list(BASICS), [], []], False)


def test_no_opportunity_is_without_ticks():
    """Who saw no opportunity ticked nothing, whatever is left in the form."""
    rated = own(*BASICS, state=CriterionState.NO_OPPORTUNITY)
    one = beside(FIRST, rated, 3, {"A": set(BASICS)})
    assert (one.own_level, one.own_because) == (None, "no_opportunity")
    assert sides(one) == [[], [], list(BASICS)]
