"""« Mon espace »: what waits for the person who comes; and the lists that it opens on."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from wiki.access.permissions import can_facilitate, can_write
from wiki.dashboards import boards, reviews
from wiki.history import own_changes
from wiki.history.changes import written_by
from wiki.models import DaySalt
from wiki.pages.lookup import writers_only

A_SCREEN = 30
FEW = 4  # of what one wrote


@never_cache
@login_required
def own_desk(request):
    """`/mon-espace/`: where one lands after the login; without a role too."""
    DaySalt.forget()
    sections = boards.own.sections(request.user)
    context = {
        "sections": boards.filled(sections),
        "waits": any(section.waits for section in boards.filled(sections)),
        "quiet": boards.quiet(sections) if can_write(request.user) else [],
        "mine": written_by(request.user, FEW),
    }
    return render(request, "wiki/own_desk.html", context)


@never_cache
@login_required
def changed(request):
    """`/mon-espace/changements/`: what others changed on one's pages within a month."""
    pages = own_changes.by_others(request.user)
    listed = Paginator(pages, A_SCREEN).get_page(request.GET.get("page"))
    rows = own_changes.with_before(request.user, list(listed))
    context = {"listed": listed, "rows": rows, "days": own_changes.LATELY.days}
    return render(request, "wiki/own_changes.html", context)


@never_cache
@writers_only(can_write)
def pages_to_read_again(request):
    """`/pages-a-relire/`: of all pages for facilitators, else of one's own."""
    listed = Paginator(reviews.waiting_for(request.user), A_SCREEN)
    listed = listed.get_page(request.GET.get("page"))
    facilitates = can_facilitate(request.user)
    context = {"listed": listed, "rows": reviews.as_due(listed), "facilitates": facilitates}
    return render(request, "wiki/reviews.html", context)
