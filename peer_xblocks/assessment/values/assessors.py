"""Who may rate by what, as leads see it."""

from datetime import datetime
from enum import StrEnum

from peer_xblocks.core.value import Slug, Value


class QualificationState(StrEnum):
    """How far an assessor may rate by a rubric."""

    INVITED = "invited"
    TRAINING = "training"
    QUALIFIED = "qualified"
    PROBATION = "probation"
    ACTIVE = "active"
    PAUSED = "paused"
    LAPSED = "lapsed"


MAY_RATE = frozenset(
    {QualificationState.QUALIFIED, QualificationState.PROBATION, QualificationState.ACTIVE}
)
"""The states in which an assessor may rate where a programme asks for a qualification."""


class Qualified(Value):
    """The newest word on one assessor and one rubric, since when it holds, and who said it."""

    rubric: Slug
    state: QualificationState
    since: datetime
    said_by: str


class AssessorInfo(Value):
    """Somebody who rates in a programme, and how far they may.

    `may_be_qualified` is false for whoever asks: another lead has to do it.
    """

    id: int
    name: str
    may_be_qualified: bool
    qualifications: tuple[Qualified, ...]
