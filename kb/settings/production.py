"""A public server: refuses to start without a secret key, its hosts and its address; over HTTPS,
which SECURE_SSL_REDIRECT alone can leave to a proxy."""

from kb.settings import environment as env
from kb.settings.base import *  # noqa: F403 - settings modules are layered by star imports
from kb.settings.base import SILENCED_SYSTEM_CHECKS, TRUSTED_PROXIES

DEBUG = False
SECRET_KEY = env.required(
    "SECRET_KEY", "Give a long random text, kept secret, the same at every start."
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [
    env.required("ALLOWED_HOSTS", "Give the names of the site, separated by commas.")
]
SITE_URL = WAGTAILADMIN_BASE_URL = env.required(
    "SITE_URL", "Give the address of the site, such as https://wiki.example: mails carry it."
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
# Without a proxy in front, anybody could write this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
# The other sites of the domain, and browsers' own lists, are for whoever owns the domain to say.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD")
# W019: SAMEORIGIN, not DENY: the admin shows previews in frames of its own. W005, W021: above.
SILENCED_SYSTEM_CHECKS += ["security.W019", "security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
