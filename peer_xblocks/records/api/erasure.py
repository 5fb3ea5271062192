"""Erasure: the fact goes, with its salt; that something stood there, and why it went, stays.

Asked for one by one and carried out in batches, so that the log does not say who asked when. What
is gone here may still stand in a pack that a certifying body holds: that copy is theirs to erase.
"""

import json
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Kind, Role
from peer_xblocks.evidence.commitment import erasure_entry
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.records import openings
from peer_xblocks.records.api import grants
from peer_xblocks.records.api.log import lock
from peer_xblocks.records.models import (
    Consent,
    Document,
    Entry,
    Erasure,
    ErasureRequest,
    Log,
    Record,
)
from peer_xblocks.records.transactions import run

# So many indexes surely fit into one entry of 65,535 bytes and into one statement of SQLite.
BATCH = 500
# What a submission rests on and nobody else's record should: words that were deposited.
_OWN_DOCUMENTS = ("performance", "reflection")


def erase(
    by: AbstractBaseUser,
    programme: str,
    record_ids: Sequence[str],
    reason: str,
    *,
    now: bool = False,
) -> None:
    """Queue these records for the next daily batch, or erase them `now`. For operators.

    Raises InvalidError without a reason, NotFoundError when one of them is not in the programme,
    ForbiddenError for a roster or framework, which are about nobody.
    """
    grants.require(by, programme, Role.OPERATOR)
    if not reason.strip():
        raise InvalidError({"reason": _("An erasure needs a reason.")})
    run(lambda: _queue(by, programme, tuple(dict.fromkeys(record_ids)), reason.strip()))
    if now:
        erase_due(programme)


def erase_due(programme: str) -> int:
    """Erase all records that wait, in entries of at most 500; returns how many.

    Called before each checkpoint by the command, once a day; for commands, tasks and `erase`.
    """
    total = 0
    while erased := run(lambda: _erase_batch(programme)):
        total += erased
    return total


def _queue(by: AbstractBaseUser, programme: str, urns: Sequence[str], reason: str) -> None:
    log = lock(programme)
    found = Record.objects.filter(log=log, urn__in=urns)
    rows = list(found.values_list("index", "subject"))
    if len(rows) != len(urns):
        raise NotFoundError
    if any(not subject for _index, subject in rows):
        raise ForbiddenError(_("A record that is about nobody is not erased."))
    at = timezone.now()
    ErasureRequest.objects.bulk_create(
        [
            ErasureRequest(log=log, index=index, reason=reason, by_id=by.pk, at=at)
            for index, _subject in rows
        ],
        ignore_conflicts=True,
    )


def _erase_batch(programme: str) -> int:
    """Erase some of what waits, with one entry that says so."""
    log = lock(programme)
    due = {r.index: r for r in ErasureRequest.objects.filter(log=log).order_by("index")[:BATCH]}
    if not due:
        return 0
    _forget(log, list(due))
    gone = Record.objects.filter(log=log, index__in=list(due))
    rows = list(gone.values_list("index", "subject", "seq"))
    said_in = _say(log, [index for index, _subject, _seq in rows])
    Erasure.objects.bulk_create(
        [
            Erasure(
                log=log,
                index=index,
                subject=subject,
                seq=seq,
                said_in=said_in,
                reason=due[index].reason,
                by_id=due[index].by_id,
                at=timezone.now(),
            )
            for index, subject, seq in rows
        ]
    )
    gone.delete()
    ErasureRequest.objects.filter(log=log, index__in=list(due)).delete()
    return len(rows)


def _say(log: Log, indexes: Sequence[int]) -> int:
    """Append the entry that these records are gone; returns its index. Requires the log's lock."""
    Log.objects.filter(pk=log.pk).update(size=F("size") + 1)
    leaf = leaf_hash(erasure_entry(indexes))
    Entry.objects.create(log=log, index=log.size, commitment=None, leaf=leaf)
    return log.size


def _forget(log: Log, indexes: Sequence[int]) -> None:
    """Delete what was derived from the records: deposited words, and consent that was given.

    A withdrawal stays known, because without it an older consent would come back to life.
    """
    given = Consent.objects.filter(log=log, index__in=indexes, withdrawn=False)
    if subjects := set(given.values_list("subject", flat=True)):
        given.delete()
        openings.settle(log, subjects)
    handed_in = Record.objects.filter(log=log, index__in=indexes, kind=Kind.SUBMISSION.value)
    digests = {
        documents[name]
        for canonical in handed_in.values_list("canonical", flat=True)
        for documents in (json.loads(bytes(canonical))["documents"],)
        for name in _OWN_DOCUMENTS
        if name in documents
    }
    Document.objects.filter(sha256__in=digests).delete()
