"""Which records a certifying body may be shown, as a condition that the database decides.

Rosters and frameworks are about nobody and always open. Any other record is open to a body while
the latest consent of its subject to that body, for the submission that the record follows or for
the programme, is neither withdrawn nor over: `records.openings` keeps that ready.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from peer_xblocks.records.models import Log, Opening, Record

IS_OPEN = Q(trail=None) | Q(consented=True)


def with_consent(log: Log, body: str, now: datetime) -> QuerySet[Record]:
    """Return the log's records with the column `consented`; filter by `IS_OPEN`."""
    lasting = Q(until=None) | Q(until__gt=now)
    opened = Opening.objects.filter(lasting, body=body, trail=OuterRef("trail_id"))
    return Record.objects.filter(log=log).annotate(consented=Exists(opened))
