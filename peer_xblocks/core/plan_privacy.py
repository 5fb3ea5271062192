"""Facts that could name a real person: a plan of this course is about somebody invented.

What is found is explained and never stands in the way. Numbers of help lines and the numbers,
addresses and mail domains that are kept free for examples are left be.
"""

import re
from collections.abc import Callable, Iterator

from peer_xblocks.core.sentences import gettext as _

_STREETS = (
    r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Way"
    r"|Highway|Hwy|Parkway|Pkwy"
)
_PHONE = re.compile(
    r"(?<![\w-])(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]?(\d{3})[ .-](\d{4})(?![\w-])"
)
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_SSN = re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])")
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w.'’]*\s+){{1,3}}(?:{_STREETS})\b\.?"
)
_MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})"
)
_BORN = re.compile(
    rf"\b(?:born(?: on)?|birth ?da(?:y|te)|date of birth|d\.?o\.?b\.?)\b[\s:is]{{0,5}}({_DATE})",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"(?<![\w/])(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])[/-]19\d{2}(?![\w/])"
)

_EXAMPLES = ("example.com", "example.org", "example.net")


def found_in(text: str) -> Iterator[dict[str, str]]:
    """What in a text may belong to a real person: its words, and a sentence that explains."""
    taken: list[tuple[int, int]] = []
    for find, sentence in _KINDS:
        for start, end in find(text):
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                yield {"words": text[start:end], "sentence": sentence()}


def _ssns(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _SSN.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Telephone numbers but for toll-free ones and 555-01xx, which nobody has."""
    for match in _PHONE.finditer(text):
        area, middle, last = match.groups()
        is_free = area in ("800", "833", "844", "855", "866", "877", "888")
        if not is_free and not (middle == "555" and last.startswith("01")):
            yield match.span()


def _mails(text: str) -> Iterator[tuple[int, int]]:
    for match in _MAIL.finditer(text):
        if not match[1].lower().endswith(_EXAMPLES):
            yield match.span()


def _births(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span(1) for match in _BORN.finditer(text))
    yield from (match.span() for match in _LONG_AGO.finditer(text))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _ADDRESS.finditer(text))


_KINDS: tuple[tuple[Callable[[str], Iterator[tuple[int, int]]], Callable[[], str]], ...] = (
    (
        _ssns,
        lambda: _(
            "This looks like a Social Security number. Nobody’s belongs in here: please take it "
            "out."
        ),
    ),
    (
        _phones,
        lambda: _(
            "This looks like a telephone number. If it is a real person’s, please take it out: a "
            "plan here is about somebody invented."
        ),
    ),
    (
        _mails,
        lambda: _(
            "This looks like an e-mail address. If it is a real person’s, please take it out: a "
            "plan here is about somebody invented."
        ),
    ),
    (
        _births,
        lambda: _(
            "This looks like a date of birth. If it is a real person’s, please take it out: an age "
            "is enough."
        ),
    ),
    (
        _addresses,
        lambda: _(
            "This looks like a street address. If somebody real lives there, please take it out: "
            "the name of a neighborhood is enough."
        ),
    ),
)
