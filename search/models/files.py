"""The text of attached files."""

from django.db import models


class FileText(models.Model):
    """The text of an attached file, read in a process of its own (`search.indexing.reading`).

    `digest`: of the bytes that were read, so that the same file is not read twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        UNREADABLE = "unreadable"  # broken, protected, too heavy: nothing to search in it

    document = models.OneToOneField(
        "wagtaildocs.Document", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State, default=State.WAITING, db_index=True)
    digest = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.document_id} {self.state}"
