"""The smallest Django project that the three apps run in, on the database that the tests name.

The connection comes as JSON in the environment, so that a child process of a test meets the same
database as the test itself.
"""

import importlib.util
import json
import os

SECRET_KEY = "only for tests"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "tests.db.settings"
urlpatterns: list[object] = []

OURS = ("records", "work", "assessment")
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    *(
        f"peer_xblocks.{app}"
        for app in OURS
        if importlib.util.find_spec(f"peer_xblocks.{app}.apps") is not None
    ),
]
IN_MEMORY = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
DATABASES = {"default": json.loads(os.environ.get("PEER_TEST_DATABASE", json.dumps(IN_MEMORY)))}
