"""Screens of the wiki; each module holds those of one subject."""
