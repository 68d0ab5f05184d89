"""The settings of the tests, for the screens of the admin: its templates name what is not there."""

from kb.settings.test import *  # noqa: F403

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # noqa: F405
