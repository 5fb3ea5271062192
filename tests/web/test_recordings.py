"""Recordings, streamed in ranges to those who may see them."""

import io
import sys
import uuid
import wave
from itertools import product
from typing import Any

import pytest
import world as worlds
from django.urls import reverse
from world import World

from peer_xblocks.assessment.api import ratings, resolutions
from peer_xblocks.work.api import captions, recordings, submissions
from tests import media


def sound() -> io.BytesIO:
    """A second of silence."""
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"\x00\x01" * 8000)
    held.seek(0)
    return held


WHOLE = sound().getvalue()


@pytest.fixture
def held(world: World) -> Any:
    """A seat on a performance that is a recording, held by an assessor."""
    world.hand_in(file=("talk.wav", sound(), "audio/wav"))
    return world.seat("ivo")


def ask(client: Any, seat: Any, **headers: str) -> Any:
    """The recording of a seat, or a part of it."""
    return client.get(reverse("peer_xblocks:recording-seat", args=[seat.id]), headers=headers)


def test_the_whole_recording(held: Any, browse: Any) -> None:
    """Without a range the whole is streamed, private to one person and never run."""
    answer = ask(browse("ivo"), held)
    assert b"".join(answer.streaming_content) == WHOLE
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-3", slice(0, 4), "bytes 0-3"),
        ("bytes=100-", slice(100, None), f"bytes 100-{len(WHOLE) - 1}"),
        ("bytes=-10", slice(-10, None), f"bytes {len(WHOLE) - 10}-{len(WHOLE) - 1}"),
        ("bytes=10-99999999", slice(10, None), f"bytes 10-{len(WHOLE) - 1}"),
    ],
)
def test_a_range(asked: str, part: slice, said: str, held: Any, browse: Any) -> None:
    """A player gets the part that it asks for."""
    answer = ask(browse("ivo"), held, Range=asked)
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == WHOLE[part]
    assert answer["Content-Range"] == f"{said}/{len(WHOLE)}"


def test_a_range_beyond_the_end(held: Any, browse: Any) -> None:
    """Beyond the end there is nothing to send."""
    answer = ask(browse("ivo"), held, Range="bytes=99999999-")
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(WHOLE)}"


@pytest.mark.parametrize("asked", ["bytes=a-b", "lines=1-2", "bytes=-", "bytes=0-1,4-5"])
def test_a_range_that_means_nothing(asked: str, held: Any, browse: Any) -> None:
    """What is no single range gets the whole."""
    answer = ask(browse("ivo"), held, Range=asked)
    assert answer.status_code == 200
    answer.close()


def test_a_range_of_another_recording(held: Any, browse: Any) -> None:
    """A range made for other bytes gets the whole."""
    answer = ask(browse("ivo"), held, Range="bytes=0-3", **{"If-Range": '"other"'})
    assert answer.status_code == 200
    answer.close()


def test_the_owner_hears_it_and_the_desk_plays_it(held: Any, world: World, browse: Any) -> None:
    """The desk has a player; the owner has an address of their own."""
    page = browse("ivo").get(reverse("peer_xblocks:desk", args=[held.id])).content.decode()
    assert "<audio controls" in page
    listed = (
        browse("ada").get(reverse("peer_xblocks:v1:submissions"), {"programme": "pss-2026"}).json()
    )
    own = reverse("peer_xblocks:recording", args=[listed[0]["recording"]["id"]])
    answer = browse("ada").get(own)
    assert answer.status_code == 200
    answer.close()


def test_a_lead_hears_it_once_both_ratings_are_in(world: World, browse: Any) -> None:
    """The lead's page plays the recording of the case."""
    submission = world.rated(file=("talk.wav", sound(), "audio/wav"))
    address = reverse("peer_xblocks:recording-case", args=[submission.id])
    answer = browse("lena").get(address)
    assert answer.status_code == 200
    answer.close()


VTT = "WEBVTT\n\n00:00.100 --> 00:01.000\n<v Me>Is this <i>seat</i> free?\n"
TRACK = "WEBVTT\n\n00:00:00.100 --> 00:00:01.000\nMe: Is this seat free?\n"
AS_RECORDED = media.made("webm", 3)


def test_what_is_played_has_a_length_and_what_arrived_is_kept(world: World, browse: Any) -> None:
    """A browser's WebM has no length; what players get has one, and the owner gets both."""
    handed_in = world.hand_in(file=("talk.webm", io.BytesIO(AS_RECORDED), "audio/webm"))
    assert handed_in.recording is not None
    assert media.length(AS_RECORDED, "matroska") is None
    seat = world.seat("ivo")
    played = whole(ask(browse("ivo"), seat))
    assert 2900 < (media.length(played, "matroska") or 0) < 3100
    own = reverse("peer_xblocks:recording", args=[handed_in.recording.id])
    assert whole(browse("ada").get(own)) == played
    arrived = browse("ada").get(f"{own}file")
    assert arrived["Content-Disposition"] == 'attachment; filename="talk.webm"'
    assert arrived["ETag"] == f'"{handed_in.recording.sha256}"'
    assert whole(arrived) == AS_RECORDED


