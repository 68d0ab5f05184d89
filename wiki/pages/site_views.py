"""Screens about the whole site: its plan, and what machines ask of any site."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.pages import site_plan

A_DAY = "private, max-age=86400"


def plan(request):
    return render(request, "wiki/plan.html", site_plan.shown_for(request.user))


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /recherche/",
        "Disallow: /*/historique/",
        "Disallow: /*/difference/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Browsers and readers of feeds ask for the icon at this address, whatever pages say."""
    icon = Path(finders.find("img/favicon.ico")).read_bytes()
    headers = {"Cache-Control": A_DAY}
    return HttpResponse(icon, content_type="image/vnd.microsoft.icon", headers=headers)
