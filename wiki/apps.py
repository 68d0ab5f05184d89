from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of people, with our forms."""

    user_viewset = "wiki.people_admin.PeopleViewSet"


class WikiConfig(AppConfig):
    default = True
    name = "wiki"
    verbose_name = _("Wiki")

    def ready(self):
        from wiki import (
            admin_screens,
            file_rights,
            files,
            french_order,
            gone,
            indexes,
            links,
            receivers,
            rendering,
            waiting,
        )

        import_module("wiki.moving_admin")  # registers its hooks
        connection_created.connect(french_order.teach_sqlite, dispatch_uid="wiki-order")
        receivers.connect()
        file_rights.connect()
        admin_screens.connect()
        waiting.connect()
        rendering.find_gone_with(gone.gone)
        rendering.narrow_files_with(files.readable_images, files.readable_documents)
        post_migrate.connect(links.fill_when_empty, sender=self, dispatch_uid="wiki-links")
        post_migrate.connect(indexes.make, sender=self, dispatch_uid="wiki-indexes")
