"""The editions a submission was made on, read back from the deposited documents and never from the
block.
"""

from typing import NamedTuple, TypeVar

from peer_xblocks import compat
from peer_xblocks.assessment.models import CaseRecord
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.core.value import Edition
from peer_xblocks.records.api import documents

E = TypeVar("E", bound=Edition)


class Editions(NamedTuple):
    """What was in force when a performance was handed in."""

    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors


def rubric_of(case: CaseRecord) -> Rubric:
    """The rubric that a case is rated by."""
    return _edition(Rubric, case.rubric_sha256)


def editions_of(case: CaseRecord) -> Editions:
    """Scenario, rubric and critical errors of a case."""
    return Editions(
        _edition(Scenario, case.scenario_sha256),
        rubric_of(case),
        _edition(CriticalErrors, case.errors_sha256),
    )


def _edition(kind: type[E], digest: str) -> E:
    """An edition by its digest, which is what it is: a process reads and checks each one once."""

    def read() -> E:
        return kind.model_validate_json(documents.get(digest))

    return compat.cached(f"{kind.__name__}:{digest}", read, here=True)
