"""Makers of people and pages for tests; pages go through the publishing door."""

from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max
from wagtail.models import Page, PageViewRestriction

from meetings.models import MeetingPage
from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
from structures.models import StructurePage
from wiki.models import ArticlePage, SiteRevision, Topic, TopicLink
from wiki.publishing.publishing import Edit, create, newest_version, publish

_numbers = count(1)
PARENTS = {
    ArticlePage: "collectif",
    GuidelinePage: "situations",
    MeetingPage: "reunions",
    PracticePage: "fiches",
    StructurePage: "lieux",
    TrainingMaterialPage: "supports",
}


def person(*groups: str, **fields):
    """A person who can log in, member of the groups of these names."""
    number = next(_numbers)
    fields.setdefault("username", f"personne-{number}")
    fields.setdefault("display_name", f"Personne {number}")
    fields.setdefault("email", f"personne-{number}@example.org")
    user = get_user_model().objects.create_user(password="un-mot-de-passe-solide", **fields)
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in groups])
    return user


def page(model=ArticlePage, *, parent=None, author=None, topics=(), summary_of_edit="", **fields):
    """A published page of a type, under the index of its type unless `parent` is given."""
    fields.setdefault("title", f"Page {next(_numbers)}")
    made = model(**fields)
    made.set_topics(list(topics))
    parent = parent or Page.objects.get(slug=PARENTS[model], depth__in=[3, 4])
    create(made, parent, Edit(author=author, summary=summary_of_edit))
    return model.objects.get(pk=made.pk)


def rows(model, count: int, *, parent=None, topics=(), **fields) -> list:
    """So many published pages under an index, in its table only and past the door of writing:
    for lists. `fields`: what their rank makes of each field, or one value for all."""
    parent = parent or Page.objects.get(slug=PARENTS[model], depth__in=[3, 4])
    kind = ContentType.objects.get_for_model(model)
    first = (Page.objects.aggregate(Max("pk"))["pk__max"] or 0) + 1
    made = [_row(model, parent, kind, first + rank, rank, fields) for rank in range(count)]
    named = Topic.objects.named(list(topics))
    TopicLink.objects.bulk_create(TopicLink(page_id=p.pk, topic=t) for p in made for t in named)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + count)
    SiteRevision.bump()
    return made


def _row(model, parent, kind, pk: int, rank: int, fields: dict):
    own = {name: value(rank) if callable(value) else value for name, value in fields.items()}
    own = {"title": f"Rang {rank}", **own}
    place = {"depth": parent.depth + 1, "path": Page._get_path(parent.path, parent.depth + 1, pk)}
    address = {"slug": f"rang-{pk}", "url_path": f"{parent.url_path}rang-{pk}/"}
    common = {"content_type": kind, "locale": parent.locale, **place, **address}
    made = model(pk=pk, id=pk, page_ptr_id=pk, **common, **own)
    shared = {f.attname: getattr(made, f.attname) for f in Page._meta.concrete_fields}
    Page.objects.bulk_create([Page(**shared)])
    made.save_base(raw=True, force_insert=True)
    return made


def edited(old, *, author=None, summary_of_edit="", **fields):
    """The page published again with other values; returns the page as it is then."""
    fresh = type(old).objects.get(pk=old.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    newest = newest_version(fresh)
    publish(fresh, Edit(author=author, summary=summary_of_edit, base=newest.number))
    return type(old).objects.get(pk=old.pk)


def restricted_to_login(subject) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=subject.page_ptr, restriction_type=PageViewRestriction.LOGIN
    )


def restricted_to_groups(subject, *names: str) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(
        page=subject.page_ptr, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])
    return restriction
