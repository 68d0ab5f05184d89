"""All addresses of the site; the pages of the wiki come last."""

from django.urls import include, path
from django.views.generic import RedirectView

from wiki.accounts import views as accounts
from wiki.internals.late_admin_api import admin_urls
from wiki.organizing import privacy_admin

handler500 = "wiki.editing.busy.when_it_fails"

urlpatterns = [
    path("admin/login/", accounts.admin_login, name="admin_login"),
    path("admin/logout/", accounts.Logout.as_view(), name="admin_logout"),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        accounts.admin_new_password,
        name="admin_new_password",
    ),
    path(
        "admin/password_reset/",
        RedirectView.as_view(pattern_name="password_reset"),
        name="admin_password_reset",
    ),
    path(
        "admin/password_reset/<path:rest>",
        accounts.admin_password_reset,
        name="admin_password_reset_rest",
    ),
    # One account, one screen: Wagtail's own asks for a civil name.
    path("admin/account/", RedirectView.as_view(pattern_name="profile"), name="admin_account"),
    # Before Wagtail's own of the same address.
    path("admin/pages/<int:page_id>/privacy/", privacy_admin.set_privacy, name="set_privacy"),
    path("admin/", include(admin_urls)),
    path("recherche/", include("search.urls")),
    path("", include("wiki.urls")),
]
