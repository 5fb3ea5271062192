"""Handing in: once, whole or not at all, and with the record as the last step."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from django.db import connection

from peer_xblocks.core.errors import (
    ConflictError,
    Error,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleError,
)
from peer_xblocks.core.record import ActorConsent
from peer_xblocks.records.api import documents, grants, people
from peer_xblocks.records.models import Record
from peer_xblocks.work.api import drafts, for_assessment, recordings, submissions
from peer_xblocks.work.models import Submission
from peer_xblocks.work.signals import submission_made
from peer_xblocks.work.values import Status
from tests.db.work.scene import BOARD, PROGRAMME, RUBRIC, hand_in, person, place, submitted
from tests.db.work.test_recordings import WAV

CONSENT = {"consent_bodies": (BOARD,), "consent_statement": "The board may see this."}


def records():
    """The records of the log, as plain data."""
    rows = Record.objects.order_by("index").values_list("canonical", flat=True)
    return [json.loads(bytes(row)) for row in rows]


def test_a_submission_is_recorded_with_its_editions(ana):
    """The record names the activity, the editions and the performance by digest."""
    info = submitted(ana, answers={"noticed": "A pause."})
    (record,) = records()
    assert (record["kind"], record["id"]) == ("submission", info.record_id)
    assert record["subject"] == record["actor"] == people.urn(ana, PROGRAMME)
    assert record["acting_as"] == "trainee"
    words = hand_in().text.encode()
    assert record["documents"]["performance"] == sha256(words).hexdigest()
    assert record["documents"]["rubric"] == RUBRIC.digest
    assert "reflection" not in record["documents"]
    body = record["body"]
    assert (body["attempt"], body["mode"], body["formative"]) == (1, "written", False)
    assert body["media"]["bytes"] == len(words)
    assert (info.status, info.attempt) == (Status.WAITING, 1)


def test_consent_is_a_record_of_its_own(ana):
    """Consent names the body, the sentence and the submission that it covers."""
    info = submitted(ana, **CONSENT)
    submission, consent = records()
    assert consent["about"] == [submission["id"]] == [info.record_id]
    assert consent["body"]["bodies"] == [{"body": BOARD, "until": None}]
    assert consent["body"]["statement"] == CONSENT["consent_statement"]


def test_words_are_deposited_with_consent_alone(ana):
    """Without consent nothing but the digest leaves the room; a reflection never does."""
    performance = sha256(hand_in().text.encode()).hexdigest()
    submitted(ana, "one", "k1", answers={"noticed": "A pause."})
    with pytest.raises(NotFoundError):
        documents.get(performance)
    submitted(ana, "two", "k2", answers={"noticed": "A pause."}, **CONSENT)
    assert documents.get(performance) == hand_in().text.encode()
    assert all("reflection" not in record["documents"] for record in records())


def test_a_recording_is_handed_in(ana):
    """A recording is named by digest, with its type and size."""
    draft = place()
    info = recordings.receive(ana, draft, "ana.wav", iter([WAV]), "audio/wav")
    drafts.save(ana, draft, 0, recording=info.id)
    actors = (
        ActorConsent(code="A7", consented_at="2026-11-22T10:00:00Z", card_edition=1, fidelity=True),
    )
    made = submitted(ana, text=None, recording_id=info.id, mode="with_partner", actors=actors)
    (record,) = records()
    assert record["documents"]["performance"] == info.sha256
    assert record["body"]["media"] == {
        "origin": "uploaded",
        "media_type": "audio/wav",
        "bytes": len(WAV),
        "milliseconds": 1000,
    }
    assert record["body"]["actors"][0]["code"] == "A7"
    assert made.recording == info
    assert for_assessment.performance(made.id).text is None


def test_the_same_key_is_the_same_submission(ana):
    """A double click makes one submission and one record."""
    assert submitted(ana, **CONSENT) == submitted(ana, **CONSENT)
    assert len(records()) == 2


def test_a_second_press_is_answered_though_the_draft_is_empty(ana):
    """What a page sends after the first press has nothing in it any more."""
    first = submitted(ana)
    assert submitted(ana, text="", mode="") == first
    assert len(records()) == 1


def test_a_key_that_says_nothing_makes_no_two_the_same(ana):
    """Without a key, or with one that no database keeps, nothing is taken for a second press."""
    for activity, key in (("one", ""), ("two", ""), ("three", "\ud800\x00")):
        submitted(ana, activity, key=key)
    assert len(records()) == 3


def test_a_key_is_good_for_one_activity(ana):
    """A key that made one submission makes none elsewhere."""
    submitted(ana, "one")
    with pytest.raises(ConflictError):
        submitted(ana, "two")
    assert len(records()) == 1


def test_two_people_may_use_the_same_key(ana, bea):
    """A key belongs to one trainee."""
    assert submitted(ana).id != submitted(bea).id


def test_the_next_attempt_waits_for_the_result(ana):
    """A second attempt is open once the first is released, and counts on."""
    first = submitted(ana, key="k1")
    for status in (Status.WAITING, Status.BEING_RATED, Status.RATED):
        for_assessment.set_status(first.id, status)
        with pytest.raises(ConflictError):
            submitted(ana, key="k2")
    for_assessment.set_status(first.id, Status.RELEASED)
    assert submitted(ana, key="k2").attempt == 2
    assert [one.attempt for one in submissions.mine(ana, PROGRAMME)] == [2, 1]


def test_the_draft_begins_anew_and_a_late_save_is_kept(ana):
    """After handing in the draft is empty; a save from another device is kept, not lost."""
    drafts.save(ana, place(), 0, text="Hi")
    submitted(ana)
    draft = drafts.get(ana, place())
    assert (draft.text, draft.started_at) == ("", None)
    with pytest.raises(StaleError):
        drafts.save(ana, place(), 1, text="Hi, and one more thing")
    assert drafts.kept(ana, place())[0].text == "Hi, and one more thing"


@pytest.mark.parametrize(
    ("members", "at"),
    [
        ({"text": None}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 60_001}, "text"),
        ({"mode": "dance"}, "mode"),
        ({"recording_id": uuid.uuid4()}, "recording"),
        ({"consent_bodies": ("nobody",), "consent_statement": "Yes."}, "consent_bodies"),
        ({"consent_bodies": (BOARD, BOARD), "consent_statement": "Yes."}, "consent_bodies"),
        ({"consent_bodies": (BOARD,)}, "consent_statement"),
        ({"rubric_sha256": "0" * 64}, ""),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_handed_in(ana, members, at):
    """Each part that needs another look is named; neither row nor record is made."""
    with pytest.raises(InvalidError) as refused:
        submitted(ana, **members)
    assert set(refused.value.problems) == {at}
    assert not Submission.objects.exists()
    assert records() == []


def test_a_recording_of_another_person_or_activity_is_refused(ana, bea):
    """Only one's own recording of this activity can be handed in."""
    theirs = recordings.receive(bea, place(), "b.wav", iter([WAV]), "audio/wav")
    elsewhere = recordings.receive(ana, place("two"), "a.wav", iter([WAV]), "audio/wav")
    for info in (theirs, elsewhere):
        with pytest.raises(InvalidError) as refused:
            submitted(ana, text=None, recording_id=info.id)
        assert set(refused.value.problems) == {"recording"}


