"""What an auditor may do: search, open, take a pack along. Every record shown is noted as read.

Only records that the subject's consent opens to the auditor's body are shown; of the others it is
said how many there are. Reading and noting are one transaction.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Envelope, Kind
from peer_xblocks.evidence.commitment import encode_base64url
from peer_xblocks.evidence.one_record import write_record_proof
from peer_xblocks.evidence.packing import write_pack as write_members
from peer_xblocks.evidence.tiles import proof_from_tiles
from peer_xblocks.records import packs, publishing
from peer_xblocks.records.api import checkpoints, grants, people
from peer_xblocks.records.api.checkpoints import CheckpointInfo
from peer_xblocks.records.models import CertifyingBody, Log, Read, Record
from peer_xblocks.records.visibility import IS_OPEN, with_consent

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list. `scenario` is the key of the scenario that it has to do with."""

    id: str
    index: int
    kind: Kind
    subject: str | None
    subject_name: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    acting_as: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found, newest first, and how much is withheld.

    `withheld` counts all that the programme, or the one subject asked for, withholds, whatever else
    was asked: by asking again and again one could learn what a withheld record is and when it was.
    """

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int
    withheld: int


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record with all that is needed to check it offline.

    `salt` is written in base64url. `proof` is a text of c2sp.org/tlog-proof@v1 against
    `checkpoint`, with salt and record in it; both are empty while no checkpoint covers the record,
    and `note` says so.
    """

    envelope: Envelope
    index: int
    canonical: str
    salt: str
    proof: str
    checkpoint: CheckpointInfo | None
    note: str


