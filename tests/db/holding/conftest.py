"""Processes of their own, and the people whom they act for."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User

from peer_xblocks.assessment.api import assessors
from peer_xblocks.core.record import Role
from tests.db.holding.crew import Crew
from tests.db.work import scene


@pytest.fixture(scope="session")
def everybody(django_db_setup) -> Iterator[Crew]:
    """The processes of a run; they end before its database does."""
    crew = Crew()
    yield crew
    crew.close()


@pytest.fixture
def crew(everybody, programme, recordings_folder) -> Crew:
    """The processes, for one test."""
    scene.deposit()
    return everybody


@pytest.fixture
def recordings_folder(settings, tmp_path) -> None:
    """A private folder for recordings."""
    backend = "django.core.files.storage.FileSystemStorage"
    alias = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "recordings")}}
    settings.STORAGES = {**settings.STORAGES, "peer_xblocks": alias}


@pytest.fixture
def people(programme) -> Callable[[Role, int], list[str]]:
    """Makes so many people of a role, and gives their names."""

    def make(role: Role, count: int) -> list[str]:
        names = [f"{role}-{number}" for number in range(count)]
        for name in names:
            scene.person(name, role)
        return names

    return make


@pytest.fixture
def lead(programme) -> User:
    """A lead."""
    return scene.person("lea", Role.LEAD)


@pytest.fixture
def qualified(lead) -> Callable[[str], str]:
    """Qualifies an assessor for third ratings; gives the name back."""

    def qualify(name: str) -> str:
        user = User.objects.get(username=name)
        assessors.qualify(lead, user, scene.PROGRAMME, scene.RUBRIC.key)
        return name

    return qualify
