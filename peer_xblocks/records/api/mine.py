"""What a person sees of their own: the records about them, and who has read these."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from peer_xblocks.core.record import Kind
from peer_xblocks.records.api import people
from peer_xblocks.records.models import Read, Record


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One record about oneself. `submission` is the id of the submission that it follows.

    `body` is there for what one did oneself and for a release. What others judged is shown by the
    room that knows when it may be, and under neutral names: here only that and when they acted.
    """

    id: str
    index: int
    kind: Kind
    seq: int
    at: datetime
    acting_as: str
    submission: str | None
    scenario: str
    body: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """That a certifying body was shown one record on one day (UTC), how, and how often."""

    record_id: str
    kind: Kind | None
    body: str
    how: str
    on: date
    last_at: datetime
    times: int


def records(user: AbstractBaseUser, programme: str) -> tuple[OwnRecord, ...]:
    """Return the records about somebody in a programme, oldest first; nobody else's, ever."""
    subject = people.known_urn(user, programme)
    if subject is None:
        return ()
    rows = Record.objects.filter(log__programme__slug=programme, subject=subject)
    return tuple(_own(row) for row in rows.order_by("seq"))


def readers(user: AbstractBaseUser, programme: str) -> tuple[Reading, ...]:
    """Return who was shown which record about somebody, the latest day first.

    `kind` is None for a record that was erased since.
    """
    subject = people.known_urn(user, programme)
    if subject is None:
        return ()
    own = Record.objects.filter(log__programme__slug=programme, subject=subject)
    kinds = dict(own.values_list("urn", "kind"))
    reads = Read.objects.filter(log__programme__slug=programme, subject=subject)
    days: dict[tuple[Any, ...], list[datetime]] = {}
    for urn, body, how, at in reads.order_by("-at", "-pk").values_list(
        "urn", "body__name", "how", "at"
    ):
        days.setdefault((at.date(), urn, body, how), []).append(at)
    return tuple(
        Reading(urn, Kind(kinds[urn]) if urn in kinds else None, body, how, day, at[0], len(at))
        for (day, urn, body, how), at in days.items()
    )


def _own(row: Record) -> OwnRecord:
    is_own = row.actor == row.subject or row.kind == Kind.RELEASE
    return OwnRecord(
        id=row.urn,
        index=row.index,
        kind=Kind(row.kind),
        seq=row.seq,
        at=row.at,
        acting_as=row.acting_as,
        submission=row.root or None,
        scenario=row.label,
        body=json.loads(bytes(row.canonical))["body"] if is_own else None,
    )
