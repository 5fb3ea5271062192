"""What every value of ours is made of: the frozen base, and the few kinds of text that have a form.

A value is made once, by `authoring` from what people wrote or by an `api` package from rows, and
never changes.
"""

import hashlib
import json
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

SLUG = r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=64)]
"""An id that people write and that never changes: 1 to 64 of a-z, 0-9 and inner hyphens."""

CompetencyId = Annotated[str, StringConstraints(pattern=r"^[IVX]{1,4}\.[0-9]{1,2}$")]
"""Category numeral, dot, number of the item: `IX.2`."""

ErrorCode = Annotated[str, StringConstraints(pattern=r"^CE-[0-9]{1,2}$")]
"""Code of a critical error: `CE-3`."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 as 64 lower-case hexadecimal digits."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
"""A phrase or a sentence, never empty."""


def _trimmed(text: str) -> str:
    return text.strip("\n").rstrip()


Prose = Annotated[str, AfterValidator(_trimmed), Field(min_length=1, max_length=60_000)]
"""One or more paragraphs, in Markdown where the field says so.

Written as an element of its own in OLX.
"""

OptionalProse = Annotated[str, AfterValidator(_trimmed), Field(max_length=60_000)]
"""Like `Prose`, but may be empty."""


class Value(BaseModel):
    """The base of every value: frozen, closed against unknown members."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=200_000)


def canonical_json(value: Any) -> bytes:
    """The one byte form of plain data, equal to RFC 8785 for what values hold.

    Values hold texts, whole numbers, booleans, null, lists, and objects with ASCII names. For
    those, sorted keys and
    no spaces are exactly RFC 8785 (a test compares the two). Raises TypeError on a float or a name
    outside ASCII.
    """
    _refuse_what_differs(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def _refuse_what_differs(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical form here")
    if isinstance(value, dict):
        for name, member in value.items():
            if not (isinstance(name, str) and name.isascii()):
                raise TypeError(f"the name {name!r} is not plain ASCII text")
            _refuse_what_differs(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            _refuse_what_differs(member)


class Edition(Value):
    """A value that is known by the digest of its canonical bytes.

    A rubric, a scenario, a framework.
    """

    def canonical_bytes(self) -> bytes:
        """The bytes that an edition is deposited and compared as."""
        return canonical_json(self.model_dump(mode="json"))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical bytes, 64 lower-case hexadecimal digits."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()
