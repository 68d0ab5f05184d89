"""What `leakcheck` found the last time."""

from django.db import models


class LeakCheck(models.Model):
    """One round of `leakcheck`: what a live site answered to somebody who is not logged in.

    `faults`: a list of {"address", "reason", "page"}: what was asked, a key of
    `wiki.leaks.reasons`, and the id of the closed page when it is known.
    """

    checked_at = models.DateTimeField(auto_now_add=True, db_index=True)
    site = models.CharField(max_length=255)
    asked = models.PositiveIntegerField()
    is_whole = models.BooleanField(help_text="False when addresses were drawn by lot.")
    faults = models.JSONField(default=list)

    def __str__(self):
        return f"{self.site} · {self.checked_at:%Y-%m-%d %H:%M}"
