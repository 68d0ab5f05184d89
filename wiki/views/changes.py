"""Latest changes of the whole site, as a page and as an Atom feed."""

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from wiki.changes import recent

A_PAGE = 30
IN_FEED = 40


def changes(request):
    listed = Paginator(recent(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "wiki/changes.html", {"listed": listed})


class ChangesFeed(Feed):
    """The changes that the reader who asks may know of."""

    feed_type = Atom1Feed
    link = "/changements/"

    def title(self):
        return _("Passerelles: latest changes")

    def get_object(self, request):
        return request.user

    def items(self, user):
        return recent(user)[:IN_FEED]

    def item_title(self, version):
        return version.page.title

    def item_description(self, version):
        return version.summary or version.get_origin_display()

    def item_author_name(self, version):
        return version.signature

    def item_link(self, version):
        return f"{version.page.url}?version={version.number}"

    def item_updateddate(self, version):
        return version.created_at

    def item_pubdate(self, version):
        return version.created_at
