"""The embedded site's own Django settings. Never use them in an LMS: they let anyone sign in as a
seeded person.
"""

import os

from peer_xblocks.standalone import data_folder, languages

PEER_XBLOCKS_STANDALONE = True
DATA = data_folder.folder()

SECRET_KEY = data_folder.secret_key()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "peer_xblocks.standalone.urls"
WSGI_APPLICATION = "peer_xblocks.standalone.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "peer_xblocks.standalone.apps.StandaloneConfig",  # before web: its templates stand in front
    "peer_xblocks.standalone.apps.WorkbenchConfig",  # the SDK's runtime imports its models
    "peer_xblocks.records",
    "peer_xblocks.work",
    "peer_xblocks.assessment",
    "peer_xblocks.web",
]
MIGRATION_MODULES = {"workbench": None}  # its one table is never used here
WORKBENCH = {"services": {}}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "crum.CurrentRequestUserMiddleware",
    "peer_xblocks.standalone.headers.SafeHeadersMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "peer_xblocks.standalone.sqlite",
        "NAME": DATA / "peer-xblocks.sqlite3",
        "OPTIONS": {"timeout": 20},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "peer_xblocks": data_folder.recordings()
    or {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "private", "base_url": None, "file_permissions_mode": 0o600},
    },
    "peer_xblocks_log": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "log", "base_url": None},
    },
}
STATIC_URL = "/static/"
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Mail is written into the data folder: one file a mail.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = "peer-xblocks@localhost"

PEER_XBLOCKS_KEYS = {"*": str(DATA / "log-key")}
PEER_XBLOCKS_LOG_HOST = data_folder.log_host()
PEER_XBLOCKS_UPLOAD_MAX_BYTES = 200 * 1024 * 1024
PEER_XBLOCKS_ARCHIVE = os.environ.get("PEER_XBLOCKS_ARCHIVE") or str(DATA / "course.tar.gz")

LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"
AUTH_PASSWORD_VALIDATORS = []

# Names of our own: cookies belong to a host, whatever its port, and another site may run beside
# this one.
SESSION_COOKIE_NAME = "peer_xblocks_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
LANGUAGES = languages.offered()
LOCALE_PATHS = languages.tried()  # ours comes after them, as in every site: `web.apps`
LANGUAGE_COOKIE_NAME = "peer_xblocks_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "peer_xblocks.web.formats"  # blocks write a time as pages do

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {"TITLE": "peer-xblocks", "VERSION": "v1"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": DATA / "site.log",
            "maxBytes": 2_000_000,
            "backupCount": 2,
            "delay": True,
            "formatter": "line",
        },
    },
    "loggers": {
        "peer_xblocks": {"handlers": ["stderr", "file"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["file"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["file"], "level": "INFO", "propagate": False},
        "django.security": {"handlers": ["file"], "level": "WARNING", "propagate": False},
    },
}
