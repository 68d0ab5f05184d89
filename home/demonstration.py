"""Loads the demonstration: people, files, pages with their successive versions.

Idempotent. A page that somebody wrote, moved to the trash or withdrew is left as it is; one
that holds nothing but the demonstration gets the versions that were written since.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files import File
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from home import foundation
from home.demo_files import FOLDER, DemoVersion, keys_of, read_versions
from meetings.models import Action, Attachment, Attendance, Decision, MeetingPage
from practices.models import GuidelinePage, PracticePage, Source, TrainingMaterialPage
from structures.models import Label, Permanence, StructurePage
from wiki.internals.wagtail import note_size_and_hash
from wiki.models import ArticlePage, Version, WikiPage
from wiki.pages.content import written_fields
from wiki.publishing.publishing import Edit, publish
from wiki.text.addresses import slug_of

# folder: the type of its pages and the path of their parent under the home page
FOLDERS = {
    "lieux": (StructurePage, "lieux"),
    "situations": (GuidelinePage, "pratiques/situations"),
    "fiches": (PracticePage, "pratiques/fiches"),
    "supports": (TrainingMaterialPage, "pratiques/supports"),
    "pratiques-articles": (ArticlePage, "pratiques"),
    "reunions": (MeetingPage, "collectif/reunions"),
    "collectif-articles": (ArticlePage, "collectif"),
    "site-articles": (ArticlePage, ""),
}
IN_MENUS = {"glossaire", "presentation-du-collectif", "groupes-de-travail", "la-plaquette"}
PASSWORD = "loire-et-vienne"
ACCOUNTS = [
    ("contributeur", "Médiatrice du Véron", foundation.CONTRIBUTORS),
    ("animation", "Animation du collectif", foundation.FACILITATORS),
    ("administration", "Administration du site", foundation.ADMINISTRATORS),
]
PAGE_LINK = re.compile(r'href="page:([\w-]+)"')
PICTURE = re.compile(r'<img src="picture:([\w.-]+)" alt="([^"]*)">')
OPENED_AT = timezone.make_aware(datetime(2024, 9, 30, 9, 0))
TITLES = {  # of files whose names lack their accents
    "cle-usb": "Clé USB",
    "cote-a-cote": "Côte à côte",
    "donnees-personnelles": "Les données personnelles en 30 minutes",
    "ecrire-simplement": "Écrire simplement",
    "former-l-accueil": "Former l’accueil",
    "preparer-une-seance": "Préparer une séance",
    "telephone-hamecon": "Téléphone au hameçon",
}
NEVER = timezone.make_aware(datetime(1, 1, 2))
IN_DAYS = re.compile(r"^\+(\d+) days$")


def load(quiet: bool = False) -> int:
    """Load what is missing, in one transaction, then read its files for the search; returns how
    many versions were written."""
    versions = read_versions()
    with transaction.atomic():
        home = foundation.create_site(OPENED_AT)
        transaction.on_commit(partial(call_command, "read_files", verbosity=0, stdout=StringIO()))
        return Loader(home, versions).run(quiet)


class Loader:
    """Holds what the files name — people, pages, documents, pictures — while they load."""

    def __init__(self, home: Page, versions: list[DemoVersion]):
        self.versions = versions
        self.people = make_people({version.data["author"] for version in versions})
        self.documents = made_from(FOLDER / "files", get_document_model())
        self.pictures = made_from(FOLDER / "pictures", get_image_model())
        self.parents = {path: parent_at(home, path) for _type, path in FOLDERS.values()}
        keys = keys_of(versions)
        self.pages = loaded_pages(keys)
        self.since = {slug: last_written(page, keys) for slug, page in self.pages.items()}
        for version in versions:
            if version.slug not in self.pages:
                self.pages[version.slug] = self.reserve(version)

    def run(self, quiet: bool) -> int:
        wanted = [version for version in self.versions if self.lacks(version)]
        for version in tqdm(wanted, unit="version", disable=quiet or None):
            self.publish(version)
        return len(wanted)

    def lacks(self, version: DemoVersion) -> bool:
        since = self.since.get(version.slug, NEVER)
        return since is not None and version.written_at > since

    def reserve(self, version: DemoVersion) -> WikiPage:
        """The page of a file, put in the tree so that others may link to it.

        A page that people made at that place is left alone: others only link to it.
        """
        model, path = FOLDERS[version.folder]
        parent = Page.objects.get(pk=self.parents[path].pk)
        found = parent.get_children().filter(slug=version.slug).first()
        if found:
            self.since[version.slug] = None
            return found.specific
        page = model(title=version.data["title"], slug=version.slug, live=False)
        page.show_in_menus = version.slug in IN_MENUS
        if model is MeetingPage:
            page.date = meeting_day(version.data["date_of_meeting"])
        parent.add_child(instance=page)
        return page

    def publish(self, version: DemoVersion) -> None:
        page = type(self.pages[version.slug]).objects.get(pk=self.pages[version.slug].pk)
        data = version.data
        for name, value in self.fields(page, data).items():
            setattr(page, name, value)
        page.body = self.body(version.body)
        page.set_topics(data.get("topics", []))
        for name, rows in self.rows(data, type(page)).items():
            setattr(page, name, rows)
        author = self.people[data["author"]]
        edit = Edit(
            author=author,
            summary=data["change"],
            created_at=version.written_at,
            key=version.key,
            brings_files=True,
        )
        publish(page, edit)

    def fields(self, page: WikiPage, data: dict) -> dict:
        """Values of the page's own fields; a file that leaves one out empties it."""
        names = {field.name for field in page._meta.concrete_fields}
        values = {
            field.name: field.get_default()
            for field in written_fields(type(page))
            if field.name not in {"title", "body", "date"}
        }
        values |= {key: value for key, value in data.items() if key in names and key != "date"}
        if not IN_DAYS.match(data.get("date_of_meeting", "+1 days")):
            values["date"] = meeting_day(data["date_of_meeting"])
        for key in ("review_on", "starts_at", "ends_at"):
            if values.get(key):
                kind = date if key == "review_on" else time
                values[key] = kind.fromisoformat(values[key])
        if values.get("structure_parente"):
            values["structure_parente"] = self.pages[values["structure_parente"]]
        if values.get("document"):
            values["document"] = self.documents[values["document"]]
        for key in ("other_wordings", "agenda"):
            if isinstance(values.get(key), list):
                values[key] = "\n".join(values[key])
        return values

    def rows(self, data: dict, model: type[WikiPage]) -> dict[str, list]:
        """Child rows by relation."""
        if model is GuidelinePage:
            return {"sources": [Source(**row) for row in data.get("sources", [])]}
        if model is StructurePage:
            return {
                "labels": [Label(**row) for row in data.get("labels", [])],
                "permanences": [self.permanence(row) for row in data.get("permanences", [])],
            }
        return self.meeting_rows(data) if model is MeetingPage else {}

    def permanence(self, row: dict) -> Permanence:
        place = self.pages.get(row.get("place", ""))
        name = "" if place else row.get("place", "")
        return Permanence(
            place=place, place_name=name, rhythm=row.get("rhythm", ""), note=row.get("note", "")
        )

    def meeting_rows(self, data: dict) -> dict[str, list]:
        present = data.get("structures_present", [])
        return {
            "attendances": [Attendance(structure=self.pages[slug]) for slug in present],
            "decisions": [Decision(**row) for row in data.get("decisions", [])],
            "actions": [self.action(row) for row in data.get("actions", [])],
            "attachments": [
                Attachment(document=self.documents[row["document"]], title=row.get("title", ""))
                for row in data.get("attachments", [])
            ],
        }

    def action(self, row: dict) -> Action:
        owner = self.pages.get(row.get("owner", ""))
        due = meeting_day(row["due"]) if row.get("due") else None
        return Action(
            **{**row, "owner": owner.title if owner else row.get("owner", ""), "due": due}
        )

    def body(self, text: str) -> str:
        """Links by slug and pictures by name become Wagtail's own markup."""
        linked = PAGE_LINK.sub(lambda m: f'linktype="page" id="{self.pages[m[1]].pk}"', text)
        return PICTURE.sub(
            lambda m: (
                f'<embed embedtype="image" id="{self.pictures[m[1]].pk}" alt="{m[2]}" '
                'format="fullwidth">'
            ),
            linked,
        )


