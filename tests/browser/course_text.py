"""What the course says and what the fixtures hold, so that no test repeats their words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from peer_xblocks import course
from peer_xblocks.authoring import library
from peer_xblocks.core.course import Course
from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.lesson import Lesson
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.rubric import Criterion
from peer_xblocks.core.scoring import level_of

PERFORMANCES = Path(__file__).parents[1] / "fixtures" / "performances"

Ticks = Mapping[str, list[str]]


@cache
def whole() -> Course:
    """The course that the site is built from."""
    return course.read_sources(library.curriculum(), library.rubrics())


def lessons() -> list[Lesson]:
    """The lessons, in order."""
    return [one for module in whole().modules for one in module.lessons]


def role_play(key: str) -> RolePlay:
    """The role play whose scenario has this key."""
    found = (one for module in whole().modules for one in module.role_plays)
    return next(one for one in found if one.scenario.key == key)


def dialogue(url_name: str) -> Dialogue:
    """The dialogue of this name."""
    found = (one for module in whole().modules for one in module.dialogues)
    return next(one for one in found if one.url_name == url_name)


def performed(name: str) -> str:
    """A performance as it was written."""
    return (PERFORMANCES / f"{name}.txt").read_text(encoding="utf-8")


def ticks_of(name: str) -> Ticks:
    """What raters ticked for a performance: criterion to behaviours."""
    ticks = yaml.safe_load((PERFORMANCES / f"{name}.ticks.yaml").read_text(encoding="utf-8"))
    assert not ticks.pop("critical_errors")
    return ticks


def level(criterion: Criterion, behaviours: list[str]) -> int | None:
    """The level that these ticks come to, by the rule itself."""
    return level_of(criterion, CriterionRating(criterion=criterion.id, behaviours=behaviours))[0]
