import os

from django.core.wsgi import get_wsgi_application

from kb.bodies import WholeBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.dev")

application = WholeBodies(get_wsgi_application())
