"""What people are told, and how they want mail."""

from datetime import datetime
from enum import StrEnum

from peer_xblocks.core.value import Value


class NoticeKind(StrEnum):
    """What a notice is about."""

    WORK_WAITING = "work_waiting"
    SEAT_KEPT = "seat_kept"
    SEAT_GONE = "seat_gone"
    LEASE_ENDING = "lease_ending"
    BOTH_IN = "both_in"
    TO_SIGN = "to_sign"
    RELEASED = "released"
    VOIDED = "voided"
    APPEAL_MADE = "appeal_made"
    APPEAL_DECIDED = "appeal_decided"
    REFERRAL = "referral"
    SCENE_REOPENED = "scene_reopened"
    TIME_ASKED = "time_asked"
    TIME_GRANTED = "time_granted"


class MailHow(StrEnum):
    """How somebody wants mail."""

    EACH = "each"
    DAILY = "daily"
    NONE = "none"


class NoticeInfo(Value):
    """One notice. `about` is the id of a seat, a submission or a referral, or "".

    `scene` is the title of what it is about, "" where that is nothing or was never told.
    """

    id: int
    programme: str
    kind: NoticeKind
    about: str
    scene: str
    made_at: datetime
    read_at: datetime | None
