"""Certification profiles: what is not found is not none, and each number has its source."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from peer_xblocks import course
from peer_xblocks.authoring import certification
from peer_xblocks.core.certification import Figure, Profile
from peer_xblocks.core.lesson import HoursKind

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests/fixtures"
FILES = sorted((ROOT / "curriculum/certification").glob("*.yaml"))
NATIONAL = {"us-samhsa-model", "us-icrc-pr", "us-naadac-ncprss", "us-ncps", "us-va-peer-specialist"}


def profile(path: Path) -> Profile:
    """The profile of a file that has no fault."""
    return certification.attempt(path.read_text(encoding="utf-8"), path.name).whole()


def test_the_national_bodies_and_at_least_ten_states_are_there():
    """SAMHSA's standards, IC&RC, NAADAC, NCPS, the VA, and States, none of them twice."""
    found = [profile(path) for path in FILES]
    assert {one.key for one in found} >= NATIONAL
    assert len({one.jurisdiction for one in found if one.level == "state"}) >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_has_its_sources_their_dates_and_a_confidence(path):
    """Each figure of each profile leads to pages with an address, an age and a day of reading."""
    found = profile(path)
    figures = [getattr(found.numbers, name) for name in type(found.numbers).model_fields]
    figures += [found.exam, *(one.hours for one in found.training), *found.statements]
    stated = [one for one in figures if one is not None]
    assert stated
    for one in stated:
        pages = [found.source(name) for name in one.sources]
        assert all(page and page.url and page.dated and page.as_of for page in pages)
        assert one.confidence in ("high", "medium", "low")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_source_is_of_the_kind_that_invents(path):
    """Sites that publish made-up advice on certification are no source of ours."""
    text = path.read_text(encoding="utf-8")
    assert not any(name in text for name in ("eatsip", "visualfoodie", "winenfood", "eathealthy"))


def test_not_found_and_none_are_two_things():
    """A number may be null or "none", and each stays what it is."""
    found = profile(FIXTURES / "curriculum/certification/example-board.yaml")
    assert found.numbers.experience_hours is None
    assert isinstance(found.numbers.recovery_months, Figure)
    assert found.numbers.recovery_months.value == "none"
    assert found.training[0].kinds == (HoursKind.SELF_PACED, HoursKind.LIVE)
    assert found.digest == profile(FIXTURES / "curriculum/certification/example-board.yaml").digest


def test_a_profile_read_over_a_year_ago_is_a_warning(tmp_path):
    """Rules of bodies age, so each profile is asked to be read again after a year."""
    shutil.copytree(FIXTURES / "curriculum", tmp_path / "curriculum")
    path = tmp_path / "curriculum/facts.yaml"
    path.write_text(path.read_text().replace("as_of: 2026-11-22", "as_of: 2027-11-22"))
    folders = tmp_path / "curriculum", FIXTURES / "rubrics"
    assert course.check(*folders, date(2027, 11, 22)).warnings == []
    (old,) = course.check(*folders, date(2027, 11, 23)).warnings
    assert str(old) == (
        'curriculum/certification/example-board.yaml:12 profile-old: The source "board-page" was '
        "read more than a year ago. Read it again, mend what changed, then change as_of."
    )
