"""Rule `resolve/1`: how two or three blind ratings become one result.

Values in, values out. The whole rule as a truth table: `tests/vectors/resolution.yaml`; in words:
`docs/reference/assessment.md`.
A rating never changes here, and nothing is averaged.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Literal

from pydantic import Field

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.rating import CriterionState, Rating
from peer_xblocks.core.rubric import BehaviourKind, Rubric
from peer_xblocks.core.scoring import is_passed, levels_of, points_of
from peer_xblocks.core.sentences import gettext as _
from peer_xblocks.core.value import ErrorCode, Slug, Value

RULE: Literal["resolve/1"] = "resolve/1"


class Why(StrEnum):
    """Why a third rating is due."""

    TWO_APART = "two_apart"
    PASS_DIFFERS = "pass_differs"
    HARM_BY_ONE = "harm_by_one"
    ERROR_BY_ONE = "error_by_one"
    OPPORTUNITY_DIFFERS = "opportunity_differs"
    RATER_ASKS = "rater_asks"


class ThirdBecause(Value):
    """One reason for a third rating, with the criterion or the critical error it concerns."""

    why: Why
    criterion: Slug | None = None
    code: ErrorCode | None = None


class Signed(Value):
    """What a lead decides when no third rating was held.

    `choices` says for each disputed criterion whose rating stands (0 or 1); `upheld` are critical
    errors that one rater saw and the lead upholds.
    """

    choices: dict[Slug, int] = {}
    upheld: tuple[ErrorCode, ...] = ()
    reason: str = Field(max_length=4_000, default="")


NOT_SIGNED = Signed()


class Points(Value):
    """Points of a rubric of plain levels."""

    earned: int = Field(ge=0)
    possible: int = Field(ge=0)


class ResolvedCriterion(Value):
    """The result for one criterion, and the levels it came from.

    `levels` stand in the raters' order; None is no opportunity.
    """

    criterion: Slug
    state: CriterionState
    level: int | None
    levels: tuple[int | None, ...]
    how: Literal["same", "lower", "median", "majority", "lead"]


class Resolution(Value):
    """What settles the ratings of one submission."""

    rule: Literal["resolve/1"] = RULE
    basis: Literal["two", "third", "third_not_held"]
    third_because: tuple[ThirdBecause, ...] = ()
    criteria: tuple[ResolvedCriterion, ...]
    critical_errors: tuple[ErrorCode, ...] = ()
    passed: bool
    points: Points | None = None
    reason: str = ""


def third_because(rubric: Rubric, first: Rating, second: Rating) -> tuple[ThirdBecause, ...]:
    """Every reason for a third, blind rating, in the rubric's order.

    Empty when the two settle it.
    """
    reasons = [r for c in rubric.criteria for r in _criterion_reasons(rubric, c.id, first, second)]
    codes = [{seen.code for seen in rating.critical_errors} for rating in (first, second)]
    reasons += [
        ThirdBecause(why=Why.ERROR_BY_ONE, code=code) for code in sorted(codes[0] ^ codes[1])
    ]
    if _own_pass(rubric, first) != _own_pass(rubric, second):
        reasons.append(ThirdBecause(why=Why.PASS_DIFFERS))
    if first.asks_for_third or second.asks_for_third:
        reasons.append(ThirdBecause(why=Why.RATER_ASKS))
    return tuple(reasons)


def resolve(rubric: Rubric, ratings: Sequence[Rating]) -> Resolution | None:
    """The resolution of two or three ratings; None when there are two and a third is due.

    Requires ratings that `scoring.problems_of` finds nothing wrong with. Raises ValueError for
    another number.
    """
    if len(ratings) == 3:
        because = third_because(rubric, ratings[0], ratings[1])
        return _made(rubric, ratings, "third", _of_three, because=because)
    if len(ratings) != 2:
        raise ValueError(f"two or three ratings settle a submission, not {len(ratings)}")
    if third_because(rubric, ratings[0], ratings[1]):
        return None
    return _made(rubric, ratings, "two", _of_two)


def settle(rubric: Rubric, ratings: Sequence[Rating], signed: Signed) -> Resolution:
    """The resolution that a lead signs when a third rating was due and none was held.

    Raises InvalidError when a disputed criterion is left open, a choice is not about a dispute, or
    the reason is empty.
    """
    because = third_because(rubric, ratings[0], ratings[1])
    problems = _problems_with(rubric, because, ratings, signed)
    if problems:
        raise InvalidError(problems)
    return _made(rubric, ratings, "third_not_held", _of_two, because=because, signed=signed)


def disputed(rubric: Rubric, first: Rating, second: Rating) -> tuple[str, ...]:
    """The criteria on which two ratings cannot stand together, in the rubric's order."""
    named = {r.criterion for r in third_because(rubric, first, second) if r.criterion}
    return tuple(c.id for c in rubric.criteria if c.id in named)