def search(
    user: AbstractBaseUser,
    programme: str,
    *,
    kind: Kind | str | None = None,
    subject: str | None = None,
    scenario: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
) -> Page:
    """Return one page of the records that fit all of these.

    `scenario` is the beginning of a scenario's key; `until` is not included. A page beyond the
    last one gives the last one.
    """
    wanted = _period(since, until) & _named(kind, subject, scenario)
    with transaction.atomic():
        log, body = _enter(user, programme)
        records = with_consent(log, body.key, timezone.now())
        found = records.filter(wanted).filter(IS_OPEN)
        total = found.count()
        pages = max(1, -(-total // PAGE))
        number = min(max(1, page), pages)
        withheld = _withheld(records, subject)
        # Their places first, from an index alone; then the records of this page, if still open.
        newest = found.order_by("-index").values_list("index", flat=True)
        places = list(newest[(number - 1) * PAGE : number * PAGE])
        rows = records.filter(IS_OPEN, index__in=places).defer("canonical", "salt")
        shown = list(rows.order_by("-index"))
        _note(user, body, log, shown, "search")
    return Page(rows=_rows(shown), number=number, pages=pages, total=total, withheld=withheld)


def open_record(user: AbstractBaseUser, programme: str, record_id: str) -> OpenedRecord:
    """Return one record with its proof.

    Raises NotFoundError, and ForbiddenError for one that its subject withholds.
    """
    with transaction.atomic():
        log, body = _enter(user, programme)
        known = record_id if record_id.isprintable() else ""  # PostgreSQL takes no NUL
        record = with_consent(log, body.key, timezone.now()).filter(urn=known).first()
        if record is None:
            raise NotFoundError
        if record.subject and not record.consented:
            raise ForbiddenError(_("This record is withheld by the person it is about."))
        _note(user, body, log, [record], "open")
    return _opened(programme, log, record)


def write_pack(
    user: AbstractBaseUser,
    programme: str,
    *,
    subject: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> BinaryIO:
    """Return a pack as an open temporary file, a zip, at its beginning. Close it after use.

    It touches the one subject, or each that has a record in this period, or all. Of those every
    record below the latest checkpoint is opened, withheld or erased. What is opened is noted as
    read while it is written, so a pack that broke off may be noted and not given. Raises
    ConflictError before the first checkpoint, NotFoundError for a subject without any record.
    """
    log, body = _enter(user, programme)
    checkpoint = checkpoints.published(programme)
    if checkpoint is None:
        raise ConflictError(_("There is no checkpoint yet, so there is nothing to prove."))
    who = packs.Touched(log, checkpoint.size, subject, _period(since, until))
    if subject is not None and not who.has_any():
        raise NotFoundError

    def note(records: Iterable[Record]) -> None:
        _note(user, body, log, records, "pack")

    file = tempfile.TemporaryFile(prefix="peer-xblocks-pack-")  # noqa: SIM115 (the caller's)
    try:
        write_members(file, packs.members(checkpoint, body.key, who, note))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _enter(user: AbstractBaseUser, programme: str) -> tuple[Log, CertifyingBody]:
    """Return the log and the body for which somebody audits it; raises ForbiddenError."""
    key = grants.body_of(user, programme).key
    return Log.objects.get(programme__slug=programme), CertifyingBody.objects.get(key=key)


def _withheld(records: QuerySet[Record], subject: str | None) -> int:
    """Return how many records are not open, of all or of one subject."""
    of = records.filter(subject=subject) if subject else records
    counts = of.aggregate(all=Count("pk"), open=Count("pk", filter=IS_OPEN))
    return int(counts["all"] - counts["open"])


def _period(since: datetime | None, until: datetime | None) -> Q:
    if since is not None and until is not None and until <= since:
        raise InvalidError({"until": _("The period ends before it begins.")})
    wanted = Q()
    if since is not None:
        wanted &= Q(at__gte=since)
    if until is not None:
        wanted &= Q(at__lt=until)
    return wanted


def _named(kind: Kind | str | None, subject: str | None, scenario: str | None) -> Q:
    wanted = Q()
    if kind:
        if kind not in set(Kind):
            raise InvalidError({"kind": _("There is no such kind of record.")})
        wanted &= Q(kind=Kind(kind).value)
    if subject:
        wanted &= Q(subject=subject)
    if scenario and scenario.strip():
        wanted &= Q(label__startswith=scenario.strip().lower())
    return wanted


def _note(
    user: AbstractBaseUser,
    body: CertifyingBody,
    log: Log,
    records: Iterable[Record],
    how: str,
) -> None:
    """Note that these records were shown; those about nobody are everybody's."""
    at = timezone.now()
    Read.objects.bulk_create(
        [
            Read(
                log=log,
                user_id=user.pk,
                body=body,
                urn=record.urn,
                subject=record.subject,
                how=how,
                at=at,
            )
            for record in records
            if record.subject
        ],
        batch_size=500,
    )


def _rows(records: list[Record]) -> tuple[Row, ...]:
    names = people.names({urn for record in records for urn in (record.subject, record.actor)})
    return tuple(
        Row(
            id=record.urn,
            index=record.index,
            kind=Kind(record.kind),
            subject=record.subject or None,
            subject_name=names[record.subject] if record.subject else "",
            seq=record.seq,
            at=record.at,
            actor=record.actor,
            actor_name=names[record.actor],
            acting_as=record.acting_as,
            scenario=record.label,
        )
        for record in records
    )


def _opened(programme: str, log: Log, record: Record) -> OpenedRecord:
    canonical = bytes(record.canonical)
    checkpoint = checkpoints.latest(programme)
    proof, note = "", _("This record is not yet under a checkpoint.")
    if checkpoint is not None and record.index < checkpoint.size:
        hashes = proof_from_tiles(record.index, checkpoint.size, publishing.reader(log))
        signed, salt = checkpoint.note.encode(), bytes(record.salt)
        proof = write_record_proof(record.index, hashes, signed, canonical, salt).decode()
        note = ""
    return OpenedRecord(
        envelope=Envelope.model_validate_json(canonical),
        index=record.index,
        canonical=canonical.decode(),
        salt=encode_base64url(bytes(record.salt)),
        proof=proof,
        checkpoint=checkpoint if proof else None,
        note=note,
    )
