import os

from django.apps import apps
from django.core.wsgi import get_wsgi_application

from kb.bodies import WholeBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.dev")

application = WholeBodies(get_wsgi_application())
apps.get_app_config("search").serve()
