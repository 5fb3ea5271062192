"""How many hours of training there are of each kind, and how they stand to what a body asks for.

It is arithmetic alone: no result here says that a body accepts anything.
"""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from peer_xblocks.core.certification import Training
from peer_xblocks.core.course import Module
from peer_xblocks.core.lesson import HoursKind
from peer_xblocks.core.value import Value


class Hours(Value):
    """Minutes of training by kind."""

    self_paced: int = Field(ge=0, default=0)
    live: int = Field(ge=0, default=0)
    practicum: int = Field(ge=0, default=0)

    def of(self, kinds: Iterable[HoursKind]) -> int:
        """The minutes of some kinds together."""
        return sum(int(getattr(self, kind.value)) for kind in kinds)

    @property
    def total(self) -> int:
        """The minutes of all kinds together."""
        return self.of(HoursKind)

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(**{kind.value: self.of([kind]) + other.of([kind]) for kind in HoursKind})


def of_module(module: Module) -> Hours:
    """The hours of a module: lessons, dialogues, plans, and the sessions of its guides.

    Role plays are assessments, and a guide's own reading is nobody's training.
    """
    parts = [(lesson.hours_kind, lesson.minutes) for lesson in module.lessons]
    parts += [(HoursKind.SELF_PACED, dialogue.minutes) for dialogue in module.dialogues]
    parts += [(HoursKind.SELF_PACED, plan.minutes) for plan in module.plans]
    parts += [(one.kind, one.minutes) for guide in module.guides for one in guide.sessions]
    return sum_of(Hours(**{kind.value: minutes}) for kind, minutes in parts)


def sum_of(several: Iterable[Hours]) -> Hours:
    """Several hours together."""
    return sum(several, Hours())


class Standing(StrEnum):
    """How the hours of a course stand to a minimum."""

    MET = "met"
    SHORT = "short"
    OWN_COURSE = "own_course"
    KINDS_NOT_FOUND = "kinds_not_found"
    HOURS_NOT_FOUND = "hours_not_found"


def standing(training: Training, hours: Hours) -> Standing:
    """How the hours of a course stand to what a body asks for."""
    if training.own:
        return Standing.OWN_COURSE
    if training.hours is None:
        return Standing.HOURS_NOT_FOUND
    if training.kinds is None:
        return Standing.KINDS_NOT_FOUND
    return Standing.SHORT if missing(training, hours) else Standing.MET


def missing(training: Training, hours: Hours) -> int:
    """How many minutes are missing to the number, of the kinds that count, or of all."""
    if training.hours is None or training.hours.value == "none":
        return 0
    there = hours.of(training.kinds) if training.kinds else hours.total
    return max(0, training.hours.value * 60 - there)
