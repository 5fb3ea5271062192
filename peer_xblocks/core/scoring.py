"""From ticks to levels, and from levels to passed or not yet. Pure rules; nothing here averages.

The level rule follows the four levels of the WHO/UNICEF EQUIP tools as
`docs/reference/assessment.md` explains it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from peer_xblocks.core.rating import CriterionRating, CriterionState, Evidence, Rating
from peer_xblocks.core.rubric import BehaviourKind, Criterion, CriticalErrors, Rubric
from peer_xblocks.core.sentences import gettext as _

PASSING_LEVEL = 3
ROUNDING_MS = 1000
"""How far players and containers may differ about where a recording ends."""


class Level(NamedTuple):
    """A computed level and why it came out so. `level` is None without an opportunity."""

    level: int | None
    because: str


def level_of(criterion: Criterion, rated: CriterionRating) -> Level:
    """The level of one criterion, 1 to 4, from what was ticked.

    None where there was no opportunity.

    Any harmful behaviour: 1. Not all basic: 2. All basic: 3. All basic and an advanced one: 4.
    """
    if rated.state is CriterionState.NO_OPPORTUNITY:
        return Level(None, "no_opportunity")
    if criterion.levels:
        return Level(rated.chosen_level, "chosen")
    ticked = set(rated.behaviours)
    if any(b.id in ticked for b in criterion.of_kind(BehaviourKind.HARMFUL)):
        return Level(1, "harmful_seen")
    if not all(b.id in ticked for b in criterion.of_kind(BehaviourKind.BASIC)):
        return Level(2, "basic_missing")
    if any(b.id in ticked for b in criterion.of_kind(BehaviourKind.ADVANCED)):
        return Level(4, "advanced_seen")
    return Level(3, "all_basic")


def level_so_far(criterion: Criterion, rated: CriterionRating) -> Level:
    """The level of one criterion while somebody ticks: `level_of`, and none, because "open", while
    nothing is ticked, chosen or confirmed.
    """
    touched = rated.behaviours or rated.confirmed_empty or rated.chosen_level
    if rated.state is CriterionState.RATED and not touched:
        return Level(None, "open")
    return level_of(criterion, rated)


def levels_of(rubric: Rubric, rating: Rating) -> dict[str, int | None]:
    """The level of every criterion of a rubric under one rating, in the rubric's order.

    Requires a rating that `problems_of` finds nothing wrong with.
    """
    found = {rated.criterion: rated for rated in rating.criteria}
    return {c.id: level_of(c, found[c.id]).level for c in rubric.criteria}


def is_passed(rubric: Rubric, levels: Mapping[str, int | None], confirmed: Iterable[str]) -> bool:
    """Whether a performance with these levels and confirmed critical errors is passed.

    Every critical criterion at 3 or more (one without opportunity needs a new attempt), no level 1
    anywhere, no
    confirmed critical error, and at most as many of the others below 3 as the rubric allows.
    """
    if any(confirmed) or any(level == 1 for level in levels.values()):
        return False
    critical = [levels[c.id] for c in rubric.criteria if c.critical]
    if any(level is None or level < PASSING_LEVEL for level in critical):
        return False
    others = [levels[c.id] for c in rubric.criteria if not c.critical]
    below = sum(1 for level in others if level is not None and level < PASSING_LEVEL)
    rated_anything = any(level is not None for level in levels.values())
    return rated_anything and below <= rubric.pass_rule.others_below_3_at_most


def points_of(rubric: Rubric, levels: Mapping[str, int | None]) -> tuple[int, int] | None:
    """Points earned and possible of a rubric of plain levels; None for a behaviour rubric."""
    if not rubric.has_points:
        return None
    earned = possible = 0
    for criterion in rubric.criteria:
        level = levels[criterion.id]
        if level is not None:
            earned += next(p.points for p in criterion.levels if p.level == level)
            possible += max(p.points for p in criterion.levels)
    return earned, possible


def problems_of(
    rubric: Rubric, errors: CriticalErrors, rating: Rating, length_ms: int | None = None
) -> dict[str, str]:
    """What keeps a rating from being submitted.

    Place (criterion id, error code or "") to a sentence. `length_ms` is how long the recording is,
    None where that is not known or nothing was recorded.
    """
    problems: dict[str, str] = {}
    known = {criterion.id for criterion in rubric.criteria}
    for rated in rating.criteria:
        if rated.criterion not in known:
            problems[rated.criterion] = _("This criterion is not in the rubric.")
    for criterion in rubric.criteria:
        sentence = _problem_with(criterion, rating, length_ms)
        if sentence:
            problems[criterion.id] = sentence
    codes = {error.code for error in errors.errors}
    for seen in rating.critical_errors:
        if seen.code not in codes:
            problems[seen.code] = _("This critical error is not in the list.")
        elif not seen.observation.strip():
            problems[seen.code] = _(
                "Say what you saw or heard: a critical error needs its observation."
            )
    if len({seen.code for seen in rating.critical_errors}) < len(rating.critical_errors):
        problems[""] = _("A critical error is named twice; put both observations into one.")
    elif rating.asks_for_third and not rating.asks_reason.strip():
        problems[""] = _("Say in a few words why you ask for a third rating.")
    return problems


def _problem_with(criterion: Criterion, rating: Rating, length_ms: int | None) -> str:
    found = [rated for rated in rating.criteria if rated.criterion == criterion.id]
    if not found:
        return _("This criterion is still open.")
    if len(found) > 1:
        return _("This criterion was rated twice.")
    problems = (_problem_with_evidence(criterion, one, length_ms) for one in found[0].evidence)
    return _problem_with_ticks(criterion, found[0]) or next(filter(None, problems), "")


def _problem_with_ticks(criterion: Criterion, rated: CriterionRating) -> str:
    if rated.state is CriterionState.NO_OPPORTUNITY:
        if rated.behaviours or rated.chosen_level is not None:
            return _("Something is ticked, so there was an opportunity: untick it or choose rated.")
        return "" if rated.reason.strip() else _("Say why there was no opportunity to see this.")
    if criterion.levels:
        allowed = {point.level for point in criterion.levels}
        return "" if rated.chosen_level in allowed else _("Choose a level.")
    known = {behaviour.id for behaviour in criterion.behaviours}
    if not set(rated.behaviours) <= known or len(set(rated.behaviours)) < len(rated.behaviours):
        return _("A ticked behaviour is not part of this criterion.")
    if not rated.behaviours and not rated.confirmed_empty:
        return _("Nothing is ticked. Confirm that you saw none of these, or choose no opportunity.")
    return ""


def _problem_with_evidence(criterion: Criterion, piece: Evidence, length_ms: int | None) -> str:
    start, end = piece.start_ms, piece.end_ms
    if piece.behaviour and all(one.id != piece.behaviour for one in criterion.behaviours):
        return _("A pin names a behaviour that is not part of this criterion.")
    if start is None and (end is not None or piece.kind != "quote"):
        return _("A pin has no beginning: write its time.")
    if start is not None and end is not None and end < start:
        return _("A pin ends before it begins.")
    if length_ms is not None and max(start or 0, end or 0) > length_ms + ROUNDING_MS:
        return _("A pin lies after the end of the recording.")
    return ""
