"""The forms that parts of a record have: ids, commitments, times, pieces of evidence."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from peer_xblocks.core.value import Value

Urn = Annotated[str, Field(pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Commitment = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


def written(moment: datetime) -> str:
    """A time as records write it: UTC, six decimals, `Z`. Requires an aware time in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


Moment = Annotated[datetime, PlainSerializer(written, return_type=str, when_used="json")]


class RecordedEvidence(Value):
    """What a level rests on, as a record has it: four members for good, whatever `rating` adds."""

    kind: Literal["quote", "time", "pin"]
    text: str
    start_ms: int | None
    end_ms: int | None
