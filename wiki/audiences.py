"""What was written for some readers only: versions and events that remember their audience."""

from django.db.models import Q, QuerySet

from wiki.models import Audience
from wiki.visibility import satisfied_audiences


def open_rows(user, rows: QuerySet, audience: str = "audience") -> QuerySet:
    """Narrow rows to those whose audience this person satisfies with today's groups.

    Says nothing of the pages: ask `wiki.visibility` too. `audience`: the path to it.
    """
    audiences = satisfied_audiences(user, Audience.objects)
    return rows.filter(Q(**{audience: None}) | Q(**{f"{audience}__in": audiences}))


def audience_of(clauses: set[str]) -> Audience | None:
    """The audience that satisfies all these clauses; None when there is none."""
    key = "&".join(sorted(clauses))
    return Audience.objects.get_or_create(key=key)[0] if key else None


def clauses_of(key: str) -> set[str]:
    return set(key.split("&")) if key else set()
