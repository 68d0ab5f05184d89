"""Addresses of the wiki. Those that act on a page end with a reserved word."""

from django.contrib.auth import views as auth
from django.urls import path, re_path

from wiki.accounts import views as accounts
from wiki.dashboards import facilitator_views, report_views
from wiki.dashboards import views as desk
from wiki.editing import draft_views, preview, restore_views
from wiki.editing import views as editing
from wiki.history import change_views, contributor_views
from wiki.history import views as history
from wiki.links import views as links
from wiki.media import own_file_views
from wiki.media import views as files
from wiki.organizing import views as organizing
from wiki.pages import site_views, sitemaps, topic_views
from wiki.reading import viewing_as
from wiki.reading import views as pages
from wiki.trash import views as trash

PAGE = r"^(?P<path>(?:[\w-]+/)*)"

OWN_FILE = r"^mes-fichiers/(?P<sort>documents|photos)/(?P<pk>[0-9]{1,18})/"

account_patterns = [
    path("connexion/", accounts.Login.as_view(), name="login"),
    path("deconnexion/", accounts.Logout.as_view(), name="logout"),
    path("profil/", accounts.profile, name="profile"),
    path("profil/autres-sessions/", accounts.close_sessions, name="close_sessions"),
    path("profil/mot-de-passe/", accounts.ChangePassword.as_view(), name="password_change"),
    path(
        "profil/mot-de-passe/fait/",
        auth.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("mot-de-passe/", accounts.ForgottenPassword.as_view(), name="password_reset"),
    path("mot-de-passe/envoye/", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "mot-de-passe/nouveau/<uidb64>/<token>/",
        accounts.NewPassword.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "mot-de-passe/fini/",
        auth.PasswordResetCompleteView.as_view(),
        name="password_reset_complete",
    ),
]

site_patterns = [
    path("themes/", topic_views.topics, name="topics"),
    path("themes/<slug:slug>/", topic_views.topic, name="topic"),
    path("changements/", change_views.changes, name="changes"),
    path("changements/flux/", change_views.changes_feed, name="changes_feed"),
    path("contributeurs/", contributor_views.contributors, name="contributors"),
    path("contributeurs/<int:pk>/", contributor_views.contributor, name="contributor"),
    path("corbeille/", trash.listing, name="trash"),
    path("corbeille/<int:pk>/", trash.trashed, name="trashed"),
    path("corbeille/<int:pk>/rendre/", trash.untrash, name="untrash"),
    path("animer/", facilitator_views.facilitate, name="facilitate"),
    path("animer/erreurs/", report_views.listed, name="reports"),
    path("animer/erreurs/<int:pk>/", report_views.close_report, name="settle_report"),
    path("mon-espace/", desk.own_desk, name="own_desk"),
    path("mon-espace/changements/", desk.changed, name="own_changes"),
    path("pages-a-relire/", desk.pages_to_read_again, name="reviews"),
    path("plan-du-site/", site_views.plan, name="plan"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", site_views.robots, name="robots"),
    path("favicon.ico", site_views.favicon, name="favicon"),
    path("nouveau/", editing.choose_kind, name="choose_kind"),
    path("nouveau/<slug:kind>/", editing.new, name="new"),
    path("nouveau/<slug:kind>/apercu/", preview.preview_new, name="preview_new"),
    path("brouillons/", draft_views.drafts, name="drafts"),
    path("brouillons/enregistrer/", draft_views.save_draft, name="save_draft"),
    path("brouillons/etat/", draft_views.draft_state, name="draft_state"),
    path("brouillons/reunir/", draft_views.take_changes, name="take_changes"),
    path("brouillons/presence/", draft_views.be_present, name="be_present"),
    path("brouillons/<uuid:key>/", draft_views.resume_draft, name="resume_draft"),
    path("brouillons/<uuid:key>/jeter/", draft_views.discard_draft, name="discard_draft"),
    path("pages-a-ecrire/", links.wanted_pages, name="wanted_pages"),
    path("pages-orphelines/", links.orphan_pages, name="orphan_pages"),
    path("liens-casses/", links.broken_links, name="broken_links"),
    path("photos/", files.send_photo, name="send_photo"),
    path("photos/<int:pk>/", files.photo, name="photo"),
    path("pieces/", files.send_file, name="send_file"),
    path("mes-fichiers/", own_file_views.listing, name="own_files"),
    re_path(OWN_FILE + r"renommer/$", own_file_views.rename, name="rename_file"),
    re_path(OWN_FILE + r"supprimer/$", own_file_views.delete, name="delete_file"),
    path("fichiers/<int:pk>/", files.document, name="document"),
    # Named as Wagtail names it: Document.url asks for this name.
    path("fichiers/<int:pk>/<path:filename>", files.document, name="wagtaildocs_serve"),
    path("media/<path:path>", files.media, name="media"),
]

page_patterns = [
    re_path(PAGE + r"modifier/$", editing.edit, name="edit"),
    re_path(PAGE + r"apercu/$", preview.preview, name="preview"),
    re_path(PAGE + r"renommer/$", organizing.rename, name="rename"),
    re_path(PAGE + r"deplacer/$", organizing.move, name="move"),
    re_path(PAGE + r"deplacer/annuler/$", organizing.move_back, name="move_back"),
    re_path(PAGE + r"verrouiller/$", organizing.lock, name="lock"),
    re_path(PAGE + r"reserver/$", organizing.reserve, name="reserve"),
    re_path(PAGE + r"signaler/$", report_views.report, name="report"),
    re_path(PAGE + r"supprimer/$", trash.delete, name="delete"),
    re_path(PAGE + r"pages-liees/$", links.backlinks, name="backlinks"),
    re_path(PAGE + r"historique/$", history.history, name="history"),
    re_path(PAGE + r"versions/(?P<number>[^/]+)/$", history.old_version, name="version"),
    re_path(
        PAGE + r"versions/(?P<number>[^/]+)/restaurer/$", restore_views.restore, name="restore"
    ),
    re_path(PAGE + r"versions/(?P<number>[^/]+)/annuler/$", restore_views.undo, name="undo"),
    re_path(PAGE + r"difference/$", history.compare, name="difference"),
    re_path(PAGE + r"annoter/$", history.annotate, name="annotate"),
    re_path(
        PAGE + r"voir-comme/(?P<role>visiteur|contributeur)/$", viewing_as.view_as, name="view_as"
    ),
    re_path(PAGE + r"flux/$", change_views.page_feed, name="page_feed"),
    # Named as Wagtail names it: Page.url asks for this name.
    re_path(PAGE + r"$", pages.show, name="wagtail_serve"),
    re_path(r"^(?P<path>(?:[\w-]+/)*[\w-]+)$", pages.add_slash),
]

urlpatterns = [*account_patterns, *site_patterns, *page_patterns]
