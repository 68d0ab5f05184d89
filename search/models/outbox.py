"""What the search cluster must still hear."""

from django.db import models


class Outgoing(models.Model):
    """A page whose entry the cluster must hear of, written with the entry.

    The number of the row is the version that the cluster is given: an older one never
    writes over a newer one.
    """

    id = models.BigAutoField(primary_key=True)
    page_id = models.BigIntegerField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, db_index=True)

    def __str__(self):
        return f"{self.page_id} ({self.tries})"
