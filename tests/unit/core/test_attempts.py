"""What the next attempt depends on: the truth table of what comes first, and the goals carried."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from peer_xblocks.core.attempts import GivenGoals, Performed, before_again, carried
from peer_xblocks.core.record import Goal

DAY_0 = datetime(2026, 11, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    """A day of the story."""
    return DAY_0 + timedelta(days=number)


def performed(scenario: str, on: int, released: int | None = None, **members) -> Performed:
    """A performance handed in on one day and released on another."""
    at = None if released is None else day(released)
    given = {"formative": False, **members}
    return Performed(scenario=scenario, submitted_at=day(on), released_at=at, **given)


WITH_ERROR = performed("bus", 1, 3, critical_error=True)
SINCE = {
    "nothing": (),
    "another": (performed("clinic", 4),),
    "another, released": (performed("clinic", 4, 5),),
    "another for practice": (performed("clinic", 4, formative=True),),
    "another, before the release": (performed("clinic", 2),),
    "the same": (performed("bus", 4),),
    "the same, passed": (performed("bus", 4, 6),),
    "the same, again an error": (performed("bus", 4, 6, critical_error=True),),
    "another, then the same with an error": (
        performed("clinic", 4),
        performed("bus", 5, 6, critical_error=True),
    ),
}
CLOSED = {
    "nothing",
    "another for practice",
    "another, before the release",
    "the same",
    "the same, again an error",
    "another, then the same with an error",
}


@pytest.mark.parametrize(
    ("since", "error", "reopened", "formative"),
    list(itertools.product(SINCE, (False, True), (False, True), (False, True))),
)
def test_the_truth_table(since: str, error: bool, reopened: bool, formative: bool):
    """A scene is closed by a confirmed error in its latest released result, until another scene
    that counts is handed in after that release, or a lead opens it; never for practice.
    """
    first = WITH_ERROR.model_copy(update={"critical_error": error, "reopened": reopened})
    later = SINCE[since]
    latest = max(
        (first, *(one for one in later if one.scenario == "bus" and one.released_at)),
        key=lambda one: one.submitted_at,
    )
    is_closed = since in CLOSED and latest.critical_error and not latest.reopened and not formative
    found = before_again("bus", formative, (first, *later))
    assert found == (latest if is_closed else None)


def test_nothing_handed_in_and_other_scenes_are_open():
    """The rule is about one scene: others stay open, and so does one never performed."""
    assert before_again("bus", False, ()) is None
    assert before_again("clinic", False, (WITH_ERROR,)) is None


def test_an_error_that_is_not_released_closes_nothing():
    """What the trainee has not read yet asks nothing of them."""
    waiting = performed("bus", 1, critical_error=True)
    assert before_again("bus", False, (waiting,)) is None


def given(number: int, scenario: str, rubric: str = "own", asks=("I.1",), *goals: str):
    """The goals of a release on a day."""
    texts = goals or (f"goal of {number}",)
    return GivenGoals(
        id=number,
        scenario=scenario,
        rubric=rubric,
        title=scenario.title(),
        competencies=asks,
        released_at=day(number),
        goals=tuple(Goal(criterion=None, text=text) for text in texts),
    )


def test_the_latest_goals_of_the_scene_come_along():
    """Both goals of its latest release, and none of an earlier one."""
    found = carried(
        [given(1, "bus"), given(3, "bus", "own", ("I.1",), "wait", "ask")], "bus", "own", ["I.1"]
    )
    assert [(one.id, one.text, one.here) for one in found] == [
        ("3-1", "wait", True),
        ("3-2", "ask", True),
    ]


@pytest.mark.parametrize(
    ("rubric", "asks", "comes"),
    [
        ("own", ("IX.1",), True),
        ("other", ("I.1", "IX.1"), True),
        ("other", ("IX.1",), False),
    ],
)
def test_goals_of_a_near_scene_come_along(rubric: str, asks: tuple[str, ...], comes: bool):
    """Of another scene on the same rubric, or one that asks for a competency of this one."""
    found = carried([given(2, "clinic", rubric, asks)], "bus", "own", ["I.1"])
    assert [(one.title, one.here) for one in found] == [("Clinic", False)] * comes


def test_of_many_near_scenes_the_latest_comes_after_the_own_one():
    """This scene first, then one other: a few goals, not a list."""
    found = carried(
        [given(5, "clinic"), given(1, "bus"), given(4, "kitchen")], "bus", "own", ["I.1"]
    )
    assert [one.text for one in found] == ["goal of 1", "goal of 5"]
