"""Screens about the whole site: its plan, and what machines ask of any site."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from wiki.access.visibility import visible_to, with_closed
from wiki.text.french_order import french_key

A_DAY = "private, max-age=86400"
MANY = 12  # pages of a section that hold no other: more are folded


def plan(request):
    """Every readable page under the home page, one query, in the order of the tree."""
    pages = visible_to(request.user, Page.objects.filter(depth__gt=2))
    pages = with_closed(request.user, pages).order_by("path")
    branches = nested(list(pages))
    sections = [section_of(branch) for branch in branches if branch["below"]]
    alone = [branch for branch in branches if not branch["below"]]
    return render(request, "wiki/plan.html", {"sections": sections, "alone": alone})


def section_of(branch: dict) -> dict:
    """A section of the site: its pages that hold others, then by their titles the other ones."""
    groups = [{**below, "total": count_below(below)} for below in branch["below"] if below["below"]]
    leaves = by_title([below for below in branch["below"] if not below["below"]])
    is_long = len(leaves) > MANY
    return {"page": branch["page"], "groups": groups, "leaves": leaves, "is_long": is_long}


def by_title(branches: list[dict]) -> list[dict]:
    return sorted(branches, key=lambda branch: french_key(branch["page"].title))


def count_below(branch: dict) -> int:
    return sum(1 + count_below(below) for below in branch["below"])


def nested(pages: list[Page]) -> list[dict]:
    """Pages in tree order as nested branches: {"page": …, "below": […]}."""
    roots: list[dict] = []
    open_branches: list[dict] = []
    for page in pages:
        branch = {"page": page, "below": []}
        while open_branches and not page.path.startswith(open_branches[-1]["page"].path):
            open_branches.pop()
        (open_branches[-1]["below"] if open_branches else roots).append(branch)
        open_branches.append(branch)
    return roots


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
