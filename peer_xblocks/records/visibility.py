"""Which records a certifying body may be shown, as a condition that the database decides.

Rosters and frameworks are about nobody and always open. Any other record is open to a body while
the latest consent of its subject to that body, for the submission that the record follows or for
the programme, is neither withdrawn nor over.
"""

from datetime import datetime

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When

from peer_xblocks.records.models import Consent, Log, Record

IS_OPEN = Q(subject="") | Q(consented=True)


def with_consent(log: Log, body: str, now: datetime) -> QuerySet[Record]:
    """Return the log's records with the column `consented`; filter by `IS_OPEN`."""
    covers = Q(root=OuterRef("root")) | Q(root="")
    lasting = Q(until=None) | Q(until__gt=now)
    latest = (
        Consent.objects.filter(covers, log=log, body=body, subject=OuterRef("subject"))
        .order_by("-index")
        .annotate(
            holds=Case(
                When(lasting, withdrawn=False, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .values("holds")[:1]
    )
    return Record.objects.filter(log=log).annotate(
        consented=Subquery(latest, output_field=BooleanField())
    )
