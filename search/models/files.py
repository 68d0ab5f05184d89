"""The text of attached files."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class FileTextQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=FileText.State.WAITING)

    def unclaimed(self):
        """Those that nobody reads, or that whoever read them did not give back in time."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=timezone.now()))


class FileText(models.Model):
    """The text of an attached file, read in a process of its own (`search.attachments`).

    A row is written with its document, and waits until somebody has claimed and read it: these
    rows are the queue of what is to be read. `digest`: of the bytes that were read.
    `leased_until`: whoever reads the file has it until then; the moment itself tells one claim
    from another. `tries`: claims since the file came.
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
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = FileTextQuerySet.as_manager()

    def __str__(self):
        return f"{self.document_id} {self.state}"
