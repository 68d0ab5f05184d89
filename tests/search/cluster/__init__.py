"""Tests of the search on a real server: `tests/search/test_cluster.py` runs them."""
