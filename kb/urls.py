"""All addresses of the site; the pages of the wiki come last."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls

urlpatterns = [
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/", include(admin_urls)),
    path("recherche/", include("search.urls")),
    path("", include("wiki.urls")),
]
