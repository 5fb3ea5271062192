"""Openings say what the consents say, whatever happened in whatever order; the consents decide."""

import importlib
import random
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_xblocks.records.api import audit, erasure
from peer_xblocks.records.models import Consent, Log, Opening, Record, Trail
from peer_xblocks.records.visibility import with_consent
from tests.db.records.conftest import appended, consent, hours, release, submission

BODIES = ("example-board", "other-board")


def urn() -> str:
    """A fresh id."""
    return f"urn:uuid:{uuid.uuid4()}"


def said_open(body: str, record: Record) -> bool:
    """Whether a record is open, asked of the consents themselves, one record at a time."""
    words = Consent.objects.filter(subject=record.subject, body=body)
    latest = words.filter(root__in={"", record.root}).order_by("-index").first()
    if latest is None or latest.withdrawn:
        return False
    return latest.until is None or latest.until > timezone.now()


def assert_openings_are_what_was_said() -> None:
    """Every record of every programme is open to exactly those bodies that its subject named."""
    for log in Log.objects.all():
        for body in BODIES:
            found = with_consent(log, body, timezone.now()).exclude(subject="")
            told = {record.urn: record.consented for record in found}
            assert told == {record.urn: said_open(body, record) for record in found}


class Life:
    """Acts of some people, chosen at random."""

    def __init__(self, seed: int) -> None:
        """Begin with nobody having done anything."""
        self.random = random.Random(seed)
        self.subjects = [urn(), urn()]
        self.submissions: list[tuple[str, str]] = []

    def fact(self):
        """One more act: something handed in, something that follows, or a word on who may see."""
        subject = self.random.choice(self.subjects)
        own = [one for of, one in self.submissions if of == subject]
        act = self.random.choice(("submit", "submit", "hours", "release", "consent", "consent"))
        if act == "submit" or not own:
            self.submissions.append((subject, urn()))
            return submission(subject, self.submissions[-1][1])
        if act == "hours":
            return hours(subject)
        if act == "release":  # sometimes about somebody else's, which it does not follow then
            return release(subject, urn(), self.random.choice(self.submissions)[1])
        about = self.random.choice(([], [self.random.choice(own)], own))
        until = self.random.choice((None, None, timezone.now() - timedelta(hours=1)))
        withdrawn = self.random.random() < 0.4
        body = self.random.choice(BODIES)
        return consent(subject, *about, body=body, withdrawn=withdrawn, until=until)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_openings_are_what_the_consents_say(programme, operator, seed):
    """Submissions, words and what follows, in calls of one and of many; then some is erased."""
    life = Life(seed)
    for _ in range(8):
        appended(programme, *(life.fact() for _ in range(life.random.randint(1, 6))))
        assert_openings_are_what_was_said()
    kept = list(Record.objects.filter(kind="consent").values_list("urn", flat=True))
    for one in life.random.sample(kept, len(kept) // 2):
        erasure._queue(operator, programme, (one,), "Asked for.")
        erasure._erase_batch(programme)
        assert_openings_are_what_was_said()


def test_a_submission_under_a_consent_to_the_programme_is_open_at_once(programme, subject, auditor):
    """What is handed in later is open by the word given before, and closed by a later one."""
    first = urn()
    appended(programme, consent(subject))
    appended(programme, submission(subject, first))
    assert audit.open_record(auditor, programme, first).envelope.id == first
    appended(programme, consent(subject, withdrawn=True))
    assert audit.search(auditor, programme).total == 0
    appended(programme, submission(subject, urn()))
    assert audit.search(auditor, programme).total == 0


def test_what_was_recorded_before_is_opened_by_the_migration(programme):
    """A log from before openings were noted comes out as if they always had been."""
    life = Life(99)
    appended(programme, *(life.fact() for _ in range(60)))
    before = set(Opening.objects.values_list("trail__subject", "trail__root", "body", "until"))
    assert before
    Opening.objects.all().delete()
    Record.objects.update(trail=None)
    Trail.objects.all().delete()
    migration = importlib.import_module("peer_xblocks.records.migrations.0002_note_openings")
    migration.note(apps, None)
    after = set(Opening.objects.values_list("trail__subject", "trail__root", "body", "until"))
    assert after == before
    assert not Record.objects.filter(trail=None).exclude(subject="").exists()
    assert_openings_are_what_was_said()


def test_a_search_asks_no_more_for_many_people(programme, auditor):
    """As many queries for two hundred people as for two."""
    counts = []
    for number in (2, 200):
        for subject in (urn() for _ in range(number)):
            first = urn()
            appended(programme, submission(subject, first), consent(subject, first))
        with CaptureQueriesContext(connection) as queries:
            audit.search(auditor, programme)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
