"""Whether everything of a programme is whole: its log, and that each row has its record."""

import json
from collections import Counter

from django.db import transaction

from peer_xblocks.assessment.models import (
    AppealRecord,
    CorrectionRecord,
    RatingRecord,
    ReleaseRecord,
    ResolutionRecord,
    VoidRecord,
)
from peer_xblocks.core.record import Envelope
from peer_xblocks.evidence.commitment import commit, encode_base64url, record_entry
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.records.api.log import lock
from peer_xblocks.records.models import ChainHead, Entry, Log, Record
from peer_xblocks.work.models import Submission


def check_log(programme: str) -> dict[int, str]:
    """No gap, no fork, no broken chain: the commitments by index."""
    with transaction.atomic():
        size = lock(programme).size  # whoever was killed while committing is through by now
    log = Log.objects.get(programme__slug=programme)
    entries = list(Entry.objects.filter(log=log).order_by("index"))
    records = list(Record.objects.filter(log=log).order_by("index"))
    assert [one.index for one in entries] == [one.index for one in records] == list(range(size))
    ends: dict[str, tuple[int, str | None]] = {}
    for entry, record in zip(entries, records, strict=True):
        envelope = Envelope.model_validate_json(bytes(record.canonical))
        subject = envelope.subject or ""
        seq, previous = ends.get(subject, (0, None))
        assert (envelope.seq, envelope.previous) == (seq + 1, previous)
        commitment = commit(bytes(record.salt), bytes(record.canonical))
        assert commitment == bytes(entry.commitment)
        assert bytes(entry.leaf) == leaf_hash(record_entry(commitment))
        ends[subject] = (envelope.seq, encode_base64url(commitment))
    heads = ChainHead.objects.filter(log=log).values_list("subject", "seq", "commitment")
    assert {s: (n, encode_base64url(bytes(c))) for s, n, c in heads if n} == ends
    return {one.index: encode_base64url(bytes(one.commitment)) for one in entries}


def check_rows(programme: str) -> None:
    """Both or neither: every row has its one record, and every record its row."""
    recorded = Record.objects.filter(log__programme__slug=programme)
    of = {"case__programme": programme}
    decided = AppealRecord.objects.filter(programme=programme).exclude(decided_at=None)
    for kind, rows in (
        ("submission", Submission.objects.filter(programme=programme)),
        ("rating", RatingRecord.objects.filter(**of)),
        ("resolution", ResolutionRecord.objects.filter(**of)),
        ("release", ReleaseRecord.objects.filter(**of)),
        ("void", VoidRecord.objects.filter(**of)),
        ("correction", CorrectionRecord.objects.filter(**of)),
        ("attestation", decided),
    ):
        stored = Counter(rows.values_list("record_id", flat=True))
        assert stored == Counter(recorded.filter(kind=kind).values_list("urn", flat=True)), kind
        assert set(stored.values()) <= {1}, kind


def check_whole(programme: str) -> None:
    """The log and the rows."""
    check_log(programme)
    check_rows(programme)


def bodies(programme: str, kind: str) -> list[dict]:
    """The records of a kind, as plain data, in their order."""
    rows = Record.objects.filter(log__programme__slug=programme, kind=kind).order_by("index")
    return [json.loads(bytes(row.canonical)) for row in rows]
