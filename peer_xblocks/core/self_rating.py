"""A trainee's own ticks on the rubric, made before handing in, beside those of the raters.

They are for the trainee alone and never evidence: nothing of a result is computed from them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from peer_xblocks.core.rating import CriterionRating, CriterionState
from peer_xblocks.core.rubric import Behaviour, BehaviourKind, Criterion, Rubric
from peer_xblocks.core.scoring import level_so_far
from peer_xblocks.core.value import Line, Slug, Value

OwnTicks = tuple[CriterionRating, ...]


class Group(NamedTuple):
    """The behaviours of one kind, each with whether it is ticked."""

    kind: BehaviourKind
    behaviours: tuple[tuple[Behaviour, bool], ...]


class OwnRow(NamedTuple):
    """One criterion as the trainee ticks it, with the level it comes to and why."""

    criterion: Criterion
    rated: CriterionRating
    groups: tuple[Group, ...]
    level: int | None
    because: str


class CriterionBeside(Value):
    """One criterion as its trainee and the raters saw it.

    `both` was ticked by the trainee and by a rater, `only_own` by the trainee alone, `only_raters`
    by a rater and not by the trainee; `letters` says by which raters each behaviour was.
    """

    id: Slug
    title: Line
    own_level: int | None
    own_because: str
    level: int | None
    both: tuple[Behaviour, ...]
    only_own: tuple[Behaviour, ...]
    only_raters: tuple[Behaviour, ...]
    letters: dict[Slug, tuple[str, ...]]

    @property
    def differs(self) -> bool:
        """Whether they saw something differently."""
        return bool(self.only_own or self.only_raters) or self.own_level != self.level


def ticks_of(rubric: Rubric, ticked: Iterable[CriterionRating]) -> OwnTicks:
    """What is kept of a self-rating: what the rubric knows, in its order, and no words."""
    found = {one.criterion: one for one in ticked}
    return tuple(
        _bare(criterion, found[criterion.id])
        for criterion in rubric.criteria
        if criterion.id in found
    )


def rows_of(rubric: Rubric, ticks: OwnTicks) -> tuple[OwnRow, ...]:
    """The rubric as a trainee ticks it."""
    found = {one.criterion: one for one in ticks}
    return tuple(
        _row(criterion, found.get(criterion.id) or CriterionRating(criterion=criterion.id))
        for criterion in rubric.criteria
    )


def beside(
    criterion: Criterion, own: CriterionRating, level: int | None, seen: Mapping[str, set[str]]
) -> CriterionBeside:
    """A criterion's own ticks beside those of the raters; `seen` holds these by letter."""
    computed = level_so_far(criterion, own)
    mine = set(own.behaviours) if own.state is CriterionState.RATED else set()
    letters = {
        one.id: tuple(letter for letter, ticked in seen.items() if one.id in ticked)
        for one in criterion.behaviours
    }

    def those(is_own: bool, by_raters: bool) -> tuple[Behaviour, ...]:
        return tuple(
            one
            for one in criterion.behaviours
            if (one.id in mine) == is_own and bool(letters[one.id]) == by_raters
        )

    return CriterionBeside(
        id=criterion.id,
        title=criterion.title,
        own_level=computed.level,
        own_because=computed.because,
        level=level,
        both=those(True, True),
        only_own=those(True, False),
        only_raters=those(False, True),
        letters={key: found for key, found in letters.items() if found},
    )


def _bare(criterion: Criterion, rated: CriterionRating) -> CriterionRating:
    ticked = set(rated.behaviours)
    allowed = {point.level for point in criterion.levels}
    return CriterionRating(
        criterion=criterion.id,
        state=rated.state,
        behaviours=tuple(one.id for one in criterion.behaviours if one.id in ticked),
        chosen_level=rated.chosen_level if rated.chosen_level in allowed else None,
    )


def _row(criterion: Criterion, rated: CriterionRating) -> OwnRow:
    groups = tuple(
        Group(kind, tuple((one, one.id in rated.behaviours) for one in criterion.of_kind(kind)))
        for kind in BehaviourKind
        if criterion.of_kind(kind)
    )
    return OwnRow(criterion, rated, groups, *level_so_far(criterion, rated))
