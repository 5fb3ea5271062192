"""The rubric: criteria, their behaviours or points, the rule for passing, and the critical errors.

Levels are not here: `scoring` computes them from what a rater ticked.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from peer_xblocks.core.value import CompetencyId, Edition, ErrorCode, Line, Slug, Value


class BehaviourKind(StrEnum):
    """What a behaviour says about the performance."""

    HARMFUL = "harmful"
    BASIC = "basic"
    ADVANCED = "advanced"


class Behaviour(Value):
    """One observable act, said or done, that two raters could agree on."""

    id: Slug
    kind: BehaviourKind
    text: Line


class PointLevel(Value):
    """One level of a criterion with points, as in rubrics from ORA2.

    Chosen by the rater, not computed.
    """

    level: int = Field(ge=1, le=4)
    points: int = Field(ge=0, le=1000)
    text: Line


class Criterion(Value):
    """One thing that is rated.

    Either by `behaviours`, which compute the level, or by plain `levels` with points.
    """

    id: Slug
    title: Line
    question: Line
    critical: bool = False
    competencies: tuple[CompetencyId, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    levels: tuple[PointLevel, ...] = ()
    no_opportunity_hint: str = ""

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if bool(self.behaviours) == bool(self.levels):
            raise ValueError("a criterion has either behaviours or levels")
        if self.behaviours and not self.of_kind(BehaviourKind.BASIC):
            raise ValueError("a criterion with behaviours needs at least one basic behaviour")
        _refuse_doubles("behaviour", [behaviour.id for behaviour in self.behaviours])
        _refuse_doubles("level", [str(level.level) for level in self.levels])
        return self

    def of_kind(self, kind: BehaviourKind) -> tuple[Behaviour, ...]:
        """The behaviours of one kind, in the rubric's order."""
        return tuple(behaviour for behaviour in self.behaviours if behaviour.kind == kind)


class PassRule(Value):
    """When a performance is passed, beyond what always holds.

    Always: every critical criterion at level 3 or more, no level 1 anywhere, no confirmed critical
    error.
    """

    others_below_3_at_most: int = Field(ge=0, default=0)


class CriticalError(Value):
    """One act that makes an attempt "not yet" once two raters have seen it."""

    code: ErrorCode
    title: Line
    text: Line
    counts: tuple[Line, ...] = ()
    does_not_count: tuple[Line, ...] = ()


class CriticalErrors(Edition):
    """The common list of critical errors."""

    title: Line
    edition: int = Field(ge=1)
    errors: tuple[CriticalError, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_no_doubles(self) -> Self:
        _refuse_doubles("critical error", [error.code for error in self.errors])
        return self


class Rubric(Edition):
    """A rubric in one edition, known by its digest."""

    key: Slug
    title: Line
    edition: int = Field(ge=1)
    summary: Line
    not_scored: tuple[Line, ...] = ()
    pass_rule: PassRule = PassRule()
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_no_doubles(self) -> Self:
        _refuse_doubles("criterion", [criterion.id for criterion in self.criteria])
        _refuse_doubles("behaviour", [b.id for c in self.criteria for b in c.behaviours])
        return self

    @property
    def has_points(self) -> bool:
        """Whether the result counts points (plain levels) rather than all or nothing."""
        return all(criterion.levels for criterion in self.criteria)

    def criterion(self, criterion_id: str) -> Criterion | None:
        """The criterion with this id, or None."""
        return next((c for c in self.criteria if c.id == criterion_id), None)


def _refuse_doubles(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'the {what} "{name}" stands twice')
