"""The written performances, what two readers ticked in each, and what was agreed on afterwards."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

import yaml

from peer_xblocks import course
from peer_xblocks.core.rating import CriterionRating, Rating, SeenError
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scoring import levels_of

ROOT = Path(__file__).parents[3]
PERFORMANCES = ROOT / "tests/fixtures/performances"
NAMES = sorted(path.stem for path in PERFORMANCES.glob("*.txt"))

Ticks = Mapping[str, list[str]]


@cache
def role_plays() -> Mapping[str, RolePlay]:
    """The role plays of the course by the key of their scenario."""
    whole = course.read_sources(ROOT / "curriculum", ROOT / "rubrics")
    return {one.scenario.key: one for module in whole.modules for one in module.role_plays}


def role_play(name: str) -> RolePlay:
    """The role play that a performance is of."""
    return role_plays()[name.rsplit("-", 1)[0]]


def _read(path: Path) -> Mapping:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def agreed(name: str) -> Ticks:
    """What was agreed on for a performance: each criterion's behaviours, and critical errors."""
    return _read(PERFORMANCES / f"{name}.ticks.yaml")


@cache
def reading(reader: str) -> Mapping[str, Ticks]:
    """What one reader, "a" or "b", ticked: performance to ticks."""
    return _read(PERFORMANCES / f"readings/{reader}.yaml")


def ticked_in(ticks: Ticks) -> set[str]:
    """The behaviours that are ticked, whatever their criterion."""
    return {behaviour for behaviours in ticks.values() for behaviour in behaviours}


def rating(ticks: Ticks) -> Rating:
    """Ticks as the rating that an assessor would submit."""
    return Rating(
        criteria=[
            CriterionRating(criterion=key, behaviours=ids, confirmed_empty=not ids)
            for key, ids in ticks.items()
            if key != "critical_errors"
        ],
        critical_errors=[
            SeenError(code=code, observation="Seen.") for code in ticks["critical_errors"]
        ],
    )


def levels(rubric: Rubric, ticks: Ticks) -> Mapping[str, int | None]:
    """The level of each criterion, computed from ticks."""
    return levels_of(rubric, rating(ticks))


class Cell(NamedTuple):
    """One behaviour in one performance, and who ticked it."""

    name: str
    behaviour: str
    a: bool
    b: bool


def cells(name: str) -> Iterator[Cell]:
    """Every behaviour of a performance's rubric, with what the two readers made of it."""
    first, second = (reading(one)[name] for one in "ab")
    for criterion in role_play(name).rubric.criteria:
        for one in criterion.behaviours:
            ticked = (one.id in ticks[criterion.id] for ticks in (first, second))
            yield Cell(name, one.id, *ticked)


class Agreement(NamedTuple):
    """How often two readers agreed; counts of behaviours, and of levels."""

    cells: int = 0
    same: int = 0
    both: int = 0
    either: int = 0
    levels: int = 0
    same_levels: int = 0

    @classmethod
    def of(cls, name: str) -> Self:
        """The agreement on one performance."""
        rubric, seen = role_play(name).rubric, list(cells(name))
        first, second = (levels(rubric, reading(one)[name]) for one in "ab")
        return cls(
            cells=len(seen),
            same=sum(cell.a == cell.b for cell in seen),
            both=sum(cell.a and cell.b for cell in seen),
            either=sum(cell.a or cell.b for cell in seen),
            levels=len(first),
            same_levels=sum(first[key] == second[key] for key in first),
        )

    def with_more(self, other: "Agreement") -> "Agreement":
        """The two counted together."""
        return Agreement(*map(sum, zip(self, other, strict=True)))

    @property
    def exact(self) -> float:
        """The share of behaviours on which both did the same, 0 to 1."""
        return self.same / self.cells

    def row(self, title: str) -> str:
        """A line of the table in `docs/reference/rater-agreement.md`."""
        return (
            f"| {title} | {self.cells} | {self.same} | {self.exact:.1%} "
            f"| {self.both} of {self.either} | {self.both / self.either:.1%} "
            f"| {self.same_levels} of {self.levels} |"
        )


def by_rubric() -> Mapping[str, Agreement]:
    """The agreement on each rubric's performances together, by its title."""
    found: dict[str, Agreement] = {}
    for name in NAMES:
        title = role_play(name).rubric.title
        found[title] = found.get(title, Agreement()).with_more(Agreement.of(name))
    return found
