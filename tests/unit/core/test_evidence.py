"""What a rating rests on: pins that name a behaviour, times in the recording, a record of four."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peer_xblocks.core.rating import CriterionState, Evidence, Marker
from peer_xblocks.core.record import RatedCriterion
from peer_xblocks.core.recorded_forms import RecordedEvidence
from peer_xblocks.core.scoring import ROUNDING_MS, levels_of, problems_of

from .performances import ERRORS, PLAIN_RUBRIC, RUBRIC, rating

WHOLE = rating((3, 3, 3))
LENGTH = 245_000
BEHAVIOURS = [behaviour.id for behaviour in RUBRIC.criteria[0].behaviours]
MOMENT = st.integers(0, LENGTH)
PIN: st.SearchStrategy[Evidence] = st.builds(
    lambda start, lasts, text, behaviour: Evidence(
        kind="pin",
        text=text,
        start_ms=start,
        end_ms=None if lasts is None else min(LENGTH, start + lasts),
        behaviour=behaviour,
    ),
    start=MOMENT,
    lasts=st.none() | st.integers(0, 60_000),
    text=st.text(max_size=40),
    behaviour=st.none() | st.sampled_from(BEHAVIOURS),
)


def resting_on(*evidence, rubric=RUBRIC, **first):
    """A whole rating whose first criterion rests on this."""
    whole = rating((3, 3, 3), rubric=rubric)
    changed = whole.criteria[0].model_copy(update={"evidence": evidence, **first})
    return whole.model_copy(update={"criteria": (changed, *whole.criteria[1:])})


@given(st.lists(PIN, max_size=6))
def test_pins_within_the_recording_are_no_problem_and_change_no_level(pins):
    """Whatever is pinned, the levels come from the ticks alone, and it can be submitted."""
    given_ = resting_on(*pins)
    assert problems_of(RUBRIC, ERRORS, given_, LENGTH) == {}
    assert levels_of(RUBRIC, given_) == levels_of(RUBRIC, WHOLE)


@given(PIN, st.integers(LENGTH + ROUNDING_MS + 1, 86_400_000))
def test_a_pin_after_the_end_is_named_where_the_length_is_known(pin, late):
    """Beyond the end of the recording nothing was heard; without a length nobody can tell."""
    for beyond in ({"start_ms": late, "end_ms": None}, {"end_ms": late}):
        given_ = resting_on(pin.model_copy(update=beyond))
        assert set(problems_of(RUBRIC, ERRORS, given_, LENGTH)) == {"critical"}
        assert problems_of(RUBRIC, ERRORS, given_) == {}


@pytest.mark.parametrize(
    "members",
    [
        {"behaviour": "other-b1"},
        {"behaviour": "none-such"},
        {"start_ms": None},
        {"start_ms": None, "kind": "time"},
        {"start_ms": None, "end_ms": 5_000, "kind": "quote"},
        {"start_ms": 5_000, "end_ms": 4_999},
    ],
)
@pytest.mark.parametrize("state", ["rated", "no_opportunity"])
def test_a_pin_that_says_what_cannot_be_is_named(members, state):
    """A foreign behaviour, no beginning, or an end before it needs a look, rated or not."""
    pin = Evidence(kind="pin", text="Heard it.", start_ms=1_000)
    nothing = {"state": CriterionState.NO_OPPORTUNITY, "behaviours": (), "reason": "Cut off."}
    first = nothing if state == "no_opportunity" else {}
    given_ = resting_on(pin.model_copy(update=members), **first)
    assert set(problems_of(RUBRIC, ERRORS, given_, LENGTH)) == {"critical"}


def test_a_criterion_of_plain_levels_has_no_behaviour_to_name():
    """Where levels are chosen, a pin stands for the criterion as a whole."""
    pin = Evidence(kind="pin", text="Heard it.", start_ms=1_000)
    assert problems_of(PLAIN_RUBRIC, ERRORS, resting_on(pin, rubric=PLAIN_RUBRIC)) == {}
    named = pin.model_copy(update={"behaviour": "critical-b1"})
    assert problems_of(PLAIN_RUBRIC, ERRORS, resting_on(named, rubric=PLAIN_RUBRIC))


def test_what_is_unticked_is_said_before_what_is_pinned():
    """One sentence for each criterion: an open one is the first thing to see to."""
    pin = Evidence(kind="pin", start_ms=None)
    problems = problems_of(RUBRIC, ERRORS, resting_on(pin, behaviours=()))
    assert "Nothing is ticked" in problems["critical"]


def test_a_record_takes_four_members_and_no_behaviour():
    """The record's form does not change, whatever a pin comes to name."""
    assert set(RecordedEvidence.model_fields) == {"kind", "text", "start_ms", "end_ms"}
    pin = Evidence(kind="pin", start_ms=1, behaviour="critical-b1")
    with pytest.raises(ValidationError):
        RatedCriterion(
            criterion="critical",
            state=CriterionState.RATED,
            behaviours=(),
            level=2,
            points=None,
            reason="",
            evidence=(pin.model_dump(),),
            comment="",
            confirmed_empty=False,
        )


@given(PIN, st.sets(st.sampled_from(BEHAVIOURS)))
def test_a_pin_names_no_more_than_may_be_seen(pin, seen):
    """What a trainee may not see of the rubric, a pin does not tell."""
    told = pin.naming_only(seen)
    assert told.behaviour == (pin.behaviour if pin.behaviour in seen else None)
    assert told.model_dump(exclude={"behaviour"}) == pin.model_dump(exclude={"behaviour"})


def test_evidence_from_before_behaviours_is_read_as_it_was():
    """What was kept before a pin could name a behaviour still is what it was."""
    kept = '{"kind": "pin", "text": "x", "start_ms": 1, "end_ms": null}'
    assert Evidence.model_validate_json(kept).behaviour is None


@pytest.mark.parametrize("wrong", [{"mark": ""}, {"mark": "x" * 61}, {"at_ms": -1}, {"mark": " "}])
def test_a_marker_is_a_moment_with_a_short_word(wrong):
    """A mark without a word, or with a long one, is none."""
    with pytest.raises(ValidationError):
        Marker(**{"at_ms": 1_000, "mark": "again", **wrong})
