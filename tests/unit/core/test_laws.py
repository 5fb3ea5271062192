"""Laws that hold for every rating there can be."""

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.core.rating import Rating
from peer_xblocks.core.resolution import Signed, disputed, resolve, settle, third_because
from peer_xblocks.core.scoring import levels_of, problems_of

from .performances import CODES, ERRORS, RUBRIC, rating

LEVEL = st.sampled_from([1, 2, 3, 4, None])
ANY_RATING: st.SearchStrategy[Rating] = st.builds(
    rating,
    levels=st.tuples(LEVEL, LEVEL, LEVEL),
    errors=st.lists(st.sampled_from(CODES), unique=True).map(tuple),
    asks=st.booleans(),
)


def outcome(resolution):
    """A resolution without the order in which ratings came in."""
    return resolution and (
        [(c.criterion, c.state, c.level, c.how) for c in resolution.criteria],
        resolution.critical_errors,
        resolution.passed,
        resolution.points,
        resolution.third_because,
    )


@given(ANY_RATING)
def test_every_rating_made_here_could_be_submitted(one):
    """The ratings that the laws are tried on are ones that an assessor can submit."""
    assert problems_of(RUBRIC, ERRORS, one) == {}


@given(ANY_RATING, ANY_RATING)
def test_the_order_of_two_raters_changes_nothing(one, other):
    """Who rated first never changes the result, nor the reasons for a third."""
    assert outcome(resolve(RUBRIC, [one, other])) == outcome(resolve(RUBRIC, [other, one]))
    assert third_because(RUBRIC, one, other) == third_because(RUBRIC, other, one)


@given(ANY_RATING, ANY_RATING)
def test_two_settle_or_a_third_is_due_with_a_reason(one, other):
    """Two ratings settle a submission exactly when there is no reason for a third."""
    assert (resolve(RUBRIC, [one, other]) is None) == bool(third_because(RUBRIC, one, other))


@given(ANY_RATING, ANY_RATING)
def test_two_never_come_to_more_than_the_lower(one, other):
    """A level that two ratings come to is never above either of them."""
    resolution = resolve(RUBRIC, [one, other])
    for criterion in resolution.criteria if resolution else ():
        assert criterion.level is None or criterion.level == min(criterion.levels)


@given(ANY_RATING)
def test_two_equal_ratings_come_to_themselves(one):
    """Two raters who agree in everything and ask for nothing settle it with their own levels."""
    one = one.model_copy(update={"asks_for_third": False})
    resolution = resolve(RUBRIC, [one, one])
    assert {c.criterion: c.level for c in resolution.criteria} == levels_of(RUBRIC, one)


@given(ANY_RATING, ANY_RATING, ANY_RATING)
def test_three_always_settle_between_the_lowest_and_the_highest(one, other, third):
    """Three ratings always settle it, never below the lowest and never above the highest level."""
    for criterion in resolve(RUBRIC, [one, other, third]).criteria:
        rated = [level for level in criterion.levels if level is not None]
        assert criterion.level is None or min(rated) <= criterion.level <= max(rated)
        assert (criterion.level is None) == (len(rated) < 2)


@given(ANY_RATING, ANY_RATING, ANY_RATING)
def test_nobody_passes_with_harm_or_a_confirmed_error(one, other, third):
    """A result with a level 1 or a confirmed critical error is never passed."""
    resolution = resolve(RUBRIC, [one, other, third])
    if resolution.critical_errors or any(c.level == 1 for c in resolution.criteria):
        assert not resolution.passed


@given(ANY_RATING, ANY_RATING, st.data())
def test_a_lead_only_chooses_between_what_was_seen(one, other, data):
    """What a lead settles is, on every criterion, one of the two levels that raters gave."""
    if not third_because(RUBRIC, one, other):
        return
    choices = {c: data.draw(st.integers(0, 1)) for c in disputed(RUBRIC, one, other)}
    signed = Signed(choices=choices, reason="I listened to it.")
    for criterion in settle(RUBRIC, [one, other], signed).criteria:
        assert criterion.level in criterion.levels
