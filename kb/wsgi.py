import os

from django.apps import apps
from django.core.wsgi import get_wsgi_application

from kb.bodies import WholeBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.dev")

site = WholeBodies(get_wsgi_application())

from wiki.http.kept_first import KeptFirst  # noqa: E402 - Django is set up by the line above

application = KeptFirst(site)
apps.get_app_config("search").serve()
