"""What a browser sent to a handler: a form, a form with a file, or JSON of any shape. Nothing
here trusts it.
"""

import json
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError

LONGEST_TEXT = 60_000
LONGEST_SOURCE = 400_000
MOST_VALUES = 200

UNREADABLE = (
    *(ValueError, RecursionError, OSError),
    *(MultiPartParserError, SuspiciousOperation, BadRequest),
)
"""What reading a broken, oversized or interrupted request raises, ours and the frameworks' own."""


@dataclass(frozen=True)
class SentFile:
    """A file of a form, not read yet."""

    filename: str
    media_type: str
    file: BinaryIO


@dataclass(frozen=True)
class Sent:
    """The fields of one request: texts by name, in order, and files."""

    texts: dict[str, tuple[str, ...]]
    files: dict[str, SentFile]

    def text(self, name: str, default: str = "", longest: int = LONGEST_TEXT) -> str:
        """The first text under a name. Raises InvalidError when it is longer than any of ours may
        be.
        """
        found = self.as_sent(name, default)
        if len(found) > longest:
            raise InvalidError({name: _("This is too long. Please shorten it.")})
        return found

    def as_sent(self, name: str, default: str = "") -> str:
        """The first text under a name, however long: to be shown again beside what is wrong."""
        return (self.texts.get(name) or (default,))[0]

    def has(self, name: str) -> bool:
        """Whether anything was sent under a name."""
        return name in self.texts

    def all(self, name: str) -> tuple[str, ...]:
        """Every text under a name."""
        return self.texts.get(name, ())

    def number(self, name: str) -> int:
        """A whole number from 0 up; 0 for anything else."""
        found = self.text(name)
        return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else 0

    def starting(self, prefix: str) -> dict[str, str]:
        """The texts whose names start with a prefix, by the rest of the name."""
        return {
            name.removeprefix(prefix): self.text(name)
            for name in self.texts
            if name.startswith(prefix)
        }


def read(request: Any) -> Sent:
    """Read a request of a platform. Raises InvalidError when it is JSON that is no object, or no
    JSON.
    """
    try:
        if request.content_type == "application/json":
            return _from_json(request.body)
        return _from_form(request.POST)
    except UNREADABLE as error:
        sentence = _("This could not be read.")
        raise InvalidError({"": sentence}, sentence) from error


def _from_form(form: Any) -> Sent:
    texts: dict[str, tuple[str, ...]] = {}
    files: dict[str, SentFile] = {}
    for count, (name, value) in enumerate(form.items()):
        if count >= MOST_VALUES:
            raise InvalidError({"": _("That were too many fields at once.")})
        if isinstance(value, str):
            texts[name] = (*texts.get(name, ()), _plain(value))
        elif getattr(value, "filename", None):
            file = value.file
            media_type = getattr(file, "content_type", None) or getattr(value, "type", "") or ""
            files[name] = SentFile(value.filename, media_type, file)
    return Sent(texts, files)


def _from_json(body: bytes) -> Sent:
    found = json.loads(body)
    if not isinstance(found, dict) or len(found) > MOST_VALUES:
        raise InvalidError({"": _("This could not be read.")})
    return Sent({name: _texts(value) for name, value in found.items()}, {})


def _texts(value: Any) -> tuple[str, ...]:
    """Texts and whole numbers, alone or in a list; everything else counts as not sent."""
    values = value if isinstance(value, list) else [value]
    return tuple(_plain(one) for one in values[:MOST_VALUES] if isinstance(one, str | int))


def _plain(value: str | int) -> str:
    """A text that every database and every record can hold: no NUL, no half characters."""
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()
