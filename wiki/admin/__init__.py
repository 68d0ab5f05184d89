"""The screens of Wagtail that are let in."""
