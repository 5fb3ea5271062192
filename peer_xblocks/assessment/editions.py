"""The editions a submission was made on, read back from the deposited documents and never from the
block.
"""

from typing import NamedTuple

from peer_xblocks.assessment.models import CaseRecord
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.records.api import documents


class Editions(NamedTuple):
    """What was in force when a performance was handed in."""

    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors


def rubric_of(case: CaseRecord) -> Rubric:
    """The rubric that a case is rated by."""
    return Rubric.model_validate_json(documents.get(case.rubric_sha256))


def editions_of(case: CaseRecord) -> Editions:
    """Scenario, rubric and critical errors of a case."""
    return Editions(
        Scenario.model_validate_json(documents.get(case.scenario_sha256)),
        rubric_of(case),
        CriticalErrors.model_validate_json(documents.get(case.errors_sha256)),
    )
