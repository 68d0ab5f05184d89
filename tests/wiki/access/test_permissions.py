"""Who may do what, from the front office and from the admin."""

import html
import re

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import Client
from wagtail.models import Page

from tests import factories
from tests.wiki import form_filling
from wiki.access import permissions
from wiki.admin.door import is_open
from wiki.models import ArticlePage, SiteRevision, Version
from wiki.pages import kinds

pytestmark = pytest.mark.django_db
ROLES = {
    "outsider": (),
    "contributor": ("Contributeurs",),
    "facilitator": ("Animateurs",),
    "administrator": ("Administrateurs",),
}
WRITERS = {"contributor", "facilitator", "administrator", "superuser"}
KEEPERS = {"facilitator", "administrator", "superuser"}
EVERY_ROLE = ["anonymous", *ROLES, "superuser"]


def someone(role: str):
    if role == "anonymous":
        return AnonymousUser()
    if role == "superuser":
        return factories.person(is_superuser=True)
    return factories.person(*ROLES[role])


@pytest.fixture
def article(contributor):
    return factories.page(title="Le wifi public", author=contributor)


# What is asked, and the roles that may.
RULES = [
    (permissions.can_edit, WRITERS),
    (permissions.can_rename, WRITERS),
    (permissions.can_move, KEEPERS),
    (permissions.can_delete, KEEPERS),
]


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize(
    ("rule", "allowed"), RULES, ids=lambda value: getattr(value, "__name__", "")
)
def test_rights_over_the_page_of_somebody_else(article, role, rule, allowed):
    assert rule(someone(role), article) == (role in allowed)


def test_a_contributor_deletes_what_they_wrote_alone(article, contributor, other_contributor):
    assert permissions.can_delete(contributor, article)
    assert not permissions.can_delete(other_contributor, article)
    article = factories.edited(article, author=other_contributor, summary="Autre")
    assert not permissions.can_delete(contributor, article)


def test_a_contributor_does_not_delete_a_page_that_holds_others(article, contributor):
    factories.page(parent=Page.objects.get(pk=article.pk), author=contributor)
    assert not permissions.can_delete(contributor, ArticlePage.objects.get(pk=article.pk))


def test_an_imported_page_was_written_by_nobody_here(contributor):
    assert not permissions.can_delete(contributor, factories.page())


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_locked_page_is_edited_by_facilitators_only(article, role):
    Page.objects.filter(pk=article.pk).update(locked=True)
    article = ArticlePage.objects.get(pk=article.pk)
    assert permissions.can_edit(someone(role), article) == (role in KEEPERS)
    assert permissions.can_rename(someone(role), article) == (role in KEEPERS)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_sections_that_hold_the_site_up_stay(role):
    section = Page.objects.get(slug="situations").specific
    user = someone(role)
    assert permissions.can_edit(user, section) == (role in WRITERS)
    for rule in (permissions.can_rename, permissions.can_move, permissions.can_delete):
        assert not rule(user, section)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_home_page_is_not_written_in_the_front_office(role):
    home = Page.objects.get(depth=2, live=True)
    assert not permissions.can_edit(someone(role), home)


@pytest.mark.parametrize("role", ["contributor", "facilitator", "administrator"])
def test_nobody_edits_what_they_may_not_read(article, role):
    factories.restricted_to_groups(article, "Bureau")
    for rule, _allowed in RULES:
        assert not rule(someone(role), article)


def test_a_person_put_aside_writes_no_more(article, contributor):
    contributor.is_active = False
    contributor.save()
    assert not permissions.can_edit(contributor, article)


SCREENS = [
    ("modifier/", WRITERS),
    ("renommer/", WRITERS),
    ("deplacer/", KEEPERS),
    ("supprimer/", KEEPERS),
]


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("role", ["outsider", *sorted(WRITERS)])
@pytest.mark.parametrize(("screen", "allowed"), SCREENS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_screens_obey_the_rights(article, logged_in, role, screen, allowed, method):
    client = logged_in(someone(role))
    before = everything()
    answer = getattr(client, method)(f"{article.address}{screen}")
    if role in allowed:
        assert answer.status_code in {200, 409, 422}
    else:
        assert answer.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("screen", [screen for screen, _allowed in SCREENS])
@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_people_are_asked_to_log_in_and_led_back(article, client, screen, method):
    address = f"{article.address}{screen}"
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer.url) == (302, f"/connexion/?next={address}")


