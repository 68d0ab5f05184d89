"""Wagtail opens no transaction when its admin publishes, moves or deletes: we do."""

from django.db import transaction


class AdminTransactionMiddleware:
    """Runs every POST of the admin in one transaction; an error undoes all of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or not request.path.startswith("/admin/"):
            return None
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
        return response