def test_a_range_of_what_is_played(world: World, browse: Any) -> None:
    """Ranges and tags are those of the file that is sent, not of the evidence."""
    world.hand_in(file=("talk.webm", io.BytesIO(AS_RECORDED), "audio/webm"))
    seat = world.seat("ivo")
    first = ask(browse("ivo"), seat)
    played, etag = whole(first), first["ETag"]
    part = ask(browse("ivo"), seat, Range="bytes=-100", **{"If-Range": etag})
    assert part["Content-Range"] == f"bytes {len(played) - 100}-{len(played) - 1}/{len(played)}"
    assert whole(part) == played[-100:]
    assert part["Cache-Control"] == "private, no-store"


def test_without_the_library_what_arrived_is_played(
    world: World, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site without PyAV takes recordings by their first bytes, and plays them as they came."""
    monkeypatch.setitem(sys.modules, "av", None)
    handed_in = world.hand_in(file=("talk.webm", io.BytesIO(AS_RECORDED), "audio/webm"))
    assert handed_in.recording is not None
    assert handed_in.recording.milliseconds is None
    assert whole(ask(browse("ivo"), world.seat("ivo"))) == AS_RECORDED


def test_nobody_else_gets_a_recording(held: Any, world: World, browse: Any) -> None:
    """What is another's, and what is not there, are answered alike, for each kind of address."""
    (handed_in,) = submissions.mine(world.ada, "pss-2026")
    assert handed_in.recording is not None
    own, there, seat = handed_in.recording.id, handed_in.id, held.id
    for names, key, others in (
        (("recording", "recording-file", "captions"), own, ("ben", "ivo", "lena", "otto")),
        (("recording-seat", "captions-seat"), seat, ("ada", "ben", "mia", "lena", "otto")),
    ):
        for name, other in product(names, others):
            answer = browse(other).get(reverse(f"peer_xblocks:{name}", args=[key]))
            none = browse(other).get(reverse(f"peer_xblocks:{name}", args=[uuid.uuid4()]))
            assert (answer.status_code, answer.content) == (404, none.content), (name, other)
    for name, other in product(("recording-case", "captions-case"), ("ada", "ivo", "otto", "lena")):
        answer = browse(other).get(reverse(f"peer_xblocks:{name}", args=[there]))
        assert answer.status_code in (403, 404, 409), (name, other)


def captioned(world: World, text: str) -> Any:
    """A performance that is a recording with words to it, and a seat on it."""
    play = world.place()
    recording = recordings.receive(world.ada, play, "talk.wav", sound(), "audio/wav")
    captions.put(world.ada, recording.id, text, "es")
    world.hand_in(recording=recording.id)
    return recording, world.seat("ivo")


def test_captions_go_with_the_player(world: World, browse: Any) -> None:
    """As a track for the player, in plain words, and to read beside it."""
    recording, seat = captioned(world, VTT)
    address = reverse("peer_xblocks:captions-seat", args=[seat.id])
    page = browse("ivo").get(reverse("peer_xblocks:desk", args=[seat.id])).content.decode()
    assert f'<track kind="captions" src="{address}" srclang="es"' in page
    assert "Me: Is this seat free?" in page
    own = reverse("peer_xblocks:captions", args=[recording.id])
    for answer in (browse("ivo").get(address), browse("ada").get(own)):
        assert answer.content.decode() == TRACK
        assert answer["Content-Type"] == "text/vtt; charset=utf-8"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_transcript_stands_beside_the_player(world: World, browse: Any) -> None:
    """Its words are words: no tag in them is one. There is no track."""
    _recording, seat = captioned(world, "Me: Is this <script>seat</script> free?")
    page = browse("ivo").get(reverse("peer_xblocks:desk", args=[seat.id])).content.decode()
    assert "Me: Is this &lt;script&gt;seat&lt;/script&gt; free?" in page
    assert "<track" not in page
    address = reverse("peer_xblocks:captions-seat", args=[seat.id])
    assert browse("ivo").get(address).status_code == 404


def test_a_lead_reads_the_captions_too(world: World, browse: Any) -> None:
    """On the page of the case."""
    _recording, seat = captioned(world, VTT)
    ratings.submit(world.ivo, seat.id, worlds.rating_of(worlds.ticks()), str(uuid.uuid4()))
    world.rate("mia")
    (case,) = resolutions.waiting(world.lena, "pss-2026")
    page = browse("lena").get(reverse("peer_xblocks:case", args=[case.submission_id]))
    address = reverse("peer_xblocks:captions-case", args=[case.submission_id])
    assert address in page.content.decode()
    assert browse("lena").get(address).content.decode() == TRACK


def whole(answer: Any) -> bytes:
    """Everything that is streamed."""
    return b"".join(answer.streaming_content)
