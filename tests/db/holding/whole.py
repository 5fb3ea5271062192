"""Whether everything of a programme is whole: its log, and that each row has its record."""

import json
from collections import Counter
from dataclasses import dataclass, field

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
from peer_xblocks.records.models import ChainHead, Entry, Record
from peer_xblocks.work.models import Submission


@dataclass
class Whole:
    """Checks a programme again and again; what it has seen of the log may never change."""

    programme: str
    entries: list[tuple[str, str]] = field(default_factory=list)
    ends: dict[str, tuple[int, str | None]] = field(default_factory=dict)

    def check(self) -> None:
        """The log and the rows."""
        self.check_log()
        self.check_rows()

    def check_log(self) -> dict[int, str]:
        """No gap, no fork, no broken chain, nothing altered: the commitments by index."""
        with transaction.atomic():
            log = lock(self.programme)  # whoever was killed while committing is through by now
        seen = len(self.entries)
        entries = list(Entry.objects.filter(log=log).order_by("index"))
        records = list(Record.objects.filter(log=log).order_by("index"))
        assert [one.index for one in entries] == list(range(log.size))
        assert [one.index for one in records] == list(range(log.size))
        said = [encode_base64url(bytes(one.commitment)) for one in entries]
        held = [encode_base64url(bytes(one.canonical[-32:])) for one in records]
        assert self.entries == list(zip(said[:seen], held[:seen], strict=True))
        for entry, record in zip(entries[seen:], records[seen:], strict=True):
            self._check_record(entry, record)
        self.entries = list(zip(said, held, strict=True))
        heads = ChainHead.objects.filter(log=log).values_list("subject", "seq", "commitment")
        assert {s: (n, encode_base64url(bytes(c))) for s, n, c in heads if n} == self.ends
        return dict(enumerate(said))

    def check_rows(self) -> None:
        """Both or neither: every row has its one record, and every record its row."""
        of = {"case__programme": self.programme}
        decided = AppealRecord.objects.filter(programme=self.programme).exclude(decided_at=None)
        recorded: dict[str, Counter[str]] = {}
        records = Record.objects.filter(log__programme__slug=self.programme)
        for kind, urn in records.values_list("kind", "urn"):
            recorded.setdefault(kind, Counter())[urn] += 1
        for kind, rows in (
            ("submission", Submission.objects.filter(programme=self.programme)),
            ("rating", RatingRecord.objects.filter(**of)),
            ("resolution", ResolutionRecord.objects.filter(**of)),
            ("release", ReleaseRecord.objects.filter(**of)),
            ("void", VoidRecord.objects.filter(**of)),
            ("correction", CorrectionRecord.objects.filter(**of)),
            ("attestation", decided),
        ):
            stored = Counter(rows.values_list("record_id", flat=True))
            assert stored == recorded.get(kind, Counter()), kind
            assert set(stored.values()) <= {1}, kind

    def _check_record(self, entry: Entry, record: Record) -> None:
        envelope = Envelope.model_validate_json(bytes(record.canonical))
        subject = envelope.subject or ""
        seq, previous = self.ends.get(subject, (0, None))
        assert (envelope.seq, envelope.previous) == (seq + 1, previous)
        commitment = commit(bytes(record.salt), bytes(record.canonical))
        assert commitment == bytes(entry.commitment)
        assert bytes(entry.leaf) == leaf_hash(record_entry(commitment))
        self.ends[subject] = (envelope.seq, encode_base64url(commitment))


def check_whole(programme: str) -> None:
    """Everything of a programme, from its beginning."""
    Whole(programme).check()


def bodies(programme: str, kind: str) -> list[dict]:
    """The records of a kind, as plain data, in their order."""
    rows = Record.objects.filter(log__programme__slug=programme, kind=kind).order_by("index")
    return [json.loads(bytes(row.canonical)) for row in rows]
