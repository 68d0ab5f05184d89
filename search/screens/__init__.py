"""The results, and what facilitators keep."""
