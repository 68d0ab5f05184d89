import pytest


@pytest.fixture
def admin_templates(settings):
    """Wagtail's own templates count on undefined variables being empty."""
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "string_if_invalid": ""}}]


@pytest.fixture
def writer(contributor, logged_in):
    return logged_in(contributor)
