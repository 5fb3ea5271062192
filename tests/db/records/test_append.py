"""Appending: numbers without a gap, chains without a fork, and bytes that prove themselves."""

import ast
import json
import uuid
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

import peer_xblocks
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import BODIES, Envelope, HoursBody, Kind, Role
from peer_xblocks.evidence.canonical import canonical_bytes
from peer_xblocks.evidence.commitment import commit, decode_base64url, record_entry
from peer_xblocks.evidence.errors import CanonicalFormError
from peer_xblocks.evidence.merkle import leaf_hash
from peer_xblocks.records.api import Fact, append, people
from peer_xblocks.records.models import ChainHead, Entry, Log, Record
from tests.db.records.conftest import appended, hours, release, submission


def urn() -> str:
    """A fresh id."""
    return f"urn:uuid:{uuid.uuid4()}"


def envelopes() -> list[Envelope]:
    """All records in the order of the log, read back from their bytes."""
    rows = Record.objects.order_by("index").values_list("canonical", flat=True)
    return [Envelope.model_validate_json(bytes(row)) for row in rows]


def test_facts_of_one_call_follow_each_other_in_their_subjects_chain(programme, subject):
    """Several facts of one call, of two subjects, get the right numbers and point back rightly."""
    other = urn()
    made = appended(programme, hours(subject), hours(other), hours(subject))
    made += appended(programme, hours(subject), hours(other))
    assert [one.index for one in made] == [0, 1, 2, 3, 4]
    assert [one.seq for one in made] == [1, 1, 2, 3, 2]
    previous = [one.previous for one in envelopes()]
    assert previous == [
        None,
        None,
        made[0].commitment,
        made[2].commitment,
        made[1].commitment,
    ]
    head = ChainHead.objects.get(subject=subject)
    assert (head.seq, bytes(head.commitment)) == (3, decode_base64url(made[3].commitment))


def test_the_bytes_lead_to_the_commitment_and_the_leaf(programme, subject):
    """Canonical bytes and salt give the commitment of the entry, and that its leaf hash."""
    (made,) = appended(programme, hours(subject))
    record, entry = Record.objects.get(urn=made.id), Entry.objects.get(index=made.index)
    canonical = bytes(record.canonical)
    assert canonical == canonical_bytes(json.loads(canonical))
    commitment = commit(bytes(record.salt), canonical)
    assert commitment == bytes(entry.commitment) == decode_base64url(made.commitment)
    assert bytes(entry.leaf) == leaf_hash(record_entry(commitment))


def test_the_envelope_says_what_the_fact_said(programme, subject):
    """Nothing of a fact is lost on its way into the record."""
    fact = submission(subject, scenario="hören-🌱", rubric="0" * 64)
    (made,) = appended(programme, fact)
    (envelope,) = envelopes()
    assert (envelope.id, envelope.kind, envelope.programme) == (made.id, "submission", programme)
    assert (envelope.subject, envelope.actor, envelope.acting_as) == (subject, subject, "trainee")
    assert envelope.documents == {"rubric": "0" * 64}
    assert envelope.body == fact.body.model_dump(mode="json")
    assert envelope.at == made.at == Record.objects.get().at


def test_what_follows_a_submission_is_found_with_it(programme, subject):
    """A release has root and label of its submission, also when both are of one call."""
    lead, first, second = urn(), urn(), urn()
    appended(programme, submission(subject, first, scenario="calm"), release(subject, lead, first))
    appended(programme, submission(subject, second, scenario="late"))
    appended(programme, release(subject, lead, second), hours(subject))
    rows = Record.objects.order_by("index").values_list("root", "label")
    assert list(rows) == [
        (first, "calm"),
        (first, "calm"),
        (second, "late"),
        (second, "late"),
        ("", ""),
    ]


def test_a_record_about_someone_elses_submission_does_not_follow_it(programme, subject):
    """Only a submission of the same subject lends its consent to what is about it."""
    first, other = urn(), urn()
    appended(programme, submission(subject, first), release(other, subject, first))
    assert Record.objects.get(subject=other).root == ""


def test_a_body_of_another_kind_is_refused(programme, subject):
    """The body must be of the record's kind."""
    wrong = Fact(Kind.VOID, subject, hours(subject).body, subject, Role.LEAD)
    with pytest.raises(ValueError, match="void"):
        appended(programme, wrong)


def test_a_subject_where_none_belongs_is_refused(programme):
    """A record of hours is about somebody."""
    with pytest.raises(ValueError, match="subject"):
        appended(programme, Fact(Kind.HOURS, None, hours(urn()).body, "system", Role.SYSTEM))


def test_the_bytes_hold_every_member_of_the_envelope(programme, subject):
    """What is written member by member is what the envelope's own model would write."""
    made = submission(subject, urn(), performance="0" * 64)
    appended(programme, made, release(subject, urn(), made.id), hours(subject))
    for canonical in Record.objects.values_list("canonical", flat=True):
        envelope = Envelope.model_validate_json(bytes(canonical))
        assert canonical_bytes(envelope.model_dump(mode="json")) == bytes(canonical)


