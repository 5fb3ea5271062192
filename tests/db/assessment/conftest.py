"""The people whom the tests of `assessment` begin with."""

import pytest
from django.contrib.auth.models import User

from peer_xblocks.core.record import Role
from tests.db.work import scene


@pytest.fixture(autouse=True)
def recordings_folder(settings, tmp_path):
    """A private folder for recordings."""
    backend = "django.core.files.storage.FileSystemStorage"
    alias = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "recordings")}}
    settings.STORAGES = {**settings.STORAGES, "peer_xblocks": alias}


@pytest.fixture
def ana(programme) -> User:
    """A trainee, and the editions of the activity are deposited."""
    scene.deposit()
    return scene.person("ana-trainee", Role.TRAINEE)


@pytest.fixture
def bea(programme) -> User:
    """Another trainee."""
    return scene.person("bea-trainee", Role.TRAINEE)


@pytest.fixture
def ann(programme) -> User:
    """An assessor."""
    return scene.person("ann-assessor", Role.ASSESSOR)


@pytest.fixture
def ben(programme) -> User:
    """Another assessor."""
    return scene.person("ben-assessor", Role.ASSESSOR)


@pytest.fixture
def cleo(programme) -> User:
    """A third assessor."""
    return scene.person("cleo-assessor", Role.ASSESSOR)


@pytest.fixture
def lea(programme) -> User:
    """A lead."""
    return scene.person("lea-lead", Role.LEAD)


@pytest.fixture
def leo(programme) -> User:
    """Another lead."""
    return scene.person("leo-lead", Role.LEAD)


@pytest.fixture
def olga(programme) -> User:
    """An auditor."""
    return scene.person("olga-auditor", Role.AUDITOR, body=scene.BOARD)
