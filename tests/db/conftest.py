"""The database that the tests run on, and what most of them begin with.

`python -m pytest tests/db --database=sqlite|mariadb|postgres`: the same tests on each, one a run.
Where a server is missing every test is skipped, so that the last line counts them. The servers are
named by PEER_TEST_MARIADB_URL and PEER_TEST_POSTGRES_URL; each run makes a database of its own.
"""

import importlib.util
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connections

URLS = {
    "mariadb": os.environ.get("PEER_TEST_MARIADB_URL", "mysql://root@127.0.0.1:3306"),
    "postgres": os.environ.get("PEER_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432"),
}
NAME = f"peer_test_{os.getpid()}"
FOLDER = pytest.StashKey[Path]()
MISSING = pytest.StashKey[str]()


def pytest_addoption(parser):
    """Let the caller choose the database."""
    parser.addoption("--database", choices=["sqlite", "mariadb", "postgres"], default="sqlite")


def pytest_configure(config):
    """Point Django to the chosen database before anything connects."""
    chosen = config.getoption("--database", default="sqlite")
    config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="peer_test_"))
    config.stash[MISSING] = missing(chosen)
    if chosen == "mariadb" and not importlib.util.find_spec("MySQLdb"):
        import pymysql

        pymysql.install_as_MySQLdb()
    django_settings.DATABASES = {"default": database(chosen, config.stash[FOLDER])}
    connections.settings = connections.configure_settings(django_settings.DATABASES)
    # Django may have made its connection object already, while it looked for apps.
    del connections["default"]
    connections["default"].close()


def pytest_unconfigure(config):
    """Leave nothing behind."""
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Skip what needs a server that is not there."""
    if config.stash[MISSING]:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=config.stash[MISSING]))


def missing(chosen: str) -> str:
    """Why the chosen database cannot be had here; empty when it can."""
    drivers = {"mariadb": ("MySQLdb", "pymysql"), "postgres": ("psycopg",)}.get(chosen, ())
    if drivers and not any(map(importlib.util.find_spec, drivers)):
        return f"no driver for {chosen} is installed"
    if chosen in URLS:
        url = urlsplit(URLS[chosen])
        try:
            socket.create_connection((url.hostname, url.port), timeout=2).close()
        except OSError:
            return f"no {chosen} server at {url.hostname}:{url.port}"
    return ""


def database(chosen: str, folder: Path) -> dict[str, Any]:
    """The settings of the chosen database."""
    if chosen == "sqlite":
        file = str(folder / f"{NAME}.sqlite3")
        options = {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        }
        engine = "django.db.backends.sqlite3"
        return {"ENGINE": engine, "NAME": file, "TEST": {"NAME": file}, "OPTIONS": options}
    url = urlsplit(URLS[chosen])
    common = {
        "HOST": url.hostname,
        "PORT": url.port,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
    }
    if chosen == "mariadb":
        return common | {
            "ENGINE": "django.db.backends.mysql",
            "NAME": NAME,
            "OPTIONS": {"charset": "utf8mb4"},
            "TEST": {"NAME": NAME, "CHARSET": "utf8mb4", "COLLATION": "utf8mb4_unicode_ci"},
        }
    return common | {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "TEST": {"NAME": NAME},
    }


@pytest.fixture
def log_files(tmp_path, settings) -> Path:
    """The folder with the public files of all logs, and a key that signs them."""
    from peer_xblocks.records.signing import make_key

    folder = tmp_path / "public"
    key = tmp_path / "log.pem"
    make_key(key)
    settings.PEER_XBLOCKS_KEYS = {"*": str(key)}
    settings.PEER_XBLOCKS_LOG_HOST = "log.example"
    settings.STORAGES = {
        **settings.STORAGES,
        "peer_xblocks_log": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder)},
        },
    }
    return folder


@pytest.fixture
def programme(db, log_files) -> str:
    """The name of a programme with two certifying bodies."""
    from peer_xblocks.records.api import programmes

    bodies = {"example-board": "Example Certification Board", "other-board": "Other Board"}
    made = programmes.create(
        None, "pss-2026", "Peer support", "course-v1:PeerXBlocks+PSS101+2026", bodies
    )
    return made.slug


@pytest.fixture(autouse=True, scope="session")
def chosen_database(request) -> None:
    """Make sure that the tests run on what was asked for."""
    chosen = request.config.getoption("--database", default="sqlite")
    vendor = {"mariadb": "mysql", "postgres": "postgresql"}.get(chosen, chosen)
    assert connections["default"].vendor == vendor
