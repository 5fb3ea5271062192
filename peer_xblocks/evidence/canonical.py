"""The canonical bytes of plain JSON data (RFC 8785), which is what a commitment commits to.

Reading is here too, because bytes are only taken when writing them again gives the same bytes.
"""

import hashlib
import json
import re
from typing import Any, NoReturn

import rfc8785

from peer_xblocks.evidence.errors import CanonicalFormError

_LARGEST = 2**53 - 1
_BEYOND_BASIC_PLANE = re.compile(rb"[\xf0-\xf7]")


def canonical_bytes(value: object) -> bytes:
    """Return the one RFC 8785 form of a JSON value, in UTF-8.

    Only None, bool, int, str, list, tuple and dict with text keys have one here: a float is
    refused, because records count in whole numbers. Raises CanonicalFormError.
    """
    try:
        _refuse_floats(value)
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except rfc8785.CanonicalizationError as error:
        raise CanonicalFormError(str(error)) from error
    except RecursionError as error:
        raise CanonicalFormError("it is nested too deep") from error


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 digest of bytes as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def parse_canonical(data: bytes) -> Any:
    """Return the JSON value that canonical bytes stand for.

    Raises CanonicalFormError for anything that `canonical_bytes` would not have written:
    spaces, another order, a member twice, floats, large numbers, invalid UTF-8.
    """
    try:
        value = _decoder.decode(data.decode("utf-8"))
        if not _is_canonical(value, data):
            raise CanonicalFormError("writing it again gives other bytes")
    except UnicodeDecodeError as error:
        raise CanonicalFormError(f"byte {error.start} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise CanonicalFormError(f"character {error.pos} is not JSON") from error
    except RecursionError as error:
        raise CanonicalFormError("it is nested too deep") from error
    return value


def _is_canonical(value: object, data: bytes) -> bool:
    """Say whether `data`, already parsed to `value`, is its canonical form.

    Without floats the standard library writes the same bytes, some ten times faster, except
    that it sorts names by code point and not by UTF-16 unit. These two orders differ only for
    characters beyond the basic plane, so bytes without any need no second opinion.
    """
    if data.isascii() or _BEYOND_BASIC_PLANE.search(data) is None:
        return _encoder.encode(value).encode("utf-8", "surrogatepass") == data
    return canonical_bytes(value) == data


def _refuse_floats(value: object) -> None:
    """Raise CanonicalFormError when a float stands anywhere in the value."""
    if isinstance(value, float):
        raise CanonicalFormError(f"{value!r} is not a whole number")
    if isinstance(value, dict):
        for member in value.values():
            _refuse_floats(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            _refuse_floats(member)


def _refuse_number(text: str) -> NoReturn:
    """Refuse a number that is written as a float."""
    raise CanonicalFormError(f"{text[:40]} is not a whole number")


def _whole_number(text: str) -> int:
    """Read a whole number that a double holds exactly (RFC 8785, section 3.2.2.3)."""
    number = int(text) if len(text) <= 17 else _LARGEST + 1
    if abs(number) > _LARGEST:
        raise CanonicalFormError(f"the number {text[:40]} is too large")
    return number


_decoder = json.JSONDecoder(
    parse_float=_refuse_number, parse_constant=_refuse_number, parse_int=_whole_number
)
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
