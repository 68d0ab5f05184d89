from django.db import models
from django.db.models import F


class Stamp(models.Model):
    """One row, one number: it grows with every change of what readers may see.

    Raised inside the transaction of the change, so that cached pages and ETags made
    from it are out of date exactly when the change is visible.
    """

    number = models.BigIntegerField(default=1)

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def raise_it(cls) -> None:
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.create(pk=1)
