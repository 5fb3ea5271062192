"""What a competency stands at after released results."""

from peer_xblocks.core.standing import Observation, Standing, observations_of, standing_of

from .performances import RUBRIC


def seen(*scenarios):
    """Observations of one competency in these scenarios."""
    return [Observation(competency="I.1", scenario=scenario) for scenario in scenarios]


def competencies(levels, confirmed=(), listed=("I.1", "I.2", "IX.2")):
    """The competencies that one performance shows."""
    named = dict(zip(("critical", "other", "last"), levels, strict=True))
    seen_in = observations_of(RUBRIC, "scene", listed, named, confirmed)
    return {one.competency for one in seen_in}


def test_never_seen_is_not_yet():
    """A competency that no result shows is not yet."""
    assert standing_of("I.1", []) is Standing.NOT_YET
    assert standing_of("I.2", seen("a", "b")) is Standing.NOT_YET


def test_once_is_developing_and_the_same_scene_again_too():
    """One scenario is developing, however often it was performed."""
    assert standing_of("I.1", seen("a")) is Standing.DEVELOPING
    assert standing_of("I.1", seen("a", "a")) is Standing.DEVELOPING


def test_two_scenarios_or_one_and_a_supervisor_is_shown():
    """Shown takes two different scenarios, or one and a supervisor's word."""
    assert standing_of("I.1", seen("a", "b")) is Standing.SHOWN
    assert standing_of("I.1", seen("a"), {"I.1"}) is Standing.SHOWN


def test_a_supervisors_word_alone_shows_nothing():
    """An attestation without a performance does not count."""
    assert standing_of("I.1", [], {"I.1"}) is Standing.NOT_YET


def test_every_criterion_that_names_a_competency_must_be_at_three():
    """A competency that two criteria name is seen when both are at 3 or more."""
    assert competencies((3, 3, 3)) == {"I.1", "I.2", "IX.2"}
    assert competencies((3, 2, 4)) == {"I.1", "IX.2"}
    assert competencies((2, 3, 1)) == set()


def test_no_opportunity_counts_neither_way():
    """A criterion without an opportunity neither shows a competency nor hinders it."""
    assert competencies((3, None, None)) == {"I.1", "I.2"}
    assert competencies((None, None, None)) == set()


def test_a_confirmed_critical_error_shows_nothing():
    """A performance with a confirmed critical error shows no competency."""
    assert competencies((4, 4, 4), ("CE-1",)) == set()


def test_a_result_shows_only_what_its_scenario_lists():
    """A rubric of a family may rate more than one scene asks for; that shows nothing there."""
    assert competencies((3, 3, 3)) == {"I.1", "I.2", "IX.2"}
    assert competencies((3, 3, 3), listed=("IX.2",)) == {"IX.2"}
