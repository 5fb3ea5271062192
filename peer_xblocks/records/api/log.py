"""Appending: the only place where a record gets its number, its time, its bytes and its entry."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import BODIES, Envelope, Kind, Role
from peer_xblocks.core.recorded_forms import written
from peer_xblocks.core.value import Value
from peer_xblocks.evidence.canonical import canonical_bytes
from peer_xblocks.evidence.commitment import commit, encode_base64url, new_salt, record_entry
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.records import following, openings
from peer_xblocks.records.chains import Chains
from peer_xblocks.records.models import ChainHead, Entry, Log, Record

# Rows of one INSERT: a record may have some kB, and servers refuse packets of more than 16 MB.
BATCH = 500
_fast = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_BODY_MARK = '"body":0'
# Bytes by what they are: 0 a digit, a comma whatever a number can follow, ! a character by which
# names would be sorted differently. One pass in C, where a regular expression takes ten times as
# long.
_SHAPES = bytes(
    ord("0" if byte in b"0123456789" else "," if byte in b":,[-" else "!" if byte >= 0xF0 else " ")
    for byte in range(256)
)
_LONG_NUMBER = b"," + b"0" * 16


@dataclass(frozen=True, slots=True)
class Fact:
    """What was done, before the log gave it a place: everything that its author knows.

    `actor` is "system" or a pairwise id; `about` are ids of records of the same programme, which
    may stand earlier in the same call. `id` is given only when another fact has to name it.
    """

    kind: Kind
    subject: str | None
    body: Value
    actor: str
    acting_as: Role
    about: tuple[str, ...] = ()
    documents: dict[str, str] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a fact stands now. `commitment` is written as in the entry (base64url)."""

    id: str
    index: int
    seq: int
    commitment: str
    at: datetime


def append(programme: str, *facts: Fact) -> tuple[Appended, ...]:
    """Append these facts to the programme's log, in this order, in the caller's transaction.

    The last step of that transaction: from here to its end nobody else can append. Requires an
    open transaction. It is never tried again here, because only the whole act can be. Raises
    NotFoundError when there is no such programme, ValueError for a fact that is none.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append joins a transaction of its caller, and there is none")
    _check(facts)
    if not facts:
        return ()
    # What can be done before the lock is: everybody else who appends waits for its end.
    key = _key(programme)
    known = following.known(key, facts)
    bodies = [_fast.encode(fact.body.model_dump(mode="json")) for fact in facts]
    log = _locked(key, len(facts))
    first = log.size - len(facts)
    chains = Chains(log, {fact.subject or "" for fact in facts})
    at = datetime.now(UTC)
    entries: list[Entry] = []
    records: list[Record] = []
    for index, (fact, body) in enumerate(zip(facts, bodies, strict=True), first):
        head = chains.head(fact.subject or "")
        envelope = _envelope(programme, fact, head, at)
        entry, record = _rows(log, index, envelope, _canonical(envelope, fact, body))
        chains.grow(record.subject, entry.commitment)
        entries.append(entry)
        records.append(record)
    following.fill(known, facts, records)
    opened = {row[:2]: row[3] for row in known.values() if row[3] is not None}
    changed = openings.join(log, records, opened)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Record.objects.bulk_create(records, batch_size=BATCH)
    chains.save()
    changed |= following.note_consents(log, facts, records)
    if changed:
        openings.settle(log, changed)
    return tuple(map(_appended, entries, records))


def lock(programme: str, more: int = 0) -> Log:
    """Return the log, held until the end of the transaction, after adding to its size."""
    return _locked(_key(programme), more)


def _key(programme: str) -> int:
    """Return the key of a programme's log; raises NotFoundError."""
    found = Log.objects.filter(programme__slug=programme).values_list("pk", flat=True).first()
    if found is None:
        raise NotFoundError("There is no programme of this name.", programme=programme)
    return found


def _locked(key: int, more: int) -> Log:
    """Return a log, held until the end of the transaction, after adding to its size.

    The UPDATE comes first: it takes the lock on every database. Only then is read, with a lock
    again, because a plain read may show an older state where reads repeat.
    """
    Log.objects.filter(pk=key).update(size=F("size") + more)
    return Log.objects.select_for_update().get(pk=key)


def _check(facts: Sequence[Fact]) -> None:
    """Raise ValueError for a body of another kind, or a subject where none belongs."""
    for fact in facts:
        if not isinstance(fact.body, BODIES[fact.kind]):
            raise ValueError(f"the body of a {fact.kind} is not a {type(fact.body).__name__}")
        if (fact.subject is None) != (fact.kind in (Kind.ROSTER, Kind.FRAMEWORK)):
            raise ValueError(f"a {fact.kind} has {'a' if fact.subject is None else 'no'} subject")


def _envelope(programme: str, fact: Fact, head: ChainHead, at: datetime) -> Envelope:
    """Return what a record says around its body, when it comes next in its subject's chain."""
    return Envelope(
        kind=fact.kind,
        id=fact.id or f"urn:uuid:{uuid.uuid4()}",
        programme=programme,
        subject=fact.subject,
        seq=head.seq + 1,
        previous=encode_base64url(bytes(head.commitment)) if head.seq else None,
        at=at,
        actor=fact.actor,
        acting_as=fact.acting_as,
        about=fact.about,
        documents=fact.documents,
        body={},
    )


def _rows(log: Log, index: int, envelope: Envelope, canonical: bytes) -> tuple[Entry, Record]:
    """Return the entry that commits to a record under a fresh salt, and the record."""
    salt = new_salt()
    commitment = commit(salt, canonical)
    leaf = leaf_hash(record_entry(commitment))
    entry = Entry(log_id=log.pk, index=index, commitment=commitment, leaf=leaf)
    record = Record(
        log_id=log.pk,
        index=index,
        kind=envelope.kind.value,
        urn=envelope.id,
        subject=envelope.subject or "",
        seq=envelope.seq,
        at=envelope.at,
        actor=envelope.actor,
        acting_as=envelope.acting_as.value,
        canonical=canonical,
        salt=salt,
    )
    return entry, record


def _canonical(envelope: Envelope, fact: Fact, body: str) -> bytes:
    """Return the canonical bytes of a record; `body` is its body, written already.

    Without fractions, which no body has (a test goes through them), the standard library writes
    the bytes of RFC 8785 six times as fast. What else could differ is looked for, and goes to the
    strict writer, which knows it or refuses it.
    """
    # No words can hold the mark: a quotation mark inside them is written with a backslash.
    around = _fast.encode(_plain(envelope) | {"body": 0})
    text = around.replace(_BODY_MARK, f'"body":{body}', 1).encode()
    shape = text.translate(_SHAPES)
    if b"!" in shape or _LONG_NUMBER in shape:
        return canonical_bytes(_plain(envelope) | {"body": fact.body.model_dump(mode="json")})
    return text


def _plain(envelope: Envelope) -> dict[str, Any]:
    """Return an envelope's members but the body as JSON holds them.

    By hand, which takes a third of the time; a test compares this with the model's own way.
    """
    return {
        "v": envelope.v,
        "kind": envelope.kind.value,
        "id": envelope.id,
        "programme": envelope.programme,
        "subject": envelope.subject,
        "seq": envelope.seq,
        "previous": envelope.previous,
        "at": written(envelope.at),
        "actor": envelope.actor,
        "acting_as": envelope.acting_as.value,
        "about": list(envelope.about),
        "documents": dict(envelope.documents),
    }


def _appended(entry: Entry, record: Record) -> Appended:
    commitment = encode_base64url(bytes(entry.commitment))
    return Appended(record.urn, record.index, record.seq, commitment, record.at)
