"""People and facts that the tests of the records begin with."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from peer_xblocks.core.record import (
    ConsentBody,
    ConsentTo,
    HoursBody,
    Kind,
    Media,
    Named,
    ReleaseBody,
    Role,
    SubmissionBody,
)
from peer_xblocks.records.api import Appended, Fact, append, grants, people

BOARD = "example-board"


def hours(subject: str, minutes: int = 30) -> Fact:
    """A small fact about somebody."""
    body = HoursBody(hours_kind="live", minutes=minutes, activity="", since=None, until=None)
    return Fact(Kind.HOURS, subject, body, subject, Role.TRAINEE)


def submission(subject: str, id: str | None = None, scenario: str = "first-talk", **documents: str):
    """Somebody handed in a performance in words."""
    body = SubmissionBody(
        course="course-v1:PeerXBlocks+PSS101+2026",
        activity="usage",
        activity_type="peer_role_play",
        scenario=Named(key=scenario, edition=1),
        rubric=Named(key="first-conversation", edition=1),
        attempt=1,
        mode="written",
        media=Media(origin="written", media_type="text/plain", bytes=3),
        started_at=datetime.now(UTC),
        language="en",
        actors=(),
        formative=False,
    )
    return Fact(Kind.SUBMISSION, subject, body, subject, Role.TRAINEE, documents=documents, id=id)


def release(subject: str, lead: str, about: str) -> Fact:
    """A lead showed somebody a result."""
    body = ReleaseBody(passed=True, goals=(), message="Well done.", competencies=())
    return Fact(Kind.RELEASE, subject, body, lead, Role.LEAD, about=(about,))


def consent(subject: str, *about: str, body: str = BOARD, withdrawn=False, until=None) -> Fact:
    """Somebody agreed that a body may see a submission, or without any the whole programme."""
    to = ConsentTo(body=body, until=until)
    scope = "submission" if about else "programme"
    said = ConsentBody(bodies=(to,), scope=scope, withdrawn=withdrawn, statement="I agree.")
    return Fact(Kind.CONSENT, subject, said, subject, Role.TRAINEE, about=about)


def appended(programme: str, *facts: Fact) -> tuple[Appended, ...]:
    """Append in a transaction of its own."""
    with transaction.atomic():
        return append(programme, *facts)


@pytest.fixture
def person(programme) -> Callable[..., User]:
    """Makes somebody with roles in the programme."""

    def make(name: str, *roles: Role, body: str | None = None) -> User:
        user = User.objects.create(username=name, first_name=name.title())
        for role in roles:
            grants.give(None, user, programme, role, body if role is Role.AUDITOR else None)
        return user

    return make


@pytest.fixture
def operator(programme) -> User:
    """A superuser, who runs the site."""
    return User.objects.create(username="operator", is_superuser=True)


@pytest.fixture
def trainee(person) -> User:
    """Somebody who takes the course."""
    return person("ana", Role.TRAINEE)


@pytest.fixture
def subject(trainee, programme) -> str:
    """The id of the trainee in the programme."""
    return people.urn(trainee, programme)


@pytest.fixture
def auditor(person) -> User:
    """Somebody who audits for the example board."""
    return person("olga", Role.AUDITOR, body=BOARD)
