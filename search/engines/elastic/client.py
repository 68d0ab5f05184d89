"""The only place that knows which client speaks to the cluster.

`opensearch://user:password@host:9200,host2:9200/?index=passerelles` takes opensearch-py, the
same with `elasticsearch://` the official client; `opensearchs://`, `elasticsearchs://` and
`?tls=1` speak TLS, `&ca=FILE` trusts an authority of one's own, `&shards=3` cuts new indexes.
Both clients take the same calls here; only their construction differs, and the `.body` that
elasticsearch_dsl reads of an answer, which opensearch-py does not give.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

READING = 2  # seconds that a reader may wait before the database answers
WRITING = 30
THREADS = 16  # of a process, that ask at once
PORT = "9200"


@dataclass(frozen=True)
class ClusterAddress:
    """What a SEARCH_URL says."""

    is_opensearch: bool
    hosts: tuple[str, ...]
    index: str = "passerelles"
    login: tuple[str, str] | None = None
    authority: str = ""
    shards: int = 1


def address_of(url: str) -> ClusterAddress:
    """Raises ImproperlyConfigured when a part of it makes no sense."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    login, _at, names = parts.netloc.rpartition("@")
    user, _colon, password = login.partition(":")
    is_tls = parts.scheme.endswith("s") or options.get("tls", "") in ("1", "yes", "true")
    hosts = tuple(host_of(name, is_tls) for name in names.split(",") if name)
    shards = options.get("shards", "1")
    index = options.get("index", ClusterAddress.index)
    if not hosts or not shards.isdecimal() or not int(shards) or not is_name(index):
        raise ImproperlyConfigured("SEARCH_URL: see the cluster's page in docs/.")
    return ClusterAddress(
        is_opensearch=parts.scheme.startswith("opensearch"),
        hosts=hosts,
        index=index,
        login=(unquote(user), unquote(password)) if login else None,
        authority=options.get("ca", ""),
        shards=int(shards),
    )


def host_of(name: str, is_tls: bool) -> str:
    has_port = name.rpartition("]")[2].count(":") == 1
    return f"http{'s' if is_tls else ''}://{name if has_port else f'{name}:{PORT}'}"


def is_name(index: str) -> bool:
    """A cluster takes lower case, without the signs of its own syntax."""
    return index.replace("-", "").replace("_", "").isalnum() and index == index.lower()


@dataclass(frozen=True)
class Client:
    """A client, the module of its helpers, and what it raises when the cluster fails it."""

    raw: Any
    helpers: ModuleType
    failures: tuple[type[Exception], ...]
    absent: type[Exception]

    @property
    def indices(self) -> Any:
        return self.raw.indices

    def search(self, **asked) -> Any:
        """As elasticsearch_dsl calls it."""
        found = self.raw.search(**asked)
        return found if hasattr(found, "body") else ClusterAnswer(found)

    def bulk(self, actions: Iterable[dict], **options) -> Iterator[tuple[bool, dict]]:
        """Each action's outcome; those that the cluster refuses do not raise."""
        return self.helpers.streaming_bulk(
            self.raw, actions, raise_on_error=False, raise_on_exception=True, **options
        )

    def scan(self, **asked) -> Iterator[dict]:
        return self.helpers.scan(self.raw, **asked)


class ClusterAnswer(dict):
    """A plain dict, with the `.body` of the official client's answers."""

    @property
    def body(self) -> dict:
        return dict(self)


@cache
def address() -> ClusterAddress:
    return address_of(settings.SEARCH_URL)


@cache
def reading() -> Client:
    """For readers: it gives up soon, and the database answers."""
    return client(address(), READING, retries=1)


@cache
def writing() -> Client:
    return client(address(), WRITING, retries=3)


def client(where: ClusterAddress, timeout: float, retries: int) -> Client:
    """`retries`: on the other hosts, when one does not answer."""
    options = {"max_retries": retries, "retry_on_timeout": retries > 1, "timeout": timeout}
    if where.authority:
        options["ca_certs"] = where.authority
    return opensearch(where, options) if where.is_opensearch else elasticsearch(where, options)


def opensearch(where: ClusterAddress, options: dict) -> Client:
    from opensearchpy import OpenSearch, exceptions, helpers

    if where.login:
        options["http_auth"] = where.login
    failures = (exceptions.OpenSearchException, OSError)
    raw = OpenSearch(hosts=list(where.hosts), pool_maxsize=THREADS, **options)
    return Client(raw, helpers, failures, exceptions.NotFoundError)


def elasticsearch(where: ClusterAddress, options: dict) -> Client:
    from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers

    if where.login:
        options["basic_auth"] = where.login
    options["request_timeout"] = options.pop("timeout")
    raw = Elasticsearch(hosts=list(where.hosts), **options)
    return Client(raw, helpers, (ApiError, TransportError, OSError), NotFoundError)
