"""All addresses of the site; the pages of the wiki come last."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls

from wiki.views import accounts

urlpatterns = [
    path("admin/login/", accounts.admin_login),
    path("admin/logout/", accounts.Logout.as_view()),
    path("admin/password_reset/confirm/<uidb64>/<token>/", accounts.admin_new_password),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="password_reset")),
    path("admin/password_reset/<path:rest>", accounts.admin_password_reset),
    # One account, one screen: Wagtail's own asks for a civil name.
    path("admin/account/", RedirectView.as_view(pattern_name="profile")),
    path("admin/", include(admin_urls)),
    path("recherche/", include("search.urls")),
    path("", include("wiki.urls")),
]
