"""Settings shared by every place the site runs in; what changes comes from the environment."""

from django.utils.translation import gettext_lazy as _

from kb.settings import environment as env
from kb.settings.databases import database, own_search

ROOT = env.ROOT
DATA_DIR = env.data_dir()
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Passerelles"

INSTALLED_APPS = [
    "home",
    "search",
    "practices",
    "meetings",
    "structures",
    "wiki",
    "wagtail_modeladmin",
    "wiki.internals.without_api.RedirectsConfig",
    "wagtail.sites",
    "wiki.apps.PeopleConfig",
    "wiki.internals.without_api.DocumentsConfig",
    "wiki.internals.without_api.ImagesConfig",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "csp",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "wiki.http.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wiki.http.headers.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wiki.http.page_cache.ZippedText",
    "wiki.http.headers.ChooserMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "axes.middleware.AxesMiddleware",
    "wiki.accounts.sessions.SessionAgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wiki.admin.door.AdminDoorMiddleware",
    "wiki.editing.busy.BusyMiddleware",
    "wiki.http.admin_transactions.AdminTransactionMiddleware",
    "wiki.pages.redirects.ReadableRedirectMiddleware",
    "wiki.editing.deleted_page.DeletedPageMiddleware",
]

ROOT_URLCONF = "kb.urls"
# The site stands at the root of its name: a header SCRIPT_NAME of a visitor, which servers pass
# on, would show one page at the address of another, in the cache of pages too.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "kb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wiki.pages.navigation.navigation",
            ],
            "builtins": [
                "wiki.templatetags.days",
                "wiki.templatetags.kept_templates",
                "wiki.templatetags.kept_urls",
            ],
            "libraries": {
                "i18n": "wiki.templatetags.kept_i18n",
                "static": "wiki.templatetags.kept_static",
            },
        },
    },
]

FORM_RENDERER = "wiki.internals.drawn_widgets.DrawnWidgets"

# Two modules of tags are called i18n and static: ours stand for Django's on purpose, above.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

DATABASES = {"default": database(env.text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.text("CACHE_URL", "locmem://")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL.startswith(("redis://", "rediss://", "unix://"))
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 1000},
        }
    )
}

SEARCH_URL = env.text("SEARCH_URL", own_search(DATABASES["default"]))

AUTH_USER_MODEL = "wiki.User"
AUTHENTICATION_BACKENDS = [
    "wiki.accounts.throttling.NoTryWhileOneWaits",
    "wiki.accounts.backend.KnownPeople",
]
AXES_HANDLER = "wiki.accounts.throttling.GrowingWait"
AXES_CLIENT_IP_CALLABLE = "wiki.http.client_address.client_address"
AXES_VERBOSE = False
# How many proxies stand in front and tell the visitor's address; they alone are believed.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# The demonstration's accounts have a known password: only where nobody else comes.
DEMO_ACCOUNTS = env.flag("DEMO_ACCOUNTS")
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "own_desk"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French"))]
# The second one says plainly what Wagtail's own French says oddly.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale_admin"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Passerelles <ne-pas-repondre@localhost>")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "img-src": ["'self'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
# Wagtail's admin writes styles in its tags, draws pictures itself and shows previews in frames.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "img-src": ["'self'", "data:", "blob:"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "script-src": ["'self'"],
    # "return;", by which the tool of the centre of a picture learns what the browser knows.
    "script-src-attr": ["'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "media-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "wiki.accounts.session_store"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # from the last day that one came: wiki.accounts.sessions
# A text sent with an old token is given back to its writer.
CSRF_FAILURE_VIEW = "wiki.editing.session_recovery.csrf_failure"

# The form of a page with hundreds of rows: each row has several fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_500

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French"))]
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = "/connexion/"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "txt", "csv"]
# No SVG: it is a document, with scripts and addresses of its own. Those of the demonstration
# come with the sources, through no form.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "wiki.media.admin_forms.CleanedImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "wiki.media.admin_forms.TitledDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# What a photo that people send weighs at most once it is kept.
PHOTO_MAX_KB = env.number("PHOTO_MAX_KB", 300)
# For the search of the admin only: readers have search.engine, which knows their rights. This
# one keeps no index: the other one reads all its rows again at each publication.
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    # What these clients say of a cluster that does not answer, the search says in one line.
    "loggers": {name: {"level": "ERROR"} for name in ("opensearch", "elastic_transport")},
}
