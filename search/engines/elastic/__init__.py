"""The engine of a cluster: OpenSearch or Elasticsearch, fed by an outbox."""
