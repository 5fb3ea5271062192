"""Random people doing random things, on a real database: whatever they do, the promises hold."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from peer_xblocks.assessment.models import CaseRecord, ResolutionRecord, Seat
from peer_xblocks.records.models import Record
from tests.db.holding.random_people import ROLES, RandomPeople
from tests.db.work import scene

USUAL = 8
EXAMPLES = int(os.environ.get("PEER_TEST_EXAMPLES", USUAL))
"""How many programmes, the same ones every time; whoever looks for more sets it."""


@pytest.mark.django_db(transaction=True)
def test_whatever_people_do_the_promises_hold(log_files, recordings_folder, settings_of_third):
    """Handing in, pressing, skipping, noting, rating, tying, keeping, settling, signing, releasing,
    voiding, correcting, appealing, hearing; by whoever may and whoever may not.
    """
    scene.deposit()
    RandomPeople.users = {name: scene.person(name) for name in ROLES}
    how = settings(
        max_examples=EXAMPLES,
        stateful_step_count=32,
        derandomize=EXAMPLES == USUAL,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] if EXAMPLES == USUAL else [Phase.generate, Phase.shrink],
    )
    run_state_machine_as_test(RandomPeople, settings=how)
    check_that_much_happened()


def check_that_much_happened() -> None:
    """The people came far enough for the promises to be asked of everything."""
    kinds = Counter(Record.objects.values_list("kind", flat=True))
    states = Counter(CaseRecord.objects.values_list("state", flat=True))
    signed = ResolutionRecord.objects.exclude(signed_by=None).count()
    anew = CaseRecord.objects.filter(round=2).count()
    third = Seat.objects.filter(number=3).exclude(submitted_at=None).count()
    wanted = {"submission", "rating", "resolution", "release", "correction", "void", "attestation"}
    assert set(kinds) >= wanted
    assert set(states) >= {"rating", "needs_third", "to_release", "released", "voided"}
    assert min(signed, anew, third) > 0


@pytest.fixture
def settings_of_third(settings):
    """A lead may settle without a third rating as soon as nobody is at it."""
    settings.PEER_XBLOCKS_THIRD_WAIT_DAYS = 0
