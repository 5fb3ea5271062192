"""A programme with its people, a folder of its own for every test, and signed-in clients."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent))

import world as worlds

from peer_xblocks.records import signing


def pytest_configure(config: pytest.Config) -> None:
    """WebOb, which XBlock stands on, still imports `cgi`; that is not ours to mend."""
    config.addinivalue_line("filterwarnings", "ignore:'cgi' is deprecated:DeprecationWarning")


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> worlds.World:
    """A programme with seven people; files and keys stand in the test's own folder."""
    storages = {
        name: {**one, "OPTIONS": {**one["OPTIONS"], "location": tmp_path / name}}
        if "OPTIONS" in one
        else one
        for name, one in settings.STORAGES.items()
    }
    settings.STORAGES = storages
    signing.make_key(tmp_path / "log-key")
    settings.PEER_XBLOCKS_KEYS = {"*": str(tmp_path / "log-key")}
    cache.clear()
    return worlds.make()


@pytest.fixture
def browse(world: worlds.World) -> Any:
    """A client that is signed in as the person with this short name; nobody for ""."""

    def signed_in(name: str = "") -> Client:
        client = Client(raise_request_exception=True)
        if name:
            client.force_login(world.people[name])
        return client

    return signed_in
