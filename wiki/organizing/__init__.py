"""Renaming, moving, locking, restricting."""
