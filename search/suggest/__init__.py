"""Completion of titles."""
