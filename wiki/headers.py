"""The Content-Security-Policy of every answer: one for readers and writers, one for the admin."""

from csp.middleware import CSPMiddleware
from django.conf import settings


class PolicyMiddleware(CSPMiddleware):
    """Stands outside all that may answer by itself: kept pages, errors, refusals."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/") and not report_only:
            parts.config = parts.config or settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
