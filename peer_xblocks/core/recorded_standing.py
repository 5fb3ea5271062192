"""Bodies of records about what a person has: hours, attestations, credentials; and of frameworks.

Part of `docs/reference/record.md`, like those in `record`.
"""

from typing import Literal

from pydantic import Field

from peer_xblocks.core.recorded_forms import Moment, Urn
from peer_xblocks.core.value import Digest, Value


class HoursBody(Value):
    """Training time of one kind."""

    hours_kind: Literal["self_paced", "live", "practicum"]
    minutes: int = Field(ge=0)
    activity: str
    since: Moment | None
    until: Moment | None


class AttestationBody(Value):
    """Someone signs that something is so."""

    type: str
    statement: str
    signed_by: Urn
    competency: str | None
    valid_until: Moment | None


class CredentialBody(Value):
    """A credential was issued; the document `credential` holds it."""

    credential: str
    type: str
    valid_from: Moment
    valid_until: Moment | None


class StatusBody(Value):
    """A credential's status changed."""

    credential: str
    status: Literal["revoked", "suspended", "active"]
    reason: str


class FrameworkBody(Value):
    """A framework came into use; the document `framework` holds it."""

    framework: str
    edition: str
    title: str
    replaces: Digest | None
