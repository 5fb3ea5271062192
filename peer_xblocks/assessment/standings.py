"""What a trainee's competencies stand at, from the results released so far.

Formative work never counts.
"""

import json

from peer_xblocks.assessment.editions import Editions
from peer_xblocks.assessment.models import CaseRecord, ReleaseRecord
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.core.standing import Observation, Standing, observations_of, standing_of

_NUMERALS = {"I": 1, "V": 5, "X": 10}


def observed_in(case: CaseRecord, editions: Editions, resolution: Resolution) -> tuple[str, ...]:
    """The competencies that one result shows; none when it is formative."""
    if case.formative:
        return ()
    levels = {c.criterion: c.level for c in resolution.criteria}
    listed = editions.scenario.competencies
    seen = observations_of(
        editions.rubric, case.scenario_key, listed, levels, resolution.critical_errors
    )
    return tuple(observation.competency for observation in seen)


def named_in(editions: Editions) -> tuple[str, ...]:
    """The competencies that a result speaks of, in the framework's order: its scenario lists them
    and its rubric rates them.
    """
    rated = {c for one in editions.rubric.criteria for c in one.competencies}
    return tuple(sorted(rated & set(editions.scenario.competencies), key=_place))


def released_before(trainee_id: int, programme: str) -> tuple[set[str], list[Observation]]:
    """The competencies that a trainee's released results speak of, and what they show."""
    rows = ReleaseRecord.objects.filter(
        case__trainee_id=trainee_id,
        case__programme=programme,
        case__state=CaseRecord.State.RELEASED,
        case__formative=False,
    )
    named: set[str] = set()
    observations = []
    fields = rows.values_list("competencies", "observed", "case__scenario_key")
    for competencies, observed, scenario in fields:
        named.update(json.loads(competencies))
        observations += [
            Observation(competency=one, scenario=scenario) for one in json.loads(observed)
        ]
    return named, observations


def standings_of(trainee_id: int, programme: str) -> tuple[tuple[str, Standing], ...]:
    """The standing of each competency that was rated so far, in the framework's order."""
    named, observations = released_before(trainee_id, programme)
    return tuple((one, standing_of(one, observations)) for one in sorted(named, key=_place))


def before_and_after(
    case: CaseRecord, editions: Editions, observed: tuple[str, ...]
) -> tuple[dict[str, Standing], dict[str, Standing]]:
    """The standing of each competency of a result without and with what this result shows."""
    _, earlier = released_before(case.trainee_id, case.programme)
    new = [Observation(competency=one, scenario=case.scenario_key) for one in observed]
    named = named_in(editions)
    before = {one: standing_of(one, earlier) for one in named}
    after = {one: standing_of(one, [*earlier, *new]) for one in named}
    return before, after


def _place(competency: str) -> tuple[int, int]:
    """The place of `IX.2` in the framework: (9, 2)."""
    numeral, _, number = competency.partition(".")
    values = [_NUMERALS[letter] for letter in numeral]
    following = [*values[1:], 0]
    category = sum(v if v >= n else -v for v, n in zip(values, following, strict=True))
    return category, int(number)
