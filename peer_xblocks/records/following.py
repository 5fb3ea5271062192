"""Which submission a record follows, and what its consent records say, as columns to search by.

Nothing here is evidence: all of it could be read again from the canonical bytes.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peer_xblocks.core.record import ConsentBody, FrameworkBody, Kind, SubmissionBody
from peer_xblocks.records.models import Consent, Log, Record

if TYPE_CHECKING:
    from peer_xblocks.records.api.log import Fact

_BATCH = 500


Known = dict[str, tuple[str, str, str, int | None]]
"""Subject, root, label and trail of records, by id."""


def fill(known: Known, facts: Sequence["Fact"], records: Sequence[Record]) -> None:
    """Set `root` and `label` of rows that are about to be inserted; `known` is what they are about.

    A submission is its own root. Any other record has the root of the first record in `about`
    that has one and is of the same subject: of someone else's, it would follow their consent.
    """
    known = dict(known)
    for fact, record in zip(facts, records, strict=True):
        if isinstance(fact.body, SubmissionBody):
            record.root = record.urn
            record.label = fact.body.scenario.key if fact.body.scenario else ""
        elif isinstance(fact.body, FrameworkBody):
            record.label = fact.body.framework
        else:
            for urn in fact.about:
                subject, root, label, _trail = known.get(urn, ("", "", "", None))
                if root and subject == record.subject:
                    record.root, record.label = root, label
                    break
        known[record.urn] = (record.subject, record.root, record.label, None)


def known(log_id: int, facts: Sequence["Fact"]) -> Known:
    """Return subject, root, label and trail of the records that these facts are about.

    Asked for by id alone: with the log in the condition as well, SQLite may go through all of it.
    """
    wanted = sorted({urn for fact in facts for urn in fact.about})
    found: Known = {}
    for begin in range(0, len(wanted), _BATCH):
        rows = Record.objects.filter(urn__in=wanted[begin : begin + _BATCH])
        for urn, of, *rest in rows.values_list(
            "urn", "log_id", "subject", "root", "label", "trail_id"
        ):
            if of == log_id:
                found[urn] = tuple(rest)
    return found


def note_consents(log: Log, facts: Sequence["Fact"], records: Sequence[Record]) -> set[str]:
    """Insert a row for each body and each submission that the consents among these facts name.

    Returns the subjects who spoke.
    """
    rows = [
        row
        for fact, record in zip(facts, records, strict=True)
        if fact.kind is Kind.CONSENT and isinstance(fact.body, ConsentBody)
        for row in _consents(log, fact.body, fact.about, record)
    ]
    Consent.objects.bulk_create(rows, batch_size=_BATCH)
    return {row.subject for row in rows}


def _consents(log: Log, body: ConsentBody, about: tuple[str, ...], record: Record) -> list[Consent]:
    roots = ("",) if body.scope == "programme" else dict.fromkeys(about)
    return [
        Consent(
            log=log,
            index=record.index,
            subject=record.subject,
            body=to.body,
            root=root,
            until=to.until,
            withdrawn=body.withdrawn,
        )
        for to in {one.body: one for one in body.bodies}.values()
        for root in roots
    ]
