"""Captions: when something is said in a recording, in plain text.

`load` reads WebVTT of others and keeps times and words alone; `write` makes the WebVTT that players
get, so that nothing of a file that somebody sent is ever passed on as it was.
"""

import html
import re
import unicodedata

from pydantic import Field

from peer_xblocks.core.errors import Error
from peer_xblocks.core.sentences import gettext_noop
from peer_xblocks.core.value import Value

MOST_CUES = 5_000
LONGEST_CUE = 1_000

_TIME = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_NO_WORDS = ("Cc", "Cs", "Cn", "Zl", "Zp")  # controls, half characters, breaks of lines
_NO_CUE = ("NOTE", "STYLE", "REGION")


class Cue(Value):
    """What is said from one moment to another, in milliseconds."""

    start_ms: int = Field(ge=0)
    end_ms: int = Field(gt=0)
    text: str


class CaptionsError(Error):
    """A file is no WebVTT that we can take. `why` is a code, `line` counts from 1.

    The codes: `header` (it does not begin as WebVTT does), `times` (a line of times cannot be
    read), `order` (it ends before it begins, or begins before the one above), `long` (too many
    cues, or too many words in one), `empty` (nothing is said in it).
    """

    code = "captions"
    sentence = gettext_noop("These captions cannot be read.")


def load(text: str) -> tuple[Cue, ...]:
    """The cues of a WebVTT file. Raises CaptionsError."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise CaptionsError(why="header", line=1)
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        cue = _cue(number, block)
        if cue is None:
            continue
        if cue.end_ms <= cue.start_ms or (cues and cue.start_ms < cues[-1].start_ms):
            raise CaptionsError(why="order", line=number)
        if len(cue.text) > LONGEST_CUE or len(cues) == MOST_CUES:
            raise CaptionsError(why="long", line=number)
        if cue.text:
            cues.append(cue)
    if not cues:
        raise CaptionsError(why="empty", line=1)
    return tuple(cues)


def write(cues: tuple[Cue, ...]) -> str:
    """Cues as WebVTT. `load` reads the same cues from it."""
    blocks = ["WEBVTT"]
    for cue in cues:
        words = html.escape(cue.text, quote=False)
        blocks.append(f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{words}")
    return "\n\n".join(blocks) + "\n"


def is_webvtt(text: str) -> bool:
    """Whether somebody meant a text to be WebVTT."""
    return text.removeprefix("\ufeff").lstrip().startswith("WEBVTT")


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """The parts between empty lines, below the header, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    is_open = True  # what stands directly below the header belongs to it
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            is_open = False
        elif is_open and blocks:
            blocks[-1][1].append(line)
        elif not is_open:
            blocks.append((number, [line]))
            is_open = True
    return blocks


def _cue(number: int, block: list[str]) -> Cue | None:
    """The cue of a block, None for a block that is none."""
    if block[0].split(maxsplit=1)[0] in _NO_CUE:
        return None
    at = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
    match = _TIMES.fullmatch(block[at].strip()) if at is not None else None
    if at is None or match is None:
        raise CaptionsError(why="times", line=number + (at or 0))
    times = match.groups()
    said = (_plain(line) for line in block[at + 1 :])
    text = "\n".join(line for line in said if line)
    return Cue(
        start_ms=_milliseconds(times[:4]), end_ms=max(_milliseconds(times[4:]), 1), text=text
    )


def _plain(line: str) -> str:
    """The words of a line: who speaks stands before them, and every other tag goes."""
    words = html.unescape(_TAG.sub("", _VOICE.sub(r"\1: ", line)))
    kept = "".join(c for c in words if unicodedata.category(c) not in _NO_WORDS)
    return kept.replace("-->", "→").strip()


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
