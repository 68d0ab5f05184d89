"""Versions, who wrote what, what changed lately."""
