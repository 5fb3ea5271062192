"""What a file is by its first bytes. A name and a declared type are only claims.

Taken: the audio and video that browsers record and play, and plain text in UTF-8. Everything else
is refused.
"""

import codecs
import re

HEAD_BYTES = 4096

_WEB_PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<iframe")
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # UTF-32-LE's, too
_AUDIO_BRANDS = (b"M4A ", b"M4B ", b"F4A ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_MAY_BE_EITHER = {"mp4": ("audio/mp4", "video/mp4"), "webm": ("audio/webm", "video/webm")}


def media_type_of(head: bytes, claimed: str) -> str | None:
    """The audio or video type of a file by its first bytes, None for anything else, first of all
    for a text in UTF-16: it may begin with the twelve set bits of a frame.

    MP4 and WebM hold sound, or sound and pictures, behind one beginning: there the claimed type
    decides which.
    """
    if head.startswith(_OTHER_MARKS):
        return None
    if head[4:8] == b"ftyp":
        return _of_mp4(head[8:12], claimed)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _either("webm", claimed) if b"webm" in head[:64] else None
    if head[:4] == b"OggS":
        return None if b"theora" in head[:512] else "audio/ogg"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"fLaC":
        return "audio/flac"
    return _of_frames(head)


def is_web_page(head: bytes) -> bool:
    """Whether a text begins like a page or a script, whatever its name says."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:16].lower()
    return start.startswith(_WEB_PAGES)


def is_other_text(head: bytes) -> bool:
    """Whether what is no UTF-8 seems to be a text all the same: one that begins with the mark of
    UTF-16 or UTF-32, or of one byte a letter, none of them a control character.
    """
    return head.startswith(_OTHER_MARKS) or _CONTROL.search(head.decode("latin-1")) is None


def _of_mp4(brand: bytes, claimed: str) -> str | None:
    if brand in _AUDIO_BRANDS:
        return "audio/mp4"
    if brand == b"qt  ":
        return "video/quicktime"
    if brand[:3] in (b"hei", b"hev", b"mif", b"avi"):  # pictures stand in the same container
        return None
    return _either("mp4", claimed)


def _either(family: str, claimed: str) -> str:
    audio, video = _MAY_BE_EITHER[family]
    return audio if claimed.startswith("audio/") else video


def _of_frames(head: bytes) -> str | None:
    """MP3 and AAC begin with a tag or with twelve set bits; the two layer bits tell them apart."""
    if head[:3] == b"ID3":
        return "audio/mpeg"
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    layer, bit_rate, sampling = head[1] & 0x06, head[2] >> 4, (head[2] >> 2) & 3
    is_frame = layer != 0 and bit_rate not in (0, 15) and sampling != 3
    return "audio/mpeg" if is_frame else None


class Utf8Check:
    """Says of a text that comes in pieces whether it is UTF-8, and plain: without control
    characters.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.is_utf8 = True
        self.is_plain = True

    def feed(self, chunk: bytes, final: bool = False) -> None:
        """Look at the next piece."""
        if not self.is_plain:
            return
        try:
            text = self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            self.is_utf8 = self.is_plain = False
            return
        self.is_plain = _CONTROL.search(text) is None
