"""Run as a process of its own: says what a recording holds, and writes it anew so that a player can
seek in it.

    python remux.py MEDIA_TYPE IN OUT

Prints one line of JSON and always exits with 0, unless the recording broke it: libav reads bytes
that strangers made, so whatever happens to it happens here and not in a web worker. Imports nothing
of ours.
"""

import contextlib
import json
import resource
import struct
import sys
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

MEMORY_BYTES = 2 * 1024**3
WRITTEN_BYTES = 4 * 1024**3
CPU_SECONDS = 240

# The reader is chosen by us: left to choose, libav also reads playlists that name other files.
READERS = {
    "webm": "matroska",
    "mp4": "mov",
    "quicktime": "mov",
    "ogg": "ogg",
    "wav": "wav",
    "flac": "flac",
    "mpeg": "mp3",
    "aac": "aac",
}
WRITERS: dict[str, tuple[str, dict[str, str]]] = {
    "webm": ("webm", {"cues_to_front": "1"}),
    "mp4": ("mp4", {"movflags": "faststart"}),
}


def main(media_type: str, taken: str, made: str) -> dict[str, Any]:
    """What there is to say about a recording: `readable`, `milliseconds`, `has_video`, `playable`
    (whether OUT was written).
    """
    import av  # noqa: PLC0415 (limits are set first)

    family = media_type.partition("/")[2]
    try:
        found = _measured(av, family, taken)
    except (av.FFmpegError, ValueError):
        return {"readable": False}
    if found["readable"] and _wants_another(family, taken):
        with contextlib.suppress(av.FFmpegError, ValueError):
            _write_anew(av, family, taken, made)
            found["playable"] = True
    return found


def _measured(av: Any, family: str, taken: str) -> dict[str, Any]:
    """Go through all packets: what a header says of the length is often missing or wrong."""
    begin: list[Fraction] = []
    end: list[Fraction] = []
    with av.open(taken, format=READERS[family]) as source:
        streams = _streams(source)
        with contextlib.suppress(av.FFmpegError):  # a recording that was cut off is one
            for packet in source.demux(streams):
                at = packet.pts if packet.pts is not None else packet.dts
                if at is not None and packet.time_base is not None:
                    begin.append(at * packet.time_base)
                    end.append((at + (packet.duration or 0)) * packet.time_base)
        has_video = any(stream.type == "video" for stream in streams)
    seconds = max(end) - max(min(begin), Fraction(0)) if end else 0
    return {
        "readable": bool(end),
        "milliseconds": int(seconds * 1000),
        "has_video": has_video,
        "playable": False,
    }


def _streams(source: Any) -> list[Any]:
    """Sound and pictures, without the cover that some music files carry."""
    cover = 0x0400  # AV_DISPOSITION_ATTACHED_PIC
    return [
        stream
        for stream in source.streams
        if stream.type in ("audio", "video") and not int(stream.disposition) & cover
    ]


def _wants_another(family: str, taken: str) -> bool:
    """Whether players seek badly in it: WebM from a browser has neither length nor index, and MP4
    from one comes in fragments.
    """
    if family == "webm":
        return True
    with Path(taken).open("rb") as file:
        return family == "mp4" and b"moof" in _boxes(file)


def _boxes(file: IO[bytes]) -> set[bytes]:
    """The names of the outermost boxes of an MP4 file."""
    names: set[bytes] = set()
    while len(head := file.read(8)) == 8:
        size, name = struct.unpack(">I4s", head)
        names.add(name)
        if size == 1:
            size = int.from_bytes(file.read(8), "big") - 8
        if size < 8:
            break
        file.seek(size - 8, 1)
    return names


def _write_anew(av: Any, family: str, taken: str, made: str) -> None:
    """Copy every packet into a new file with length and index. Nothing is encoded again."""
    form, options = WRITERS[family]
    with av.open(taken, format=READERS[family]) as source:
        streams = _streams(source)
        with av.open(made, "w", format=form, options=options) as target:
            into = {one.index: target.add_stream_from_template(one) for one in streams}
            with contextlib.suppress(av.EOFError, av.InvalidDataError):
                for packet in source.demux(streams):
                    if packet.dts is not None:
                        packet.stream = into[packet.stream.index]
                        target.mux(packet)


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # the site's own limit is lower
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_FSIZE, WRITTEN_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    print(json.dumps(main(*sys.argv[1:])))