@pytest.mark.parametrize("kind", ["", *kinds.all_kinds()])
def test_anonymous_people_are_asked_to_log_in_to_write_a_new_page(client, kind):
    address = f"/nouveau/{kind}/?titre=Neuf" if kind else "/nouveau/"
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/connexion/?next=/nouveau/")


@pytest.mark.parametrize("kind", ["", *kinds.all_kinds()])
def test_outsiders_write_no_page(logged_in, kind):
    address = f"/nouveau/{kind}/" if kind else "/nouveau/"
    client = logged_in(someone("outsider"))
    assert client.get(address).status_code == 403
    assert client.post(address, {"title": "Neuf"}).status_code == 403
    assert not Page.objects.filter(title="Neuf").exists()


def test_a_page_shows_only_the_actions_that_one_may_do(article, logged_in, client, contributor):
    seen = {}
    for role in EVERY_ROLE:
        reader = client if role == "anonymous" else logged_in(someone(role))
        text = reader.get(article.address).content.decode()
        seen[role] = {
            word
            for word in ("modifier", "renommer", "deplacer", "supprimer")
            if f'href="{article.address}{word}/"' in text
        }
    everything_ = {"modifier", "renommer", "deplacer", "supprimer"}
    assert seen["anonymous"] == seen["outsider"] == set()
    assert seen["contributor"] == {"modifier", "renommer"}
    assert seen["facilitator"] == seen["administrator"] == seen["superuser"] == everything_


# GET changes nothing; a POST needs its token.


def everything() -> tuple:
    return (
        SiteRevision.current(),
        Page.objects.count(),
        Version.objects.count(),
        list(Page.objects.order_by("pk").values_list("path", "slug", "live", "title")),
    )


def get_addresses(page) -> list[str]:
    about = [f"{page.address}{screen}" for screen, _allowed in SCREENS]
    reading = ["", "historique/", "versions/1/", "difference/"]
    own = ["/nouveau/", *(f"/nouveau/{kind}/" for kind in kinds.all_kinds())]
    site = ["/profil/", "/connexion/", "/deconnexion/", "/recherche/?q=wifi", "/changements/"]
    admin = ["unpublish", "delete", "move", "copy", "edit"]
    return [
        *about,
        *(f"{page.address}{screen}" for screen in reading),
        *(own + site),
        *(f"/admin/pages/{page.pk}/{action}/" for action in admin),
    ]


def test_get_changes_nothing(article, facilitator, logged_in):
    client, before = logged_in(facilitator), everything()
    for address in get_addresses(article):
        assert client.get(address).status_code < 500, address
        client.head(address)
    assert everything() == before
    assert "_auth_user_id" in client.session


def test_every_form_is_protected_against_forgery(article, facilitator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)
    before = everything()
    screens = [f"{article.address}{screen}" for screen, _allowed in SCREENS]
    new = [f"/nouveau/{kind}/" for kind in kinds.all_kinds()]
    account = ["/profil/", "/deconnexion/", "/profil/mot-de-passe/"]
    outside = ["/mot-de-passe/", f"/admin/pages/{article.pk}/unpublish/"]
    for address in [*screens, *new, *account, *outside]:
        assert client.post(address, {"title": "Forgé"}).status_code == 403, address
    assert Client(enforce_csrf_checks=True).post("/connexion/", {}).status_code == 403
    assert everything() == before


def test_other_methods_change_nothing(article, facilitator, logged_in):
    client, before = logged_in(facilitator), everything()
    for method in ("put", "patch", "delete", "options"):
        for screen in ("", *(screen for screen, _allowed in SCREENS)):
            answer = getattr(client, method)(f"{article.address}{screen}")
            assert answer.status_code < 500
    assert everything() == before


# The admin.


@pytest.mark.parametrize("action", ["unpublish", "delete", "move", "copy", "privacy", "lock"])
def test_contributors_do_nothing_to_pages_in_the_admin(article, contributor, logged_in, action):
    client, before = logged_in(contributor), everything()
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/admin/pages/{article.pk}/{action}/")
        assert answer.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("role", ["contributor", "facilitator"])
@pytest.mark.parametrize("address", ["/admin/users/", "/admin/users/add/", "/admin/groups/"])
def test_only_administrators_manage_people(logged_in, role, address):
    answer = logged_in(someone(role)).get(address)
    assert answer.status_code == 403


def test_administrators_manage_people_but_do_not_rise_above_themselves(
    administrator, logged_in, admin_templates
):
    client = logged_in(administrator)
    assert client.get("/admin/users/").status_code == 200
    answer = client.get(f"/admin/users/edit/{administrator.pk}/")
    assert "is_superuser" not in answer.content.decode()


