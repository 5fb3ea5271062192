"""What makes a performance possible for somebody: more time, and how it was done."""

from datetime import datetime
from enum import StrEnum

from peer_xblocks.core.value import Value


class Condition(StrEnum):
    """How a performance was done, where raters need to know it. Never why."""

    NOTES = "notes"
    SIGNED = "signed"


class MoreTime(Value):
    """How much more time a trainee has, in percent; 0 for none. `asked_at` while they ask for it.

    `reason` is "" for whoever may not read it.
    """

    asked_at: datetime | None
    extra_percent: int
    granted_by: str
    granted_at: datetime | None
    reason: str


class TimeOfTrainee(Value):
    """A trainee with the time that they have, for leads."""

    id: int
    name: str
    time: MoreTime