def test_a_number_that_no_double_holds_is_refused(programme, subject):
    """What RFC 8785 cannot write is not appended."""
    body = HoursBody(hours_kind="live", minutes=2**53 + 2, activity="", since=None, until=None)
    with pytest.raises(CanonicalFormError):
        appended(programme, Fact(Kind.HOURS, subject, body, subject, Role.TRAINEE))


@pytest.mark.parametrize(
    "text", ["plain", "Zoë – €", "🌱 \U0001d11e", 'a"\\\n\x00\u2028', ":1234567890123456"]
)
def test_any_text_has_its_canonical_bytes(programme, subject, text):
    """Whatever somebody writes, the bytes are those of RFC 8785."""
    body = HoursBody(hours_kind="live", minutes=1, activity=text, since=None, until=None)
    documents = {"rubric": "0" * 64, "\uffee": "1" * 64, "🌱": "2" * 64}
    fact = Fact(Kind.HOURS, subject, body, subject, Role.TRAINEE, documents=documents)
    appended(programme, fact)
    canonical = bytes(Record.objects.get().canonical)
    value = json.loads(canonical)
    assert canonical == canonical_bytes(value)
    assert (value["body"]["activity"], value["documents"]) == (text, documents)


@pytest.mark.parametrize("kind", BODIES)
def test_no_body_has_a_member_that_could_be_a_fraction(kind):
    """What is not a whole number has no place in a record."""
    assert '"number"' not in json.dumps(BODIES[kind].model_json_schema(mode="validation"))


def test_appending_to_no_programme_finds_nothing(db):
    """A programme that does not exist has no log."""
    with pytest.raises(NotFoundError):
        appended("nowhere", hours(urn()))


def test_appending_nothing_changes_nothing(programme):
    """A call without facts is no entry."""
    assert appended(programme) == ()
    assert Log.objects.get().size == 0


@pytest.mark.django_db(transaction=True)
def test_append_asks_for_a_transaction(programme, subject):
    """Outside a transaction a record could stand without the act it is about."""
    with pytest.raises(RuntimeError, match="transaction"):
        append(programme, hours(subject))


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry(programme, subject):
    """When the transaction is rolled back, the log is as if nothing had been tried."""
    appended(programme, hours(subject))
    with pytest.raises(LookupError), transaction.atomic():
        append(programme, hours(subject), hours(subject))
        raise LookupError
    (made,) = appended(programme, hours(subject))
    assert (made.index, made.seq) == (1, 2)
    assert Log.objects.get().size == Entry.objects.count() == 2


def test_one_place_of_the_log_takes_one_entry(programme, subject):
    """The database itself refuses a second entry at the same index."""
    appended(programme, hours(subject))
    again = Entry(log=Log.objects.get(), index=0, commitment=b"x" * 32, leaf=b"x" * 32)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_chain_takes_one_record_at_each_number(programme, subject):
    """The database itself refuses a fork of a subject's chain."""
    appended(programme, hours(subject))
    row = Record.objects.get()
    row.pk, row.index, row.urn = None, 7, urn()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_two_programmes_know_one_person_by_two_names(programme, trainee, subject):
    """The pairwise id is one for each person and programme."""
    from peer_xblocks.records.api import programmes

    programmes.create(None, "other", "Other", "course-v1:Other+1+1", {})
    assert people.urn(trainee, programme) == subject
    assert people.urn(trainee, "other") not in {subject, ""}


def test_a_hundred_facts_take_as_many_statements_as_one(programme, subject):
    """The number of queries does not grow with the number of facts, up to a batch."""
    first = urn()
    appended(programme, submission(subject, first))
    counts = []
    for number in (1, 100):
        with transaction.atomic():
            seen: list[str] = []

            def note(execute, sql, *rest, seen=seen):
                seen.append(sql)
                return execute(sql, *rest)

            with connection.execute_wrapper(note):
                append(programme, *(release(subject, urn(), first) for _ in range(number)))
            counts.append(len(seen))
    assert counts[0] <= 8
    # SQLite takes 999 parameters a statement at most, so it inserts in more pieces.
    assert counts[1] == counts[0] or connection.vendor == "sqlite"


def test_no_code_changes_or_deletes_an_entry():
    """Of all that the package does with the rows of entries, nothing is an update or a delete."""
    allowed = {"bulk_create", "create", "filter"}
    used: set[str] = set()
    for file in Path(peer_xblocks.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Entry.objects":
                used.add(node.attr)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert not (
                    node.func.attr in {"update", "delete", "save"}
                    and "Entry." in ast.unparse(node.func.value)
                ), f"{file}:{node.lineno}"
            assert not (
                isinstance(node, ast.Attribute)
                and node.attr == "entries"
                and isinstance(node.value, ast.Name)
                and node.value.id == "log"
            ), file
    assert used == allowed
