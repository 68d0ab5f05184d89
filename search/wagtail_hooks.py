"""The search in the Wagtail admin: vocabularies and report, for facilitators."""

from wagtail_modeladmin.options import modeladmin_register

from search.screens.admin import SearchGroup

modeladmin_register(SearchGroup)
