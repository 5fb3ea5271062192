"""Rule `resolve/1` against its truth table, `tests/vectors/resolution.yaml`."""

from itertools import permutations
from pathlib import Path

import pytest
import yaml

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.resolution import (
    Resolution,
    Signed,
    disputed,
    resolve,
    settle,
    third_because,
)

from .performances import PLAIN_RUBRIC, RUBRIC, level_of, levels_of, rating

TABLE = yaml.safe_load(
    (Path(__file__).parents[2] / "vectors" / "resolution.yaml").read_text("utf-8")
)
ONE_CRITERION = {
    "an ordinary criterion": (RUBRIC, 1),
    "a critical criterion": (RUBRIC, 0),
    "an ordinary criterion of plain levels": (PLAIN_RUBRIC, 1),
}
CELLS = [
    (name, one, other, cell)
    for name in ONE_CRITERION
    for one, row in TABLE[name].items()
    for other, cell in row.items()
]


def cases(name):
    """The cases of one part of the table, called as they are called there."""
    return [pytest.param(case, id=case["case"]) for case in TABLE[name]]


def ratings_in(case):
    """The ratings that a case of the table describes."""
    return [
        rating(levels_of(one["levels"]), tuple(one.get("errors", ())), one.get("asks", False))
        for one in case["ratings"]
    ]


def reasons_of(because):
    """Reasons for a third rating in the words of the table."""
    return [f"{one.why} {one.code}" if one.code else str(one.why) for one in because]


def check_result(resolution: Resolution, expected):
    """Compare a resolution with what the table says."""
    assert tuple(c.level for c in resolution.criteria) == levels_of(expected["levels"])
    assert resolution.passed is expected["passed"]
    assert list(resolution.critical_errors) == expected.get("confirmed", [])


def test_the_table_of_two_is_whole():
    """Each table of one criterion has a cell for every pair of levels, no opportunity included."""
    words = {"1", "2", "3", "4", "none"}
    for name in ONE_CRITERION:
        pairs = {frozenset((one, other)) for n, one, other, _ in CELLS if n == name}
        assert pairs == {frozenset((one, other)) for one in words for other in words}


@pytest.mark.parametrize(("name", "one", "other", "cell"), CELLS)
def test_two_ratings_of_one_criterion(name, one, other, cell):
    """Two ratings come to what the table says, in whichever order they came in."""
    rubric, place = ONE_CRITERION[name]
    for pair in ((one, other), (other, one)):
        given = [[3, 3, 3], [3, 3, 3]]
        for levels, word in zip(given, pair, strict=True):
            levels[place] = level_of(word)
        ratings = [rating(tuple(levels), rubric=rubric) for levels in given]
        resolution = resolve(rubric, ratings)
        if cell.startswith("third"):
            assert resolution is None
            assert reasons_of(third_because(rubric, *ratings)) == cell.split(", ")[1:]
        else:
            found = resolution.criteria[place]
            assert (found.level, found.how) == (level_of(cell.split()[0]), cell.split()[1])
            assert resolution.basis == "two"


def test_the_table_of_three_is_whole():
    """The table of three has a row for each of the 35 combinations of three levels."""
    assert len({tuple(sorted(row.split())) for row in TABLE["three ratings"]}) == 35


@pytest.mark.parametrize(("row", "cell"), TABLE["three ratings"].items())
def test_three_ratings_of_one_criterion(row, cell):
    """Three ratings come to what the table says, in whichever order they came in."""
    for order in set(permutations(levels_of(row))):
        resolution = resolve(RUBRIC, [rating((3, level, 3)) for level in order])
        found = resolution.criteria[1]
        assert (found.level, found.how) == (level_of(cell.split()[0]), cell.split()[1])
        assert found.levels == order
        assert resolution.basis == "third"


@pytest.mark.parametrize("case", cases("performances"))
def test_whole_performances(case):
    """A whole performance comes to what the table says."""
    ratings = ratings_in(case)
    resolution = resolve(RUBRIC, ratings)
    if "third" in case:
        assert resolution is None
        assert reasons_of(third_because(RUBRIC, *ratings)) == case["third"]
    else:
        check_result(resolution, case["result"])


@pytest.mark.parametrize("case", cases("settled by a lead"))
def test_settled_by_a_lead(case):
    """What a lead signs comes to what the table says, or is refused at the places that it names."""
    said = case["signed"]
    choices = {c: ["first", "second"].index(who) for c, who in said.get("choose", {}).items()}
    reason = said.get("reason", "I listened to it twice.")
    signed = Signed(choices=choices, upheld=tuple(said.get("uphold", ())), reason=reason)
    ratings = ratings_in(case)
    if "refused" in case:
        with pytest.raises(InvalidError) as refused:
            settle(RUBRIC, ratings, signed)
        assert sorted(refused.value.problems) == sorted(case["refused"])
        return
    resolution = settle(RUBRIC, ratings, signed)
    check_result(resolution, case["result"])
    assert resolution.basis == "third_not_held"
    assert resolution.reason == reason
    assert all(c.how == "lead" for c in resolution.criteria if c.criterion in choices)


def test_a_choice_is_the_first_or_the_second():
    """A lead cannot choose a rating that is not there."""
    ratings = [rating((3, 2, 3)), rating((3, 4, 3))]
    with pytest.raises(InvalidError):
        settle(RUBRIC, ratings, Signed(choices={"other": 2}, reason="So."))


def test_disputed_names_criteria_in_the_order_of_the_rubric():
    """What a lead has to decide stands in the rubric's order, once each."""
    assert disputed(RUBRIC, rating((1, 3, 3)), rating((3, 3, None))) == ("critical", "last")


def test_points_are_added_for_a_rubric_of_plain_levels():
    """A rubric of plain levels gives points, and leaves out what had no opportunity."""
    ratings = [rating((3, None, 4), rubric=PLAIN_RUBRIC) for _ in range(2)]
    points = resolve(PLAIN_RUBRIC, ratings).points
    assert (points.earned, points.possible) == (30, 40)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_another_number_of_ratings_settles_nothing(count):
    """Only two or three ratings settle a submission."""
    with pytest.raises(ValueError, match="two or three"):
        resolve(RUBRIC, [rating((3, 3, 3))] * count)
