"""Hours by kind, and how they stand to a minimum: arithmetic, and never a promise."""

import pytest

from peer_xblocks.core.certification import Figure, Training
from peer_xblocks.core.course import Module
from peer_xblocks.core.guide import Guide, Session, Step
from peer_xblocks.core.hours import Hours, Standing, missing, of_module, standing, sum_of
from peer_xblocks.core.lesson import HoursKind, Lesson, Text

WORDS = (Text(markdown="Words."),)
THREE = Hours(self_paced=60, live=90, practicum=30)


def training(value, kinds, own=False) -> Training:
    """What a body asks for; None for a number that was not found."""
    hours = None if value is None else Figure(value=value, sources=("s",), confidence="high")
    return Training(what="Training", hours=hours, kinds=kinds, own=own)


def test_a_module_sums_lessons_and_the_agendas_of_its_sessions():
    """Lessons count as they declare, sessions by their agenda, a guide's own reading not at all."""
    session = {"title": "A lab", "agenda": (Step(what="a", minutes=20), Step(what="b", minutes=25))}
    guide = Guide(
        url_name="g",
        title="G",
        minutes=60,
        sessions=(
            Session(id="one", kind=HoursKind.LIVE, **session),
            Session(id="two", kind=HoursKind.PRACTICUM, **session),
        ),
        parts=WORDS,
    )
    lessons = tuple(Lesson(url_name=f"l{n}", title="L", minutes=n, parts=WORDS) for n in (10, 20))
    module = Module(url_name="m", title="M", summary="S", lessons=lessons, guides=(guide,))
    assert of_module(module) == Hours(self_paced=30, live=45, practicum=45)
    assert sum_of([of_module(module), THREE]).total == 300


@pytest.mark.parametrize(
    ("value", "kinds", "own", "expected", "lacking"),
    [
        (1, ("self_paced",), False, Standing.MET, 0),
        (2, ("self_paced",), False, Standing.SHORT, 60),
        (2, ("self_paced", "live"), False, Standing.MET, 0),
        (2, ("live",), False, Standing.SHORT, 30),
        (3, None, False, Standing.KINDS_NOT_FOUND, 0),
        (4, None, False, Standing.KINDS_NOT_FOUND, 60),
        (None, ("live",), False, Standing.HOURS_NOT_FOUND, 0),
        (None, None, False, Standing.HOURS_NOT_FOUND, 0),
        ("none", ("live",), False, Standing.MET, 0),
        (1, ("self_paced",), True, Standing.OWN_COURSE, 0),
    ],
)
def test_how_hours_stand_to_a_minimum(value, kinds, own, expected, lacking):
    """Only kinds that are known to count are counted; what was not found is never met."""
    asked = training(value, kinds, own)
    assert standing(asked, THREE) == expected
    assert missing(asked, THREE) == lacking
