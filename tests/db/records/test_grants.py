"""Grants: who may act in which role, and that auditing excludes all else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from tests.db.records.conftest import BOARD


def test_a_role_holds_in_its_programme_alone(programme, trainee):
    """Who is a trainee in one programme is nothing in another."""
    from peer_xblocks.records.api import programmes

    programmes.create(None, "other", "Other", "course-v1:Other+1+1", {})
    assert grants.roles(trainee, programme) == {Role.TRAINEE}
    assert grants.roles(trainee, "other") == frozenset()
    assert grants.programmes_of(trainee) == ((programme, frozenset({Role.TRAINEE})),)


def test_require_gives_the_first_wanted_role_that_is_held(programme, person):
    """The order of the wanted roles decides in which one somebody acts."""
    lead = person("lea", Role.ASSESSOR, Role.LEAD)
    assert grants.require(lead, programme, Role.LEAD, Role.ASSESSOR) is Role.LEAD
    with pytest.raises(ForbiddenError):
        grants.require(lead, programme, Role.TRAINEE)
    with pytest.raises(NotFoundError):
        grants.require(lead, "nowhere", Role.LEAD)


def test_nobody_has_no_role(programme):
    """Who is not signed in, or whose account is closed, has no role."""
    closed = User.objects.create(username="closed", is_superuser=True, is_active=False)
    for user in (AnonymousUser(), closed):
        assert grants.roles(user, programme) == frozenset()
        assert grants.programmes_of(user) == ()


def test_a_grant_holds_in_its_period_alone(programme, person):
    """Before `since` and from `until` on a grant is no grant."""
    user, now = person("mia"), timezone.now()
    grants.give(None, user, programme, Role.ASSESSOR, since=now + timedelta(hours=1))
    grants.give(
        None, user, programme, Role.LEAD, since=now - timedelta(2), until=now + timedelta(hours=1)
    )
    assert grants.roles(user, programme) == {Role.LEAD}
    with pytest.raises(InvalidError):
        grants.give(None, user, programme, Role.LEAD, until=now - timedelta(1))


def test_only_an_operator_gives_and_revokes(programme, operator, trainee, person):
    """A superuser is operator and nothing else; an operator's grant does as well."""
    assert grants.roles(operator, programme) == {Role.OPERATOR}
    keeper = person("kim", Role.OPERATOR)
    made = grants.give(keeper, trainee, programme, Role.ASSESSOR)
    with pytest.raises(ForbiddenError):
        grants.give(trainee, trainee, programme, Role.LEAD)
    with pytest.raises(NotFoundError):
        grants.revoke(trainee, made.id)
    assert [one.role for one in grants.of_programme(keeper, programme)][-1] is Role.ASSESSOR
    grants.revoke(operator, made.id)
    assert grants.roles(trainee, programme) == {Role.TRAINEE}


def test_auditing_excludes_every_other_role_both_ways(programme, auditor, trainee, operator):
    """No auditor gets another role, and nobody with another role becomes an auditor."""
    with pytest.raises(ConflictError):
        grants.give(None, auditor, programme, Role.ASSESSOR)
    for user in (trainee, operator):
        with pytest.raises(ConflictError):
            grants.give(None, user, programme, Role.AUDITOR, BOARD)
    with pytest.raises(ConflictError):
        grants.give(None, auditor, programme, Role.AUDITOR, "other-board")


def test_an_auditor_who_becomes_a_superuser_audits_no_longer(programme, auditor):
    """Who runs the site cannot check it."""
    auditor.is_superuser = True
    auditor.save()
    assert grants.roles(auditor, programme) == {Role.OPERATOR}
    with pytest.raises(ForbiddenError):
        grants.body_of(auditor, programme)


def test_a_former_trainee_may_audit(programme, trainee, operator):
    """A grant that has ended excludes nothing."""
    (grant,) = grants.of_programme(operator, programme)
    grants.revoke(operator, grant.id)
    grants.give(operator, trainee, programme, Role.AUDITOR, BOARD)
    assert grants.body_of(trainee, programme).name == "Example Certification Board"


@pytest.mark.parametrize(
    ("role", "body"),
    [
        (Role.AUDITOR, None),
        (Role.AUDITOR, "no-board"),
        (Role.LEAD, BOARD),
        (Role.SYSTEM, None),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(programme, person, role, body):
    """An auditor acts for a body of the programme, nobody else does, and nobody is the system."""
    with pytest.raises(InvalidError):
        grants.give(None, person("noa"), programme, role, body)
