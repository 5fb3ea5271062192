"""The people whom the tests of `work` begin with."""

import pytest
from django.contrib.auth.models import User

from peer_xblocks.core.record import Role
from tests.db.work import scene


@pytest.fixture(autouse=True)
def recordings_folder(settings, tmp_path):
    """A private folder for recordings, empty at first."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    backend = "django.core.files.storage.FileSystemStorage"
    alias = {"BACKEND": backend, "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "peer_xblocks": alias}
    return folder


@pytest.fixture
def ana(programme) -> User:
    """A trainee, and the editions of the activity are deposited."""
    scene.deposit()
    return scene.person("ana", Role.TRAINEE)


@pytest.fixture
def bea(programme) -> User:
    """Another trainee."""
    return scene.person("bea", Role.TRAINEE)


@pytest.fixture
def ann(programme) -> User:
    """An assessor."""
    return scene.person("ann", Role.ASSESSOR)


@pytest.fixture
def olga(programme) -> User:
    """An auditor."""
    return scene.person("olga", Role.AUDITOR, body=scene.BOARD)
