"""Auditing: only what its subject opened to the body is shown, and every showing is noted."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Kind, Role
from peer_xblocks.evidence.commitment import commit, decode_base64url, record_entry
from peer_xblocks.evidence.tlog_proof import verify_proof
from peer_xblocks.records.api import audit, checkpoints, people
from peer_xblocks.records.models import Read
from tests.db.records.conftest import appended, consent, hours, release, submission


def urn() -> str:
    """A fresh id."""
    return f"urn:uuid:{uuid.uuid4()}"


def shown(user, programme, **wanted) -> list[tuple[str, str]]:
    """Kind and scenario of the records that a search shows, oldest first."""
    page = audit.search(user, programme, **wanted)
    return [(row.kind.value, row.scenario) for row in reversed(page.rows)]


def test_without_consent_a_record_is_only_counted(programme, subject, auditor):
    """What the subject withholds is not shown, but the auditor learns how much it is."""
    appended(programme, submission(subject, urn()), hours(subject))
    page = audit.search(auditor, programme)
    assert (page.rows, page.total, page.withheld, page.pages) == ((), 0, 2, 1)
    assert not Read.objects.exists()


def test_what_a_withheld_record_is_cannot_be_asked_for(programme, subject, auditor):
    """Kind, scenario and date of a withheld record do not change how many are said to be."""
    appended(programme, submission(subject, urn(), "calm"), hours(subject))
    past, future = datetime(2001, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
    for wanted in (
        {"kind": "submission"},
        {"scenario": "calm"},
        {"until": past},
        {"since": future},
    ):
        assert audit.search(auditor, programme, **wanted).withheld == 2
    assert audit.search(auditor, programme, subject=subject).withheld == 2
    assert audit.search(auditor, programme, subject=urn()).withheld == 0


def test_consent_to_a_submission_opens_what_follows_it(programme, subject, auditor):
    """The release of a submission is open with it; another submission is not."""
    first, second = urn(), urn()
    appended(programme, submission(subject, first, "calm"), consent(subject, first))
    appended(programme, release(subject, urn(), first), submission(subject, second, "late"))
    assert shown(auditor, programme) == [
        ("submission", "calm"),
        ("consent", "calm"),
        ("release", "calm"),
    ]
    assert audit.search(auditor, programme).withheld == 1


def test_consent_to_one_body_opens_nothing_to_another(programme, subject, person):
    """Each body needs a consent of its own."""
    first = urn()
    appended(programme, submission(subject, first), consent(subject, first, body="other-board"))
    other = person("pia", Role.AUDITOR, body="other-board")
    example = person("quin", Role.AUDITOR, body="example-board")
    assert audit.search(other, programme).total == 2
    assert audit.search(example, programme).total == 0


def test_the_latest_word_decides(programme, subject, auditor):
    """Withdrawn consent closes the record again, a new one opens it, for the programme as well."""
    first = urn()
    appended(programme, submission(subject, first), consent(subject, first))
    seen = [audit.search(auditor, programme).total]
    for fact in (
        consent(subject, first, withdrawn=True),
        consent(subject),
        consent(subject, withdrawn=True),
        consent(subject, first),
    ):
        appended(programme, fact)
        seen.append(audit.search(auditor, programme, kind=Kind.SUBMISSION).total)
    assert seen == [2, 0, 1, 0, 1]


def test_consent_that_is_over_opens_nothing(programme, subject, auditor):
    """A consent lasts until its time."""
    first, now = urn(), timezone.now()
    appended(programme, submission(subject, first))
    appended(programme, consent(subject, first, until=now + timedelta(hours=1)))
    assert audit.search(auditor, programme).total == 2
    appended(programme, consent(subject, first, until=now - timedelta(seconds=1)))
    assert audit.search(auditor, programme).total == 0


def test_rosters_are_open_to_every_auditor(programme, subject, auditor):
    """A record that is about nobody needs nobody's consent, and no read of it is noted."""
    appended(programme, hours(subject))
    checkpoints.publish(programme)
    assert shown(auditor, programme) == [("roster", "")]
    assert not Read.objects.exists()


