"""Tests: a database and files of their own, fast passwords, mail kept in memory."""

import tempfile
from pathlib import Path

from kb.settings import environment as env
from kb.settings.base import *  # noqa: F403 - settings modules are layered by star imports
from kb.settings.base import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES

SECRET_KEY = "only-for-tests"
DEBUG = False
DEMO_ACCOUNTS = True
ALLOWED_HOSTS = ["*"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # nothing is collected
PASSWORD_HASHERS = ["tests.hashers.QuickHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A file, not memory: the server of browser tests starts from a copy of it.
TEST_DIR = Path(env.text("TEST_DIR", tempfile.gettempdir()))
MEDIA_ROOT = TEST_DIR / "passerelles-test-media"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "passerelles-test.sqlite3")}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED-TEMPLATE-VARIABLE: %s"
