"""All addresses of the site; the pages of the wiki come last."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls

from wiki.views import accounts

urlpatterns = [
    path("admin/login/", accounts.admin_login),
    path("admin/", include(admin_urls)),
    path("recherche/", include("search.urls")),
    path("", include("wiki.urls")),
]
