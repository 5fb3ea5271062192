"""What the meters of a dialogue are called, at every height, and what moves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from peer_xblocks.core.dialogue import Amount, Benefit, Effects, Meter, Meters

NAMES = {
    Meter.TRUST: _("Trust"),
    Meter.HOPE: _("Hope"),
    Meter.CHOICE: _("Choice"),
    Meter.SAFETY: _("Safety"),
}
HEIGHTS = {
    Meter.TRUST: (_("shut"), _("guarded"), _("trying it out"), _("opening up"), _("at ease")),
    Meter.HOPE: (_("out of sight"), _("faint"), _("a little"), _("growing"), _("strong")),
    Meter.CHOICE: (_("taken over"), _("crowded"), _("some room"), _("room"), _("fully theirs")),
    Meter.SAFETY: (_("alarmed"), _("on edge"), _("wary"), _("steady"), _("safe")),
}
"""From 0 to 10, two heights to a word; 10 counts with 8 and 9."""

AMOUNTS = {
    Amount.NOTHING: _("Nothing of it"),
    Amount.A_SENTENCE: _("A sentence"),
    Amount.A_MINUTE: _("About a minute"),
    Amount.LONGER: _("The longer story"),
}
BENEFITS = {
    Benefit.THEIRS: _("For theirs"),
    Benefit.BOTH: _("For both of us"),
    Benefit.MINE: _("For mine, honestly"),
}
_MOVES = {
    3: _("rose a lot"),
    2: _("rose"),
    1: _("rose a little"),
    -1: _("fell a little"),
    -2: _("fell"),
    -3: _("fell a lot"),
}


@dataclass(frozen=True)
class Reading:
    """One meter as it is shown. `moved` says what the last choice did, "" for nothing."""

    name: Any
    height: int
    word: Any
    moved: Any = ""
    sign: str = ""


def readings(meters: Meters, effects: Effects | None = None) -> list[Reading]:
    """All four meters, with what a choice just did to them."""
    return [_reading(one, getattr(meters, one), effects) for one in Meter]


def moves(effects: Effects) -> list[Reading]:
    """Only the meters that a choice moved."""
    every = [_reading(one, 0, effects) for one in Meter]
    return [one for one in every if one.moved]


def _reading(meter: Meter, height: int, effects: Effects | None) -> Reading:
    word = HEIGHTS[meter][min(4, height // 2)]
    by = getattr(effects, meter) if effects else 0
    sign = "▲" if by > 0 else ("▼" if by < 0 else "")
    return Reading(NAMES[meter], height, word, _MOVES.get(by, ""), sign)


def choices_of(words: dict[Any, Any], picked: str) -> Sequence[dict[str, Any]]:
    """The options of a question, with which one is picked."""
    return [{"value": one.value, "text": words[one], "picked": one == picked} for one in words]
