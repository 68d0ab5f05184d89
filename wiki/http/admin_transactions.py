"""Wagtail opens no transaction when its admin publishes, moves or deletes: we do."""

from django.contrib.messages import get_messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import render
from django.utils.datastructures import MultiValueDictKeyError

from wiki.access import granting

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class AdminTransactionMiddleware:
    """Runs what the admin changes in one transaction; an error, or a refusal, undoes all of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE or not request.path.startswith("/admin/"):
            return None
        try:
            with transaction.atomic(), granting.kept(request.user):
                return rendered(view(request, *args, **kwargs))
        except MultiValueDictKeyError as missing:  # Wagtail's blocks trust that their rows are sent
            raise BadRequest("This form did not come whole.") from missing
        except granting.GrantRefused as refusal:
            list(get_messages(request))  # read, so that « done » is not said of what was undone
            return render(request, "wiki/refused.html", {"why": refusal}, status=403)


def rendered(response):
    if hasattr(response, "render") and callable(response.render):
        return response.render()
    return response
