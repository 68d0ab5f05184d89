from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog


@pytest.fixture
def admin_templates(settings):
    """Wagtail's own templates count on undefined variables being empty."""
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "string_if_invalid": ""}}]


@pytest.fixture
def writer(contributor, logged_in):
    return logged_in(contributor)


@pytest.fixture
def moved_clock(monkeypatch):
    """A function: what was counted happened so many seconds earlier."""

    def move(seconds):
        for table in (AccessAttempt, AccessLog, AccessFailureLog):
            for row in table.objects.all():
                earlier = row.attempt_time - timedelta(seconds=seconds)
                table.objects.filter(pk=row.pk).update(attempt_time=earlier)

    return move
