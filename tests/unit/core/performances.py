"""A small rubric, and ratings of a performance made from plain levels."""

from peer_xblocks.core.rating import CriterionRating, CriterionState, Rating, SeenError
from peer_xblocks.core.rubric import (
    Behaviour,
    BehaviourKind,
    Criterion,
    CriticalError,
    CriticalErrors,
    PassRule,
    PointLevel,
    Rubric,
)

CRITERIA = ("critical", "other", "last")
CODES = ("CE-1", "CE-2", "CE-3")


def criterion(key: str, critical: bool = False, competencies: tuple[str, ...] = ()) -> Criterion:
    """A criterion with two harmful, two basic and two advanced behaviours."""
    kinds = {"h": BehaviourKind.HARMFUL, "b": BehaviourKind.BASIC, "a": BehaviourKind.ADVANCED}
    behaviours = tuple(
        Behaviour(id=f"{key}-{letter}{number}", kind=kind, text="Says something.")
        for letter, kind in kinds.items()
        for number in (1, 2)
    )
    return Criterion(
        id=key,
        title=key,
        question="Was it seen?",
        critical=critical,
        competencies=competencies,
        behaviours=behaviours,
    )


def plain(key: str, critical: bool = False) -> Criterion:
    """A criterion of plain levels, worth 0, 5, 10 and 20 points."""
    levels = tuple(
        PointLevel(level=n, points=p, text="So.") for n, p in enumerate((0, 5, 10, 20), 1)
    )
    return Criterion(id=key, title=key, question="How well?", critical=critical, levels=levels)


RUBRIC = Rubric(
    key="small",
    title="A small rubric",
    edition=1,
    summary="One critical criterion and two others.",
    pass_rule=PassRule(others_below_3_at_most=1),
    criteria=(
        criterion("critical", critical=True, competencies=("I.1", "I.2")),
        criterion("other", competencies=("I.2",)),
        criterion("last", competencies=("IX.2",)),
    ),
)
PLAIN_RUBRIC = RUBRIC.model_copy(
    update={"criteria": (plain("critical", True), plain("other"), plain("last"))}
)
ERRORS = CriticalErrors(
    title="Critical errors",
    edition=1,
    errors=tuple(CriticalError(code=code, title=code, text="An act.") for code in CODES),
)


def rated(criterion: Criterion, level: int | None) -> CriterionRating:
    """A rating of one criterion that comes to this level; None for no opportunity."""
    if level is None:
        state = CriterionState.NO_OPPORTUNITY
        return CriterionRating(criterion=criterion.id, state=state, reason="It did not come up.")
    if criterion.levels:
        return CriterionRating(criterion=criterion.id, chosen_level=level)
    harmful, basic, advanced = (
        [b.id for b in criterion.of_kind(kind)]
        for kind in (BehaviourKind.HARMFUL, BehaviourKind.BASIC, BehaviourKind.ADVANCED)
    )
    ticks = {1: [harmful[0], *basic], 2: basic[:1], 3: basic, 4: [*basic, advanced[0]]}[level]
    return CriterionRating(criterion=criterion.id, behaviours=tuple(ticks))


def rating(
    levels: tuple[int | None, ...],
    errors: tuple[str, ...] = (),
    asks: bool = False,
    rubric: Rubric = RUBRIC,
) -> Rating:
    """A rating whose criteria come to these levels, in the rubric's order."""
    return Rating(
        criteria=tuple(rated(c, level) for c, level in zip(rubric.criteria, levels, strict=True)),
        critical_errors=tuple(SeenError(code=code, observation="Heard it.") for code in errors),
        asks_for_third=asks,
        asks_reason="I am unsure." if asks else "",
    )


def level_of(word: str) -> int | None:
    """The level that a word of a table stands for."""
    return None if word == "none" else int(word)


def levels_of(words: str) -> tuple[int | None, ...]:
    """The levels that the words of a table stand for."""
    return tuple(level_of(word) for word in str(words).split())
