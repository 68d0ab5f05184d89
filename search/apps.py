from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from search import admin_screens, checks, reading, receivers, waiting
        from search.engine import is_cluster, related
        from wiki import neighbours

        admin_screens.connect()
        receivers.connect()
        reading.connect()
        waiting.connect()
        neighbours.find_related_with(related)
        if is_cluster():
            from search.elastic import outbox

            outbox.connect()
        checks.register_all()
