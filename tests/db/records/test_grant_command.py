"""`manage.py peer_grant`: what an operator does about roles, at the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.models import Grant
from tests.db.records.conftest import BOARD


def grant(*words: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("peer_grant", *words, stdout=out)
    return out.getvalue()


def test_a_role_is_given_listed_and_ended(programme, person):
    """Who may act is changed, and that they could stays known."""
    user = person("noor")
    assert grant(programme, "noor", "assessor").startswith("noor: assessor from ")
    assert grants.roles(user, programme) == {Role.ASSESSOR}
    assert "noor: assessor from " in grant(programme)
    assert grant(programme, "noor", "assessor", "--revoke") == "noor: assessor no more\n"
    assert grants.roles(user, programme) == frozenset()
    assert "noor" not in grant(programme)
    row = Grant.objects.get(user=user)
    assert row.revoked_at is not None and row.revoked_by is None


def test_an_auditor_acts_for_a_body_and_a_period(programme, person):
    """The body is named, and from the last day on the role is over."""
    user = person("ove")
    made = grant(programme, "ove", "auditor", f"--body={BOARD}", "--until=2099-02-01")
    assert f"ove: auditor for {BOARD} from " in made
    assert made.endswith(" until 2099-02-01\n")
    assert grants.body_of(user, programme).key == BOARD
    with pytest.raises(CommandError, match="no other role"):
        grant(programme, "ove", "lead")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere", "noor", "lead"], 'no programme "nowhere"'),
        (["nowhere"], 'no programme "nowhere"'),
        (["pss-2026", "nobody", "lead"], 'the username "nobody"'),
        (["pss-2026", "noor"], "Name the role"),
        (["pss-2026", "noor", "emperor"], "invalid choice"),
        (["pss-2026", "noor", "system"], "invalid choice"),
        (["pss-2026", "noor", "auditor"], "acts for a certifying body"),
        (["pss-2026", "noor", "auditor", "--body=other"], "not part of the programme"),
        (["pss-2026", "noor", "lead", "--until=2001-01-01"], "ends after it begins"),
        (["pss-2026", "noor", "lead", "--until=soon"], "invalid day value"),
        (["pss-2026", "noor", "lead", "--revoke"], "not granted lead"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(programme, person, words, told):
    """No traceback, and nothing is given."""
    person("noor")
    before = Grant.objects.count()
    with pytest.raises(CommandError, match=told):
        grant(*words)
    assert Grant.objects.count() == before
