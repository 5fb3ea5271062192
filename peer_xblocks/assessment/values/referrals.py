"""Safeguarding: that a real person may be at risk, told to one named person."""

from datetime import datetime
from uuid import UUID

from peer_xblocks.core.value import Value


class ReferralInfo(Value):
    """A referral as the person to whom it goes sees it. `about` names the trainee, if any."""

    id: UUID
    programme: str
    about: str
    scenario: str
    words: str
    made_by: str
    made_at: datetime
    acknowledged_at: datetime | None
    what_was_done: str


class OwnReferral(Value):
    """A referral as whoever made it sees it afterwards: to whom it went and whether it was seen."""

    scenario: str
    to: str
    made_at: datetime
    acknowledged_at: datetime | None
