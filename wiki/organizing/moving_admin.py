"""The Wagtail admin and moves: they go one at a time, as those of the site do."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from wiki.organizing import actions


@hooks.register("before_move_page", order=-1)
def moves_one_at_a_time(request, page, destination):
    return refused_move(request, [page, destination])


@hooks.register("before_bulk_action", order=-1)
def bulk_moves_one_at_a_time(request, action_type, objects, action):
    return refused_move(request, objects) if action_type == "move" else None


def refused_move(request, pages):
    """What the admin read before its turn came may stand elsewhere now."""
    actions.lock_tree()
    if any(actions.has_moved(page) for page in pages):
        messages.error(request, _("Somebody has just moved one of these pages: look again."))
        return redirect("wagtailadmin_explore_root")
