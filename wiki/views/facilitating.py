"""`/animer/`: what facilitators keep an eye on, and the screens that they have for it."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from wiki import kinds, linked, lost_files, reports, trash
from wiki.leaks.light import light_for
from wiki.models import BrokenLink
from wiki.permissions import can_facilitate
from wiki.reserved import closed_pages
from wiki.views.lookup import writers_only
from wiki.visibility import visible_to


@never_cache
@writers_only(can_facilitate)
def facilitate(request):
    closed = closed_pages(request.user)
    context = {
        "light": light_for(request.user),
        "counts": {**counts(request.user), "closed": len(closed)},
        "closed": closed,
    }
    return render(request, "wiki/facilitate.html", context)


def counts(user) -> dict[str, int]:
    """How many wait behind each link."""
    broken = BrokenLink.objects.filter(page__in=visible_to(user).values("pk"))
    return {
        "reports": reports.waiting(user).count(),
        "trash": trash.shown_to(user).count(),
        "wanted": linked.wanted_titles(user).count(),
        "orphans": linked.orphans(user, list(kinds.all_kinds().values())).count(),
        "broken": broken.count() + lost_files.count(user),
    }