def test_a_search_narrows_by_kind_subject_scenario_and_time(programme, subject, auditor, person):
    """Every filter leaves what fits, and all of them together what fits them all."""
    first, second = urn(), urn()
    other = people.urn(person("ben", Role.TRAINEE), programme)
    appended(programme, consent(subject), consent(other))
    middle = timezone.now()
    appended(programme, submission(subject, first, "calm-talk"), release(subject, other, first))
    appended(programme, submission(other, second, "calm-walk"))
    both = [("submission", "calm-talk"), ("submission", "calm-walk")]
    assert shown(auditor, programme, kind="submission") == both
    assert shown(auditor, programme, scenario=" Calm-", kind=Kind.SUBMISSION) == both
    assert shown(auditor, programme, scenario="calm-w") == both[1:]
    assert shown(auditor, programme, subject=other) == [("consent", ""), both[1]]
    assert len(shown(auditor, programme, since=middle)) == 3
    assert shown(auditor, programme, until=middle, subject=subject) == [("consent", "")]
    with pytest.raises(InvalidError):
        audit.search(auditor, programme, kind="gossip")


def test_a_row_names_the_people(programme, subject, auditor, person):
    """Bodies see who the record is about and who acted."""
    lead = people.urn(person("lea", Role.LEAD), programme)
    first = urn()
    appended(programme, submission(subject, first), consent(subject, first))
    appended(programme, release(subject, lead, first))
    row = audit.search(auditor, programme).rows[0]
    assert (row.subject_name, row.actor_name, row.acting_as) == ("Ana", "Lea", "lead")


def test_a_page_holds_fifty_and_takes_as_many_queries_as_a_page_of_one(programme, subject, auditor):
    """The number of queries does not grow; a page too far is the last one."""
    appended(programme, consent(subject))
    with CaptureQueriesContext(
        connection,
    ) as few:
        audit.search(auditor, programme)
    appended(programme, *(hours(subject) for _ in range(104)))
    with CaptureQueriesContext(connection) as many:
        first = audit.search(auditor, programme)
    assert len(few) == len(many) <= 12
    last = audit.search(auditor, programme, page=99)
    assert (len(first.rows), first.pages, first.total) == (50, 3, 105)
    assert (last.number, [row.index for row in last.rows]) == (3, [4, 3, 2, 1, 0])


def test_an_opened_record_proves_itself(programme, subject, auditor):
    """Salt, canonical bytes and proof lead to the checkpoint that the key signed."""
    first = urn()
    appended(programme, *(hours(subject) for _ in range(300)))
    appended(programme, submission(subject, first), consent(subject, first))
    made = checkpoints.publish(programme)
    opened = audit.open_record(auditor, programme, first)
    assert opened.envelope.id == first
    assert opened.envelope.body["mode"] == "written"
    salt = decode_base64url(opened.salt)
    entry = record_entry(commit(salt, opened.canonical.encode()))
    checkpoint = verify_proof(opened.proof.encode(), entry, [made.vkey])
    assert (checkpoint.size, opened.index, opened.note) == (made.size, 300, "")


def test_a_record_above_the_checkpoint_says_so(programme, subject, auditor):
    """Without a checkpoint over it there is no proof yet, and a sentence instead."""
    first = urn()
    checkpoints.publish(programme)
    appended(programme, submission(subject, first), consent(subject, first))
    opened = audit.open_record(auditor, programme, first)
    assert (opened.proof, opened.checkpoint) == ("", None)
    assert "not yet under a checkpoint" in opened.note


def test_what_is_withheld_cannot_be_opened(programme, subject, auditor):
    """A withheld record says that it is; one that does not exist is not found."""
    first = urn()
    appended(programme, submission(subject, first))
    with pytest.raises(ForbiddenError, match="withheld"):
        audit.open_record(auditor, programme, first)
    with pytest.raises(NotFoundError):
        audit.open_record(auditor, programme, urn())
    assert not Read.objects.exists()


def test_only_an_auditor_audits(programme, subject, trainee, operator, person):
    """Neither trainee, lead nor operator reads through the auditor's door."""
    first = urn()
    appended(programme, submission(subject, first), consent(subject))
    for user in (trainee, operator, person("lea", Role.LEAD, Role.ASSESSOR)):
        for act in (
            lambda user=user: audit.search(user, programme),
            lambda user=user: audit.open_record(user, programme, first),
            lambda user=user: audit.write_pack(user, programme),
        ):
            with pytest.raises(ForbiddenError):
                act()


def test_every_record_shown_is_noted(programme, subject, auditor):
    """A list, an opened record and a pack each leave a row for each record they showed."""
    first = urn()
    appended(programme, submission(subject, first), consent(subject, first), hours(subject))
    checkpoints.publish(programme)
    audit.search(auditor, programme)
    audit.open_record(auditor, programme, first)
    audit.write_pack(auditor, programme).close()
    hows = Read.objects.order_by("pk").values_list("how", "body__key", "user__username", "subject")
    row = ("example-board", "olga", subject)
    assert list(hows) == [(how, *row) for how in ("search", "search", "open", "pack", "pack")]
