"""Tests of the search on a real server: `tests/search/engines/test_cluster.py` runs them."""
