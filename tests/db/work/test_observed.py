"""A performance watched in the room: its code, when and where, and what the record holds."""

import io
import json

import pytest
from django.contrib.auth.models import User

from peer_xblocks.core.errors import ForbiddenError, InvalidError
from peer_xblocks.core.record import ActorConsent
from peer_xblocks.records.api import mine
from peer_xblocks.records.models import Record
from peer_xblocks.work.api import drafts, observed, partners, recordings, submissions
from peer_xblocks.work.models import ObservedRecord, Submission
from tests import media
from tests.db.work import scene

PLACE = scene.place()
WATCHED = {"mode": "observed_live", "text": None, "actors": (scene.PARTNER,)}


def submit(ana: User, key: str = "key", **members: object):
    """Hand in what was watched."""
    what = scene.hand_in(**{**WATCHED, **members})
    return submissions.submit(ana, PLACE, what, key)


def test_a_performance_keeps_its_code_until_it_is_handed_in(ana: User, bea: User):
    """Five letters and numbers, the same at each look; each person, and each attempt, another."""
    first = observed.begin(ana, PLACE)
    assert len(first.code) == 5
    assert observed.begin(ana, PLACE) == first
    assert observed.get(bea, PLACE) is None
    codes = {first.code, observed.begin(bea, PLACE).code}
    observed.note(ana, PLACE, "Tuesday, ten")
    submit(ana)
    assert observed.get(ana, PLACE) is None
    codes.add(observed.begin(ana, PLACE).code)
    assert len(codes) == 3


@pytest.mark.parametrize("words", ["", "  \n ", "\0", "x" * 201])
def test_when_and_where_are_needed_and_short(ana: User, words: str):
    """Nothing, or more than two hundred characters, is refused; what was noted stays."""
    observed.note(ana, PLACE, "Tuesday, ten,\n room 4 ")
    with pytest.raises(InvalidError):
        observed.note(ana, PLACE, words)
    assert observed.get(ana, PLACE).note == "Tuesday, ten, room 4"


def test_only_trainees_have_performances(ann: User):
    """An assessor gets no code."""
    with pytest.raises(ForbiddenError):
        observed.begin(ann, PLACE)
    assert not ObservedRecord.objects.exists()


def test_the_record_says_observed_and_names_no_performance(ana: User):
    """Origin observed, no bytes, no media type, and no digest of what nobody holds."""
    code = observed.note(ana, PLACE, "Tuesday, ten").code
    made = submit(ana, consent_bodies=(scene.BOARD,), consent_statement="I agree.")
    record = next(one for one in mine.records(ana, scene.PROGRAMME) if one.kind == "submission")
    assert record.body["media"] == {
        "origin": "observed",
        "media_type": "",
        "bytes": 0,
        "milliseconds": None,
    }
    whole = json.loads(bytes(Record.objects.get(urn=record.id).canonical))
    assert set(whole["documents"]) == {"scenario", "rubric", "critical_errors"}
    assert [one["code"] for one in record.body["actors"]] == ["P7"]
    row = Submission.objects.get()
    assert (row.text, row.media, row.performance_sha256) == (None, "", "")
    assert (row.observed_code, row.observed_note) == (code, "Tuesday, ten")
    assert made.media == ""


def test_without_time_and_place_nothing_is_handed_in(ana: User):
    """Those who watched could not tell it from others."""
    observed.begin(ana, PLACE)
    with pytest.raises(InvalidError) as refused:
        submit(ana)
    assert list(refused.value.problems) == ["note"]


def test_whoever_plays_agreed_to_being_watched(ana: User):
    """Nobody named, or who agreed to something else: refused; with their own word, taken."""
    observed.note(ana, PLACE, "Tuesday, ten")
    with pytest.raises(InvalidError) as refused:
        submit(ana, actors=())
    assert list(refused.value.problems) == ["partner"]
    drafts.save(ana, PLACE, 0, mode="observed_live")
    key = partners.make(ana, PLACE, scene.SCENARIO.digest)
    with pytest.raises(InvalidError):
        submit(ana)
    partners.consent(key, User(), "R.", agreed=True)
    submit(ana)
    body = mine.records(ana, scene.PROGRAMME)[0].body
    assert [ActorConsent.model_validate(one).code for one in body["actors"]] == ["R."]


def test_no_recording_comes_with_it(ana: User):
    """Nothing is recorded where people agreed to being watched."""

    observed.note(ana, PLACE, "Tuesday, ten")
    held = recordings.receive(ana, PLACE, "a.wav", io.BytesIO(media.made("wav", 1)), "audio/wav")
    with pytest.raises(InvalidError) as refused:
        submit(ana, recording_id=held.id)
    assert list(refused.value.problems) == ["recording"]


def test_a_performance_in_writing_forgets_the_plan(ana: User):
    """Time and place of a performance that did not happen go into nothing."""
    observed.note(ana, PLACE, "Tuesday, ten")
    submissions.submit(ana, PLACE, scene.hand_in(), "key")
    row = Submission.objects.get()
    assert (row.observed_code, row.observed_note) == ("", "")
    assert not ObservedRecord.objects.exists()
