"""`/animer/`: what waits for facilitators, and the screens that they have for it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from wiki.access.permissions import can_facilitate
from wiki.access.restrictions import closed_pages, with_readers
from wiki.dashboards import boards
from wiki.leaks.light import RED, light_for
from wiki.pages.lookup import writers_only

A_SCREEN = 20  # closed pages


@never_cache
@writers_only(can_facilitate)
def facilitate(request):
    """What rooms added to the board; before it the light when it is red."""
    sections, light = boards.facilitators.sections(request.user), light_for(request.user)
    closed = Paginator(closed_pages(request.user), A_SCREEN).get_page(request.GET.get("page"))
    context = {
        "waiting": boards.filled(sections),
        "quiet": boards.quiet(sections),
        "light": light,
        "is_red": light.colour == RED,
        "closed": closed,
        "reserved": with_readers(closed),
    }
    return render(request, "wiki/facilitate.html", context)