def test_all_or_nothing(ana):
    """When whoever listens fails, there is no submission and no record; the draft stays."""
    drafts.save(ana, place(), 0, text="Hi")

    def fail(**_):
        raise RuntimeError("no seats")

    submission_made.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="no seats"):
            submitted(ana)
    finally:
        submission_made.disconnect(fail)
    assert records() == []
    assert not Submission.objects.exists()
    assert drafts.get(ana, place()).text == "Hi"


def test_another_persons_submission_is_not_found(ana, bea, ann, olga):
    """Another's submission, a random id and no id at all give the same answer."""
    info = submitted(ana)
    answers = set()
    for user in (bea, ann, olga, person("nobody")):
        for wanted in (info.id, uuid.uuid4(), "nothing"):
            with pytest.raises(NotFoundError) as refused:
                submissions.get(user, wanted)
            answers.add((str(refused.value), tuple(refused.value.facts)))
        assert submissions.mine(user, PROGRAMME) == ()
    assert len(answers) == 1
    assert submissions.get(ana, info.id) == submissions.get(ana, str(info.id)) == info


def test_only_trainees_hand_in(ana, ann, olga):
    """Who is no trainee now hands in nothing: no role, another role, or a role that was revoked."""
    operator = person("operator")
    operator.is_superuser = True
    operator.save()
    (grant,) = [g for g in grants.of_programme(operator, PROGRAMME) if g.user_id == ana.pk]
    grants.revoke(operator, grant.id)
    for user in (ana, ann, olga, person("nobody"), operator):
        with pytest.raises(ForbiddenError):
            submitted(user)
    assert records() == []


@pytest.mark.django_db(transaction=True)
def test_handing_in_several_times_at_once_makes_one(ana):
    """Several presses at the same instant, with one key or several, make one submission."""

    def press(number):
        try:
            return submitted(ana, key=f"key {number % 2}").id
        except Error as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(press, range(8)))
    assert outcomes - {ConflictError} == {uuid.UUID(Submission.objects.get().uuid)}
    assert len(records()) == 1
