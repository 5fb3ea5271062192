"""What each competency stands at, from released results: not yet, developing, or shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scoring import PASSING_LEVEL
from peer_xblocks.core.value import CompetencyId, Slug, Value


class Standing(StrEnum):
    """How far a competency has been shown."""

    NOT_YET = "not_yet"
    DEVELOPING = "developing"
    SHOWN = "shown"


class Observation(Value):
    """That a competency was at level 3 or more in one performance of one scenario."""

    competency: CompetencyId
    scenario: Slug


def observations_of(
    rubric: Rubric,
    scenario: str,
    listed: Collection[str],
    levels: Mapping[str, int | None],
    confirmed: Iterable[str],
) -> tuple[Observation, ...]:
    """What one released result shows of the competencies that its scenario lists.

    A rubric serves a family of scenarios and may name more than one of them asks for. A competency
    is observed when every rated criterion that names it is at 3 or more, and at least one was
    rated. A performance with a confirmed critical error shows nothing.
    """
    if any(confirmed):
        return ()
    found: dict[str, list[int]] = defaultdict(list)
    for criterion in rubric.criteria:
        level = levels.get(criterion.id)
        if level is not None:
            for competency in criterion.competencies:
                if competency in listed:
                    found[competency].append(level)
    return tuple(
        Observation(competency=competency, scenario=scenario)
        for competency, seen in found.items()
        if min(seen) >= PASSING_LEVEL
    )


def standing_of(
    competency: str, observations: Iterable[Observation], attested: AbstractSet[str] = frozenset()
) -> Standing:
    """The standing of one competency.

    Shown: in two different scenarios, or in one and attested by a supervisor. Developing: once.
    `attested` holds the
    competencies that a supervisor attested.
    """
    scenarios = {seen.scenario for seen in observations if seen.competency == competency}
    if len(scenarios) >= 2 or (scenarios and competency in attested):
        return Standing.SHOWN
    return Standing.DEVELOPING if scenarios else Standing.NOT_YET
