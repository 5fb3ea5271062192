"""The forms that texts in a record have: ids, commitments, times."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, PlainSerializer

Urn = Annotated[str, Field(pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Commitment = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


def written(moment: datetime) -> str:
    """A time as records write it: UTC, six decimals, `Z`. Requires an aware time in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


Moment = Annotated[datetime, PlainSerializer(written, return_type=str, when_used="json")]