def test_the_admin_asks_anonymous_people_to_log_in_on_the_site(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/connexion/?next=")


def test_an_outsider_who_opens_the_admin_is_told_no(logged_in):
    answer = logged_in(someone("outsider")).get("/admin/", follow=True)
    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["facilitator", "administrator"])
def test_the_admin_opens_in_french_with_few_menus(logged_in, role, admin_templates):
    answer = logged_in(someone(role)).get("/admin/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert '<html lang="fr' in text
    menu = text.partition("wagtail-sidebar-props")[2].partition("</script>")[0]
    assert ("/admin/images/" in menu) and ("/admin/documents/" in menu)
    assert ("/admin/users/" in menu) == (role == "administrator")
    assert "/admin/pages/" in menu
    assert "/admin/reports/" not in menu
    assert "/admin/groups/" not in menu


@pytest.mark.parametrize("role", ["facilitator", "administrator"])
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/documents/", "{page}"]
)
def test_menus_and_buttons_of_the_admin_lead_to_screens_that_open(
    article, logged_in, role, address, admin_templates
):
    user = someone(role)
    parent = article.get_parent().pk
    text = logged_in(user).get(address.replace("{page}", f"/admin/pages/{parent}/")).content
    offered = set(re.findall(r"/admin/[\w/.-]*", html.unescape(text.decode())))
    static = {"/admin/"} | {a for a in offered if a.startswith("/admin/api/")}
    known = {"/admin/block-preview/"}  # told to the scripts; no block has a preview
    assert [a for a in sorted(offered - static - known) if not is_open(user, a)] == []


@pytest.mark.parametrize("role", ["outsider", "contributor"])
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/images/", "/admin/documents/", "/admin/pages/", "/admin/x/y/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_contributors_have_no_admin_and_are_told_where_to_go(role, address, method, logged_in):
    answer = getattr(logged_in(someone(role)), method)(address)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "réservé à l’animation" in text
    assert 'href="/profil/"' in text
    assert ('href="/nouveau/"' in text) == (role == "contributor")


def test_contributors_who_kept_the_right_of_wagtail_have_no_admin_either(contributor, logged_in):
    """Sites that were there before gave it to them; a group of Wagtail's own does too."""
    contributor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert logged_in(contributor).get("/admin/images/").status_code == 403


@pytest.mark.parametrize(
    ("action", "screen"),
    [
        ("move", "deplacer/"),
        ("unpublish", "supprimer/"),
        ("history", "historique/"),
        ("revisions", "historique/"),
        ("view_draft", ""),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_the_site_does_itself_is_not_done_in_the_admin(
    article, facilitator, logged_in, action, screen, method
):
    before = everything()
    answer = getattr(logged_in(facilitator), method)(f"/admin/pages/{article.pk}/{action}/")
    assert (answer.status_code, answer.url) == (302, f"{article.url}{screen}")
    assert everything() == before


def test_a_facilitator_restricts_a_page_in_the_admin(article, facilitator, logged_in, client):
    address = f"/admin/pages/{article.pk}/privacy/"
    answer = logged_in(facilitator).post(address, {"restriction_type": "login", "password": ""})
    assert answer.status_code == 200
    assert client.get(article.address).status_code == 302


def test_a_facilitator_locks_a_page_in_the_admin(article, facilitator, contributor, logged_in):
    keeper, writer = logged_in(facilitator), logged_in(contributor)
    assert keeper.post(f"/admin/pages/{article.pk}/lock/").status_code == 302
    assert writer.get(f"{article.address}modifier/").status_code == 403
    assert f'href="{article.address}modifier/"' not in writer.get(article.address).content.decode()
    assert form_filling.edit(keeper, article, summary="Verrouillée").status_code == 302
    assert keeper.post(f"/admin/pages/{article.pk}/unlock/").status_code == 302
    assert writer.get(f"{article.address}modifier/").status_code == 200


@pytest.mark.parametrize(("role", "named"), [("contributor", "Situations"), ("facilitator", "X")])
def test_the_sections_are_named_by_facilitators(role, named, logged_in):
    section = Page.objects.get(slug="situations").specific
    before = section.title
    answer = form_filling.edit(logged_in(someone(role)), section, title="X", summary="Autre résumé")
    assert answer.status_code == 302
    section = Page.objects.get(pk=section.pk).specific
    assert section.summary == "Autre résumé"
    assert section.title == (before if role == "contributor" else named)
