"""`make run` on one's own machine: no variable is needed, a secret key is drawn once."""

from django.core.management.utils import get_random_secret_key

from kb.settings import environment as env
from kb.settings.base import *  # noqa: F403 - settings modules are layered by star imports
from kb.settings.base import DATA_DIR

DEBUG = env.flag("DEBUG")
DEMO_ACCOUNTS = env.flag("DEMO_ACCOUNTS", True)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")


def secret_key() -> str:
    """The variable, or a key drawn once and kept beside the database."""
    kept = DATA_DIR / "secret_key"
    if not env.text("SECRET_KEY") and not kept.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        kept.write_text(get_random_secret_key())
        kept.chmod(0o600)
    return env.text("SECRET_KEY") or kept.read_text()


SECRET_KEY = secret_key()
