"""A public server: refuses to start without a secret key and hosts; everything over HTTPS."""

from kb.settings import environment as env
from kb.settings.base import *  # noqa: F403 - settings modules are layered by star imports

DEBUG = False
SECRET_KEY = env.required(
    "SECRET_KEY", "Give a long random text, kept secret, the same at every start."
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [
    env.required("ALLOWED_HOSTS", "Give the names of the site, separated by commas.")
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# SAMEORIGIN, not DENY: the admin shows previews in frames of its own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
