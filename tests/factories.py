"""Makers of people and pages for tests; pages go through the publishing door."""

from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from meetings.models import MeetingPage
from practices.models import GuidelinePage, PracticePage, TrainingMaterialPage
from structures.models import StructurePage
from wiki.models import ArticlePage
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
