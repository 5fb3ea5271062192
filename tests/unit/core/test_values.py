"""What every value is made of: one byte form, and closed, frozen models."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peer_xblocks.core.rubric import Criterion, Rubric
from peer_xblocks.core.value import canonical_json

from .performances import RUBRIC, criterion

TEXT = st.text(st.characters(blacklist_categories=("Cs",)))
NAME = st.text(st.characters(max_codepoint=127))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(NAME, inner),
)


@given(DATA)
def test_the_byte_form_is_rfc_8785(data):
    """For what values hold, the canonical bytes are exactly those of RFC 8785."""
    assert canonical_json(data) == rfc8785.dumps(data)


@pytest.mark.parametrize("data", [1.0, {"a": [0.5]}, {"ä": 1}, {1: 2}])
def test_what_has_no_canonical_form_is_refused(data):
    """A float or a name outside ASCII is refused instead of written differently."""
    with pytest.raises(TypeError):
        canonical_json(data)


def test_an_edition_is_known_by_its_bytes():
    """The digest stays the same over a round trip and changes with any word."""
    assert Rubric.model_validate_json(RUBRIC.canonical_bytes()).digest == RUBRIC.digest
    assert RUBRIC.model_copy(update={"title": "Another"}).digest != RUBRIC.digest


def test_a_value_is_frozen_and_closed():
    """Nobody changes a value or slips in a member that it does not have."""
    with pytest.raises(ValidationError):
        RUBRIC.title = "Another"
    with pytest.raises(ValidationError):
        Rubric.model_validate({**RUBRIC.model_dump(), "hidden": 1})


@pytest.mark.parametrize(
    "broken",
    [
        {"behaviours": ()},
        {"levels": ({"level": 1, "points": 0, "text": "So."},)},
        {"behaviours": criterion("x").behaviours[:2]},
        {"behaviours": (*criterion("x").behaviours, criterion("x").behaviours[0])},
    ],
)
def test_a_criterion_is_of_one_kind_and_has_no_doubles(broken):
    """A criterion has behaviours with a basic one, or levels, and nothing twice."""
    with pytest.raises(ValidationError):
        Criterion.model_validate({**criterion("x").model_dump(), **broken})
