"""What may follow a result: it is voided, corrected or appealed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from peer_xblocks.core.record import Change
from peer_xblocks.core.value import Value


class Cause(StrEnum):
    """Why something no longer counts, as the record names it."""

    RESET = "reset"
    ERROR = "error"
    MISCONDUCT = "misconduct"
    REQUEST = "request"
    TECHNICAL = "technical"


class VoidInfo(Value):
    """That a submission no longer counts, or that its ratings were set aside."""

    cause: Cause
    reason: str
    voided_by: str
    voided_at: datetime


class Recorded(Value):
    """One record that a correction may be about: what it is, and its id."""

    id: str
    what: str


class CorrectionInfo(Value):
    """Something recorded was wrong; `what` names the record that is corrected."""

    what: str
    reason: str
    changes: tuple[Change, ...]
    corrected_by: str
    corrected_at: datetime


class Ground(StrEnum):
    """On what an appeal rests. How a performance was judged is no ground."""

    RULE = "rule"
    BIAS = "bias"
    TECHNICAL = "technical"
    NEW_FACTS = "new_facts"


class Decision(StrEnum):
    """What came of an appeal."""

    DISMISSED = "dismissed"
    CORRECTED = "corrected"
    RATED_ANEW = "rated_anew"


class AppealInfo(Value):
    """An appeal, for its trainee and for the leads who hear it. `decision` is None while open.

    `heard_by_signer`: whoever decided it had also signed or released the result.
    """

    submission_id: UUID
    title: str
    ground: Ground
    words: str
    made_at: datetime
    decision: Decision | None
    reason: str
    heard_by: str
    heard_by_signer: bool
    decided_at: datetime | None
    may_hear: bool = False
