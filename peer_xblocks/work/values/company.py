"""Who else is in a performance: a partner by a link, and those who watch in the room."""

from datetime import datetime

from peer_xblocks.core.scenario import ActorPart
from peer_xblocks.core.value import Value


class PartnerInfo(Value):
    """How it stands with the partner whom a trainee sent a link, as the trainee may see it.

    `mode` is how the scene was to be performed when the link was made: what the partner is asked
    to agree to. `fidelity` is None until they say whether they kept to the card.
    """

    mode: str
    made_at: datetime
    expires_at: datetime
    code: str
    consented_at: datetime | None
    declined_at: datetime | None
    fidelity: bool | None

    @property
    def agreed(self) -> bool:
        """Whether they agreed, and have not taken it back."""
        return self.consented_at is not None


class PartnerSheet(Value):
    """What whoever holds a partner's link may see. `actor` only once they agreed."""

    title: str
    minutes: int
    setting: str
    content_note: str
    support: str
    other: str
    mode: str
    expires_at: datetime
    code: str
    declined: bool
    fidelity: bool | None
    actor: ActorPart | None


class Observed(Value):
    """A performance that is watched in the room: the code that tells it from others, and when and
    where.
    """

    code: str
    note: str
