"""What starts with the site."""

from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of people, with our forms."""

    user_viewset = "wiki.accounts.admin.PeopleViewSet"


class WikiConfig(AppConfig):
    default = True
    name = "wiki"
    verbose_name = _("Wiki")

    def ready(self):
        from wiki import receivers
        from wiki.accounts import admin as accounts_admin
        from wiki.admin import screens
        from wiki.dashboards import sections
        from wiki.internals import page_relations
        from wiki.internals.wagtail import keep_no_search_index, trust_rows_named_in_the_log
        from wiki.links import index
        from wiki.media import admin_rights, admin_screens
        from wiki.models import db_indexes
        from wiki.pages import admin_tree, redirect_admin, topic_admin
        from wiki.text import french_order
        from wiki.trash import admin as trash_admin

        keep_no_search_index()
        trust_rows_named_in_the_log()
        import_module("wiki.organizing.moving_admin")  # registers its hooks
        page_relations.keep()
        connection_created.connect(french_order.teach_sqlite, dispatch_uid="wiki-order")
        receivers.connect()
        admin_rights.connect()
        tree = (admin_tree, redirect_admin, topic_admin)
        for feature in (screens, *tree, admin_screens, accounts_admin, trash_admin):
            feature.let_in_screens()
        sections.connect()
        post_migrate.connect(index.fill_when_empty, sender=self, dispatch_uid="wiki-links")
        post_migrate.connect(db_indexes.make, sender=self, dispatch_uid="wiki-indexes")
