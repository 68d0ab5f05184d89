"""Deleting, taking back, purging."""
