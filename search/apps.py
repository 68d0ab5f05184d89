"""What starts with the search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from search import checks, receivers
        from search.engine import is_cluster, related
        from search.screens import admin_rights, dashboard
        from search.suggest.named_pages import nearly_named
        from wiki.pages.naming import find_named_with
        from wiki.pages.related import find_related_with

        admin_rights.let_in_screens()
        receivers.connect()
        dashboard.connect()
        find_related_with(related)
        find_named_with(nearly_named)
        if is_cluster():
            from search.engines.elastic import outbox

            outbox.connect()
        checks.register_all()

    def serve(self):
        """Called where this process serves the site: it reads files beside its requests."""
        from search.attachments.worker import reader

        reader.serve()
