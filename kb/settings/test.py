"""Tests: a database and files of their own, fast passwords, mail kept in memory."""

import tempfile
from pathlib import Path

from kb.settings.base import *  # noqa: F403 - settings modules are layered by star imports
from kb.settings.base import DATABASES, STORAGES, TEMPLATES

SECRET_KEY = "only-for-tests"
DEBUG = False
DEMO_ACCOUNTS = True
ALLOWED_HOSTS = ["*"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="passerelles-media-"))
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A file, not memory: the live server of browser tests and its threads share it.
DATABASES["default"]["TEST"] = {
    "NAME": str(Path(tempfile.gettempdir()) / "passerelles-test.sqlite3")
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED-TEMPLATE-VARIABLE: %s"