def loaded_pages(keys: dict[UUID, str]) -> dict[str, WikiPage]:
    """The pages that hold a version of the demonstration already, by the slug of its file.

    They are known by their versions, wherever people put them since.
    """
    found = Version.objects.filter(key__in=keys).select_related("page")
    return {keys[version.key]: version.page.specific for version in found}


def last_written(page: WikiPage, keys: dict[UUID, str]) -> datetime | None:
    """When a loaded page got its newest version; None if people had a hand in it."""
    written = list(Version.objects.filter(page_id=page.pk).values_list("key", "created_at"))
    ours = page.live and all(key in keys for key, _moment in written)
    return max(moment for _key, moment in written) if ours else None


def parent_at(home: Page, path: str) -> Page:
    page = home
    for slug in filter(None, path.split("/")):
        page = page.get_children().get(slug=slug)
    return page


def meeting_day(text: str) -> date:
    """A day, or « +21 days » from today: the next meeting is always to come."""
    ahead = IN_DAYS.match(text)
    if not ahead:
        return date.fromisoformat(text)
    return timezone.localdate() + timedelta(days=int(ahead[1]))


def made_from(folder: Path, model) -> dict[str, object]:
    """A document or an image for each file of a folder, by file name."""
    found = {}
    for path in sorted(item for item in folder.iterdir() if item.is_file()):
        plain = path.stem.replace("-", " ").capitalize()
        title = TITLES.get(path.stem, plain)
        item = model.objects.filter(title__in=[title, plain]).first()
        if item is None:
            with path.open("rb") as opened:
                item = model(title=title, file=File(opened, name=path.name))
                note_size_and_hash(item)
                item.save()
        found[path.name] = item
    return found


def make_people(names: set[str]) -> dict[str, object]:
    """The accounts, and authors who cannot log in; by the name that signs their pages."""
    people = {}
    for username, name, group in ACCOUNTS:
        people[name] = make_person(username, name, group, PASSWORD)
    for name in names - people.keys():
        people[name] = make_person(slug_of(name), name, foundation.CONTRIBUTORS, None)
    return people


def make_person(username: str, name: str, group: str, password: str | None):
    model = get_user_model()
    person = model.objects.filter(username=username).first()
    if person is None:
        person = model(username=username, display_name=name, email=f"{username}@demo.example")
        person.set_password(password if settings.DEMO_ACCOUNTS else None)
        person.save()
        person.groups.add(Group.objects.get(name=group))
    return person
