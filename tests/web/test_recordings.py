"""Recordings, streamed in ranges to those who may see them."""

import io
import wave
from typing import Any

import pytest
from django.urls import reverse
from world import World


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
