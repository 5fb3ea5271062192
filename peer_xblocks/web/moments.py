"""The moments of a recording that ratings rest on, in the order in which they are heard."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from peer_xblocks.assessment.values import CaseDetail, Feedback
from peer_xblocks.core.rating import Evidence, Rating
from peer_xblocks.core.rubric import Behaviour, Rubric

BEFORE_MS = 3000
"""How long before a moment listening begins, so that it is heard in what led to it."""


class Named(Protocol):
    """What a pin tells of its criterion."""

    id: str
    title: str
    behaviours: tuple[Behaviour, ...]


@dataclass(frozen=True)
class Pin:
    """One moment, with the criterion that it belongs to, its place in the rubric, and whose it is.

    `behaviour` is the text of the behaviour that it shows; "" for none. `letter` is "" on the desk,
    where there is one rater.
    """

    piece: Evidence
    number: int
    criterion: Named
    letter: str
    behaviour: str


def of_feedback(feedback: Feedback) -> tuple[Pin, ...]:
    """The released moments, as the trainee hears them."""
    return _in_order(
        pin
        for number, item in enumerate(feedback.criteria, 1)
        for seen in item.seen
        for pin in _pins(seen.evidence, number, item.criterion, seen.letter)
    )


def of_rating(rubric: Rubric, rating: Rating) -> tuple[Pin, ...]:
    """The moments of one rating, as its own rater hears them again."""
    return _in_order(
        pin
        for number, criterion in enumerate(rubric.criteria, 1)
        if (rated := rating.of(criterion.id)) is not None
        for pin in _pins(rated.evidence, number, criterion, "")
    )


def of_case(case: CaseDetail) -> tuple[Pin, ...]:
    """The moments of all ratings, as a lead hears them."""
    return _in_order(
        replace(pin, letter=one.letter)
        for one in case.ratings
        for pin in of_rating(case.rubric, one.rating)
    )


def listen_from(milliseconds: int) -> int:
    """The second at which listening to a moment begins."""
    return max(0, milliseconds - BEFORE_MS) // 1000


def shown_by(piece: Evidence, criterion: Named) -> str:
    """The text of the behaviour that a piece of evidence names; "" for none."""
    texts = (one.text for one in criterion.behaviours if one.id == piece.behaviour)
    return next(texts, "")


def _pins(
    evidence: Iterable[Evidence], number: int, criterion: Named, letter: str
) -> Iterable[Pin]:
    for piece in evidence:
        if piece.start_ms is not None:
            yield Pin(piece, number, criterion, letter, shown_by(piece, criterion))


def _in_order(pins: Iterable[Pin]) -> tuple[Pin, ...]:
    return tuple(sorted(pins, key=lambda pin: (pin.piece.start_ms, pin.number, pin.letter)))
