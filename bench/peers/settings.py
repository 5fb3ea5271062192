"""The smallest Django project that ORA2's own API runs in; the database comes as JSON."""

import json
import os

SECRET_KEY = "only for measuring"
USE_TZ = True
ROOT_URLCONF = "settings"
urlpatterns: list[object] = []
DATABASES = {"default": json.loads(os.environ["PEER_BENCH_DATABASE"])}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "waffle",
    "simple_history",
    "submissions",
    "openassessment",
    "openassessment.assessment",
    "openassessment.fileupload",
    "openassessment.workflow",
    "openassessment.xblock",
    "openassessment.staffgrader",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
FEATURES: dict[str, bool] = {}
LMS_ROOT_URL = "http://localhost"
ORA2_FILE_PREFIX = "peers"
STATIC_URL = "/static/"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "CRITICAL"}}
