"""A fact that ages: an amount, a phone line, a statute, a rule of a State.

It stands once, with its date and its source, and lessons take its text from here.
"""

from datetime import date
from typing import Literal

from peer_xblocks.core.value import Line, Slug, Value

Area = Literal["crisis", "benefits", "rights", "privacy", "certification", "veterans", "other"]

DAYS_A_YEAR = 365


class FactSource(Value):
    """Where a fact was looked up."""

    title: Line
    author: str = ""
    url: str = ""


class Fact(Value):
    """One fact. `text` is put into sentences, `about` says what it is.

    `as_of` is the day one of us looked at the source; `valid_until` the last day that it is known
    to hold. `status` is `recalled` until one of us has read the source.
    """

    id: Slug
    area: Area
    text: Line
    about: Line
    source: FactSource
    as_of: date
    valid_until: date | None = None
    status: Literal["checked", "recalled"]

    @property
    def what_it_is(self) -> str:
        """What it is, as a sentence of its own."""
        return self.about if self.about.endswith((".", "?", "!")) else f"{self.about}."

    def is_old(self, today: date) -> bool:
        """Whether it was looked up more than a year ago."""
        return is_old(self.as_of, today)

    def has_expired(self, today: date) -> bool:
        """Whether it is past the last day that it was known to hold."""
        return self.valid_until is not None and today > self.valid_until


class Facts(Value):
    """All facts of a curriculum."""

    facts: tuple[Fact, ...] = ()


def is_old(as_of: date, today: date) -> bool:
    """Whether a day is more than a year ago."""
    return (today - as_of).days > DAYS_A_YEAR
