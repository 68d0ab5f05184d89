"""People by what they wrote, under the names they signed with."""

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.models import Page

from wiki.access.visibility import visible_to, with_closed
from wiki.history import contributors as people

A_PAGE = 60


def contributors(request):
    listed = Paginator(people.everybody(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "wiki/contributors.html", {"listed": listed})


def contributor(request, pk):
    changes = people.changes_signed_as(pk, request.user)
    if changes is None:
        raise Http404
    told = changes.aggregate(first=Min("id"), total=Count("id"), last=Max("created_at"))
    if told["first"] != pk:
        return redirect(whole_address(request, told["first"]))
    listed = Paginator(people.pages_of(changes), A_PAGE).get_page(request.GET.get("page"))
    rows = list(listed)
    pages = visible_to(request.user, Page.objects.filter(pk__in=[row["page_id"] for row in rows]))
    known = {page.pk: page for page in with_closed(request.user, pages)}
    for row in rows:
        row["page"] = known[row["page_id"]]
    context = {
        "name": changes.first().author_name,
        "listed": listed,
        "rows": rows,
        **told,
    }
    return render(request, "wiki/contributor.html", context)


def whole_address(request, pk: int) -> str:
    """The one address of a contributor, whichever of their changes led here."""
    query = request.GET.urlencode()
    return reverse("contributor", args=[pk]) + (f"?{query}" if query else "")
