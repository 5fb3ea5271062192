"""Real recordings, made on the spot: a tone, and a picture that changes, in every form that is
taken.

`webm` and `webm-video` are as browsers record them: without a length, without an index. `mp4-parts`
is as Safari does: in fragments.
"""

import functools
import io
import math
from fractions import Fraction

import av

RATE = 48_000
SIZE = (160, 120)
PICTURES = 10
"""Pictures a second."""

# form: (container, options, audio codec, video codec or none)
FORMS: dict[str, tuple[str, dict[str, str], str, str]] = {
    "webm": ("webm", {"live": "1"}, "libopus", ""),
    "webm-video": ("webm", {"live": "1"}, "libopus", "libvpx"),
    "mp4": ("mp4", {}, "aac", ""),
    "mp4-video": ("mp4", {}, "aac", "mpeg4"),
    "mp4-parts": ("mp4", {"movflags": "frag_keyframe+empty_moov"}, "aac", ""),
    "m4a": ("ipod", {}, "aac", ""),
    "mov": ("mov", {}, "pcm_s16le", "mpeg4"),
    "ogg": ("ogg", {}, "libopus", ""),
    "mp3": ("mp3", {"id3v2_version": "0"}, "libmp3lame", ""),
    "mp3-tag": ("mp3", {}, "libmp3lame", ""),
    "aac": ("adts", {}, "aac", ""),
    "wav": ("wav", {}, "pcm_s16le", ""),
    "flac": ("flac", {}, "flac", ""),
}


@functools.cache
def made(form: str, seconds: int = 2) -> bytes:
    """The bytes of a recording of this form and length."""
    container, options, sound, picture = FORMS[form]
    held = io.BytesIO()
    with av.open(held, "w", format=container, options=options) as target:
        audio = target.add_stream(sound, rate=RATE, layout="mono")
        video = target.add_stream(picture, rate=PICTURES) if picture else None
        if video is not None:
            video.width, video.height = SIZE
            video.pix_fmt, video.bit_rate = "yuv420p", 60_000
        for second in range(seconds):
            if video is not None:
                for number in range(PICTURES):
                    target.mux(video.encode(_picture(second * PICTURES + number)))
            for number in range(50):
                target.mux(audio.encode(_tone(second * 50 + number)))
        for stream in filter(None, (video, audio)):
            target.mux(stream.encode(None))
    return held.getvalue()


def length(data: bytes, form: str) -> int | None:
    """What the header says of the length, in milliseconds; None when it says nothing."""
    with av.open(io.BytesIO(data), format=form) as source:
        return source.duration // 1000 if source.duration else None


def _tone(number: int) -> av.AudioFrame:
    """A fiftieth of a second of a quiet tone."""
    count = RATE // 50
    waves = (int(3000 * math.sin((number * count + n) / 20)) for n in range(count))
    frame = av.AudioFrame("s16", "mono", count)
    frame.planes[0].update(b"".join(one.to_bytes(2, "little", signed=True) for one in waves))
    frame.sample_rate, frame.pts, frame.time_base = RATE, number * count, Fraction(1, RATE)
    return frame


def _picture(number: int) -> av.VideoFrame:
    """A gray picture, lighter with each one."""
    frame = av.VideoFrame(*SIZE, "yuv420p")
    for place, plane in enumerate(frame.planes):
        shade = 128 if place else 16 + number * 4 % 220
        plane.update(bytes([shade]) * plane.buffer_size)
    frame.pts, frame.time_base = number, Fraction(1, PICTURES)
    return frame
