"""A new index beside the old one, from the entries of the database; nothing stops meanwhile."""

from collections.abc import Iterator
from itertools import batched

from search.elastic import outbox, places
from search.elastic.client import writing
from search.elastic.index import documents_of
from search.models import SearchEntry

BATCH = 500
FIRST_VERSION = 0  # older than all that the outbox sends
SOURCE = "digest"
