"""All addresses of the site; the pages of the wiki come last."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls

from wiki.views import accounts

handler500 = "wiki.views.busy.when_it_fails"

urlpatterns = [
    path("admin/login/", accounts.admin_login),
    # One account, one screen: Wagtail's own asks for a civil name.
    path("admin/account/", RedirectView.as_view(pattern_name="profile")),
    path("admin/", include(admin_urls)),
    path("recherche/", include("search.urls")),
    path("", include("wiki.urls")),
]
