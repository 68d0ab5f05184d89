"""What happened in the wiki that Wagtail has no signal for."""

from django.dispatch import Signal

# Sent with `topic` after a topic was renamed, or after another one was merged into it.
topic_changed = Signal()
