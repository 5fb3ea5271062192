"""Captions and transcripts: added by the owner before handing in, and then left as they are."""

import pytest

from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.work.api import captions, for_assessment, recordings
from peer_xblocks.work.models import CaptionsRecord
from tests import media
from tests.db.work.scene import place, submitted

VTT = "WEBVTT\n\n00:00.200 --> 00:01.000 align:end\n<v Me>Hello.\n"
KEPT = "WEBVTT\n\n00:00:00.200 --> 00:00:01.000\nMe: Hello.\n"


@pytest.fixture
def recording(ana):
    """A recording of Ana's, two seconds long."""
    return recordings.receive(ana, place(), "talk.ogg", iter([media.made("ogg")]), "audio/ogg")


def test_captions_are_kept_as_times_and_words(ana, recording):
    """And replace what was there."""
    assert captions.get(ana, recording.id) is None
    captions.put(ana, recording.id, "Me: Hello.", "en")
    kept = captions.put(ana, recording.id, VTT, "es")
    assert kept == captions.get(ana, recording.id)
    assert (kept.form, kept.language, kept.text) == ("captions", "es", KEPT)
    assert CaptionsRecord.objects.count() == 1


def test_a_transcript_is_kept_as_it_was_written(ana, recording):
    """Anything that does not begin as WebVTT."""
    kept = captions.put(ana, recording.id, "Me: Hello.\r\nDana: <b>Hi</b>\x00.\n", "en")
    assert (kept.form, kept.text) == ("transcript", "Me: Hello.\nDana: <b>Hi</b>.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "first"),
        (" \n", "first"),
        ("x" * 200_001, "longer than"),
        ("WEBVTT\n\nHello", "Line 3"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHello", "Line 3"),
        ("WEBVTT\n", "Nothing is said"),
        ("WEBVTTs\n\n00:01.000 --> 00:02.000\nHello", "begins with the word WEBVTT"),
        ("WEBVTT\n\n00:02.500 --> 00:03.000\nHello", "after the recording ends"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(ana, recording, text, words):
    """With the line, where there is one; what was there before stays."""
    kept = captions.put(ana, recording.id, VTT, "en")
    with pytest.raises(InvalidError) as refused:
        captions.put(ana, recording.id, text, "en")
    assert words in refused.value.problems["captions"]
    assert captions.get(ana, recording.id) == kept


def test_they_are_handed_in_and_stay(ana, recording):
    """Assessors get them; after handing in nobody changes them."""
    kept = captions.put(ana, recording.id, VTT, "en")
    made = submitted(ana, text=None, recording_id=recording.id, mode="with_partner")
    assert for_assessment.captions(made.id) == kept
    with pytest.raises(ConflictError):
        captions.put(ana, recording.id, "Me: Something better.", "en")
    with pytest.raises(ConflictError):
        captions.remove(ana, recording.id)
    assert captions.get(ana, recording.id) == kept


def test_they_can_be_taken_off(ana, recording):
    """And they go with the recording."""
    captions.put(ana, recording.id, VTT, "en")
    captions.remove(ana, recording.id)
    captions.remove(ana, recording.id)
    assert captions.get(ana, recording.id) is None
    captions.put(ana, recording.id, VTT, "en")
    recordings.remove(ana, recording.id)
    assert not CaptionsRecord.objects.exists()


def test_another_persons_recording_is_not_found(bea, ann, recording):
    """Whoever asks for words of another's recording gets the same answer as for none."""
    for user in (bea, ann):
        for act in (captions.get, captions.remove, lambda *one: captions.put(*one, VTT, "en")):
            with pytest.raises(NotFoundError):
                act(user, recording.id)


def test_a_written_performance_has_none(ana):
    """There is nothing to hear."""
    assert for_assessment.captions(submitted(ana).id) is None
