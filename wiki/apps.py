from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    name = "wiki"
    verbose_name = _("Wiki")

    def ready(self):
        from wiki import french_order, indexes, links, receivers

        connection_created.connect(french_order.teach_sqlite, dispatch_uid="wiki-order")
        receivers.connect()
        post_migrate.connect(links.fill_when_empty, sender=self, dispatch_uid="wiki-links")
        post_migrate.connect(indexes.make, sender=self, dispatch_uid="wiki-indexes")
