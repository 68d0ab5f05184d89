"""What a site needs before its first page: groups with their rights, sections, home page.

Idempotent: what exists, under whatever title, is left as it is.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from home.demo_files import read
from home.models import HomePage
from meetings.models import MeetingIndexPage
from practices.models import GuidelineIndexPage, PracticeIndexPage, TrainingMaterialIndexPage
from structures.models import StructureIndexPage
from wiki.models import ArticlePage, SectionPage, Trash
from wiki.publishing.publishing import Edit, create, publish

CONTRIBUTORS, FACILITATORS, ADMINISTRATORS = "Contributeurs", "Animateurs", "Administrateurs"
FILES = [
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
]
RIGHTS = {
    CONTRIBUTORS: ["wiki.write_pages"],
    FACILITATORS: [
        "wiki.write_pages",
        "wiki.facilitate",
        "wagtailadmin.access_admin",
        "wiki.add_topic",
        "wiki.change_topic",
        "wiki.delete_topic",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ],
}
RIGHTS[ADMINISTRATORS] = [
    *RIGHTS[FACILITATORS],
    "wiki.add_user",
    "wiki.change_user",
    "wiki.delete_user",
    "wagtailcore.change_site",
]
TREE_RIGHTS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
FIRST_PAGES = Path(__file__).parent / "first_pages"

# slug, type, title, summary, children
SECTIONS = [
    (
        "lieux",
        StructureIndexPage,
        "Lieux",
        "Qui aide, où, quand, et à quel prix, autour de Chinon.",
        [],
    ),
    (
        "pratiques",
        SectionPage,
        "Pratiques",
        "Que faire, que dire, comment l’enseigner.",
        [
            (
                "situations",
                GuidelineIndexPage,
                "Situations délicates",
                "Un mot de passe confié, une arnaque, une personne qui ne lit pas : "
                "une réponse courte, puis ce que je dis, fais et refuse.",
            ),
            (
                "fiches",
                PracticeIndexPage,
                "Fiches d’atelier",
                "Des ateliers prêts à mener, pas à pas, sur téléphone, tablette ou ordinateur.",
            ),
            (
                "supports",
                TrainingMaterialIndexPage,
                "Supports de formation",
                "Des documents et des liens pour former, ou pour se former entre nous.",
            ),
        ],
    ),
    (
        "collectif",
        SectionPage,
        "Collectif",
        "Nos réunions, nos décisions, nos chantiers.",
        [
            (
                "reunions",
                MeetingIndexPage,
                "Réunions",
                "Les réunions à venir et les comptes rendus, année par année.",
            ),
        ],
    ),
]
DOORS = [
    ("lieux", "Les lieux", "Qui aide, où, quand, et à quel prix."),
    ("pratiques", "Les pratiques", "Que faire, que dire, comment l’enseigner."),
    ("collectif", "Le collectif", "Nos réunions, nos décisions, nos chantiers."),
]
EXAMPLES = "un usager me donne son mot de passe\nimprimer une attestation\nje pense à une arnaque"


@transaction.atomic
def create_site(created_at: datetime | None = None) -> HomePage:
    """Make what is missing, dated `created_at` or now; returns the home page."""
    home = HomePage.objects.first() or _home()
    for slug, model, title, summary, children in SECTIONS:
        section = _section(home, slug, model, title, summary, created_at)
        for child in children:
            _section(section, *child, created_at)
    if not home.doors:
        _open_doors(home, created_at)
    for name in RIGHTS:
        _group(name, home)
    return HomePage.objects.get(pk=home.pk)


@transaction.atomic
def create_first_pages(home: HomePage) -> None:
    """The pages to which the foot of every page leads, short, for the collective to complete."""
    for path in sorted(FIRST_PAGES.glob("*.html")):
        first = read(path)
        if not home.get_children().filter(slug=first.slug).exists():
            page = ArticlePage(slug=first.slug, body=first.body, **first.data)
            create(page, home, Edit(author_name=settings.SITE_NAME))


def _home() -> HomePage:
    root = Page.get_first_root_node()
    home = HomePage(
        title=settings.SITE_NAME,
        slug="passerelles",
        heading="Quelqu’un près d’ici a déjà trouvé la réponse.",
        examples=EXAMPLES,
        live=False,
    )
    root.add_child(instance=home)
    host, _colon, port = settings.SITE_URL.partition("://")[2].partition(":")
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    first = site.root_page if site.root_page_id else None
    site.hostname, site.port = host, int(port or 80)
    site.root_page, site.site_name = home, settings.SITE_NAME
    site.save()
    if first and first.specific_class is Page:
        first.delete()  # Wagtail's « Welcome » page
    return HomePage.objects.get(pk=home.pk)


def _section(parent: Page, slug: str, model, title: str, summary: str, created_at) -> Page:
    found = Page.objects.get(pk=parent.pk).get_children().filter(slug=slug).first()
    if found:
        return found
    page = model(title=title, slug=slug, summary=summary, show_in_menus=True, live=False)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    opening = "Ouverture de la rubrique."
    publish(page, Edit(author_name=settings.SITE_NAME, summary=opening, created_at=created_at))
    return page


def _open_doors(home: HomePage, created_at) -> None:
    home = HomePage.objects.get(pk=home.pk)
    children = {page.slug: page.pk for page in home.get_children()}
    home.doors = [
        ("door", {"page": Page.objects.get(pk=children[slug]), "title": title, "text": text})
        for slug, title, text in DOORS
    ]
    publish(home, Edit(author_name=settings.SITE_NAME, created_at=created_at))


def _group(name: str, home: Page) -> None:
    group, made = Group.objects.get_or_create(name=name)
    if not made:
        return
    for right in RIGHTS[name]:
        app, _dot, codename = right.partition(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    for right in FILES:
        _collection_right(group, right)
    if name != CONTRIBUTORS:
        for page in (home, Trash.current()):
            _tree_rights(group, page)


def _tree_rights(group: Group, page: Page) -> None:
    """Wagtail's own rights: over the site's tree, and to take pages back from the trash."""
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore")
    for permission in permissions.filter(codename__in=TREE_RIGHTS):
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)


def _collection_right(group: Group, right: str) -> None:
    app, _dot, codename = right.partition(".")
    permission = Permission.objects.get(content_type__app_label=app, codename=codename)
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=Collection.get_first_root_node(), permission=permission
    )
