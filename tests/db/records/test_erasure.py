"""Erasure: the fact goes, the place stays, and the log says so."""

import uuid

import pytest

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.evidence.commitment import ErasureEntry, parse_entry
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.evidence.tiles import parse_bundle
from peer_xblocks.records.api import audit, checkpoints, documents, erasure
from peer_xblocks.records.models import Entry, Erasure, ErasureRequest, Record
from tests.db.records.conftest import appended, consent, hours, submission


def urn() -> str:
    """A fresh id."""
    return f"urn:uuid:{uuid.uuid4()}"


def test_an_erasure_waits_for_the_daily_batch(programme, subject, operator):
    """Asked twice it waits once; the batch is one entry for all."""
    made = appended(programme, hours(subject), hours(subject), hours(subject))
    erasure.erase(operator, programme, [made[2].id, made[0].id], "asked")
    erasure.erase(operator, programme, [made[0].id], "asked again")
    assert (Record.objects.count(), ErasureRequest.objects.count()) == (3, 2)
    assert erasure.erase_due(programme) == 2
    assert erasure.erase_due(programme) == 0
    assert list(Record.objects.values_list("urn", flat=True)) == [made[1].id]
    assert Entry.objects.count() == 4
    assert not ErasureRequest.objects.exists()


def test_what_stays_is_the_place_and_the_reason(programme, subject, operator):
    """Index, chain number, reason and who; neither bytes nor salt."""
    (made,) = appended(programme, hours(subject))
    before = Entry.objects.get(index=0)
    erasure.erase(operator, programme, [made.id], "asked by the person", now=True)
    row = Erasure.objects.get()
    assert (row.index, row.subject, row.seq, row.said_in) == (0, subject, 1, 1)
    assert (row.reason, row.by) == ("asked by the person", operator)
    after = Entry.objects.get(index=0)
    assert bytes(before.leaf) == bytes(after.leaf)
    assert bytes(before.commitment) == bytes(after.commitment)


def test_the_log_says_what_was_erased(programme, subject, operator):
    """The public bundle holds the entry, its leaf is in the tree, it has no commitment."""
    made = appended(programme, hours(subject), hours(subject))
    erasure.erase(operator, programme, [one.id for one in made], "asked", now=True)
    checkpoint = checkpoints.publish(programme)
    entries = parse_bundle(checkpoints.file(programme, f"tile/entries/000.p/{checkpoint.size}"))
    assert parse_entry(entries[2]) == ErasureEntry((0, 1))
    row = Entry.objects.get(index=2)
    assert (row.commitment, bytes(row.leaf)) == (None, leaf_hash(entries[2]))


def test_the_chain_goes_on_after_an_erasure(programme, subject, operator):
    """The next record still points to the one that is gone."""
    (made,) = appended(programme, hours(subject))
    erasure.erase(operator, programme, [made.id], "asked", now=True)
    (following,) = appended(programme, hours(subject))
    assert (following.seq, following.index) == (2, 2)
    assert made.commitment in bytes(Record.objects.get().canonical).decode()


def test_deposited_words_go_with_their_submission(programme, subject, operator):
    """The performance goes; the rubric, which others rest on, stays."""
    words, rubric = documents.put(b"my words"), documents.put(b"rubric")
    (made,) = appended(programme, submission(subject, urn(), performance=words, rubric=rubric))
    erasure.erase(operator, programme, [made.id], "asked", now=True)
    assert documents.get(rubric) == b"rubric"
    with pytest.raises(NotFoundError):
        documents.get(words)


def test_an_erased_consent_opens_nothing_and_an_erased_withdrawal_neither(
    programme, subject, operator, auditor
):
    """Erasing a word on consent never shows more than before."""
    appended(programme, hours(subject))
    given, ended = appended(programme, consent(subject), consent(subject, withdrawn=True))
    erasure.erase(operator, programme, [ended.id], "asked", now=True)
    assert audit.search(auditor, programme).total == 0
    (again,) = appended(programme, consent(subject))
    assert audit.search(auditor, programme).total == 3
    erasure.erase(operator, programme, [given.id, again.id], "asked", now=True)
    assert audit.search(auditor, programme).total == 0


def test_only_an_operator_erases_and_says_why(programme, subject, operator, trainee, auditor):
    """Nobody else can, and nobody can without a reason."""
    (made,) = appended(programme, hours(subject))
    for user in (trainee, auditor):
        with pytest.raises(ForbiddenError):
            erasure.erase(user, programme, [made.id], "asked")
    with pytest.raises(InvalidError):
        erasure.erase(operator, programme, [made.id], "  ")
    with pytest.raises(NotFoundError):
        erasure.erase(operator, programme, [made.id, urn()], "asked")
    assert not ErasureRequest.objects.exists()


def test_a_roster_is_not_erased(programme, operator):
    """What is about nobody has no person who could ask."""
    checkpoints.publish(programme)
    with pytest.raises(ForbiddenError):
        erasure.erase(operator, programme, [Record.objects.get().urn], "asked")


def test_many_erasures_take_several_entries(programme, subject, operator):
    """A batch larger than one entry holds is split, and every record is gone."""
    made = appended(programme, *(hours(subject) for _ in range(erasure.BATCH + 1)))
    erasure.erase(operator, programme, [one.id for one in made], "asked", now=True)
    assert Record.objects.count() == 0
    assert Entry.objects.filter(commitment=None).count() == 2