def _criterion_reasons(
    rubric: Rubric, criterion_id: str, first: Rating, second: Rating
) -> list[ThirdBecause]:
    a, b = levels_of(rubric, first)[criterion_id], levels_of(rubric, second)[criterion_id]
    reasons = []
    if (a is None) != (b is None):
        reasons.append(ThirdBecause(why=Why.OPPORTUNITY_DIFFERS, criterion=criterion_id))
    elif a is not None and b is not None and abs(a - b) >= 2:
        reasons.append(ThirdBecause(why=Why.TWO_APART, criterion=criterion_id))
    if _ticked_harm(rubric, criterion_id, first) != _ticked_harm(rubric, criterion_id, second):
        reasons.append(ThirdBecause(why=Why.HARM_BY_ONE, criterion=criterion_id))
    return reasons


def _ticked_harm(rubric: Rubric, criterion_id: str, rating: Rating) -> bool:
    criterion, rated = rubric.criterion(criterion_id), rating.of(criterion_id)
    if criterion is None or rated is None:
        return False
    return any(b.id in rated.behaviours for b in criterion.of_kind(BehaviourKind.HARMFUL))


def _own_pass(rubric: Rubric, rating: Rating) -> bool:
    codes = [seen.code for seen in rating.critical_errors]
    return is_passed(rubric, levels_of(rubric, rating), codes)


def _of_two(criterion_id: str, levels: tuple[int | None, ...]) -> ResolvedCriterion:
    """Of two: the same level stands; one apart, the lower."""
    a, b = levels
    how: Literal["same", "lower"] = "same" if a == b else "lower"
    level = None if a is None or b is None else min(a, b)
    return _criterion(criterion_id, levels, level, how)


def _of_three(criterion_id: str, levels: tuple[int | None, ...]) -> ResolvedCriterion:
    """Of three: the majority on opportunity, then the median (of two, the lower)."""
    if len(set(levels)) == 1:
        return _criterion(criterion_id, levels, levels[0], "same")
    rated = sorted(level for level in levels if level is not None)
    if len(rated) < 2:
        return _criterion(criterion_id, levels, None, "majority")
    return _criterion(criterion_id, levels, rated[(len(rated) - 1) // 2], "median")


def _criterion(
    criterion_id: str,
    levels: tuple[int | None, ...],
    level: int | None,
    how: Literal["same", "lower", "median", "majority", "lead"],
) -> ResolvedCriterion:
    state = CriterionState.NO_OPPORTUNITY if level is None else CriterionState.RATED
    return ResolvedCriterion(
        criterion=criterion_id, state=state, level=level, levels=levels, how=how
    )


def _made(
    rubric: Rubric,
    ratings: Sequence[Rating],
    basis: Literal["two", "third", "third_not_held"],
    settle_one: Callable[[str, tuple[int | None, ...]], ResolvedCriterion],
    because: tuple[ThirdBecause, ...] = (),
    signed: Signed = NOT_SIGNED,
) -> Resolution:
    table = [levels_of(rubric, rating) for rating in ratings]
    criteria = []
    for criterion in rubric.criteria:
        levels = tuple(levels_by_rating[criterion.id] for levels_by_rating in table)
        if criterion.id in signed.choices:
            chosen = levels[signed.choices[criterion.id]]
            criteria.append(_criterion(criterion.id, levels, chosen, "lead"))
        else:
            criteria.append(settle_one(criterion.id, levels))
    confirmed = _confirmed(ratings, signed.upheld)
    result = {c.criterion: c.level for c in criteria}
    points = points_of(rubric, result)
    return Resolution(
        basis=basis,
        third_because=because,
        criteria=tuple(criteria),
        critical_errors=confirmed,
        passed=is_passed(rubric, result, confirmed),
        points=Points(earned=points[0], possible=points[1]) if points else None,
        reason=signed.reason.strip(),
    )


def _confirmed(ratings: Sequence[Rating], upheld: Sequence[str]) -> tuple[str, ...]:
    """A critical error is confirmed when two raters ticked the same code, or a lead upholds it."""
    seen = Counter(code for rating in ratings for code in {e.code for e in rating.critical_errors})
    return tuple(sorted({code for code, raters in seen.items() if raters >= 2} | set(upheld)))


def _problems_with(
    rubric: Rubric, because: Sequence[ThirdBecause], ratings: Sequence[Rating], signed: Signed
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not because:
        problems[""] = _("The two ratings settle this; there is nothing for a lead to decide.")
    in_dispute = set(disputed(rubric, ratings[0], ratings[1]))
    for criterion_id in sorted(in_dispute - set(signed.choices)):
        problems[criterion_id] = _("Choose which of the two ratings stands here.")
    for criterion_id in sorted(set(signed.choices) - in_dispute):
        problems[criterion_id] = _(
            "The two ratings do not differ here, so there is nothing to choose."
        )
    if any(choice not in (0, 1) for choice in signed.choices.values()):
        problems[""] = _("Choose one of the two ratings.")
    seen_by_one = {one.code for one in because if one.code}
    for code in sorted(set(signed.upheld) - seen_by_one):
        problems[code] = _("Only a critical error that one rater saw can be upheld.")
    if not signed.reason.strip():
        problems["reason"] = _("Give your reason: the record keeps it.")
    return problems
