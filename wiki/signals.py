"""What happens in the wiki that Wagtail has no signal for."""

from django.dispatch import Signal

topic_changed = Signal()
"""Sent with `topic` when it has another name, or when it was given another topic's pages;
and, once it is deleted, with the ids of the `pages` that had it."""
