"""The Content-Security-Policy of every answer: one for readers and writers, one for the admin."""

import base64
import hashlib
import json
import re

from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings

# What Wagtail's choosers write in the page: one call, with an id and values in JSON.
CHOOSER = re.compile(rb'<script>(new \w*Chooser\w*\("[\w-]*", (\{[^<>\n]*\})\);)</script>')


class PolicyMiddleware(CSPMiddleware):
    """Stands outside all that may answer by itself: kept pages, errors, refusals."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/") and not report_only:
            parts.config = parts.config or settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class ChooserMiddleware:
    """Stands inside what zips: reads the page as it was made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/") and (hashes := chooser_hashes(response)):
            csp_update({"script-src": hashes})(lambda: response)()
        return response


def chooser_hashes(response) -> list[str]:
    """Of the scripts that do nothing but open a chooser; others stay forbidden."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    return [hash_of(call) for call, values in CHOOSER.findall(response.content) if is_json(values)]


def is_json(values: bytes) -> bool:
    try:
        json.loads(values)
    except ValueError:
        return False
    return True


def hash_of(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
