"""Topics, and which page is about which."""

from functools import lru_cache

from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from wiki.internals.compiled import Compiled
from wiki.signals import topic_changed
from wiki.text.addresses import shortened, slug_of
from wiki.text.characters import one_line
from wiki.text.titles import key_of


def topic_slug(name: str) -> str:
    return shortened(slug_of(name)) or "theme"


class TopicQuerySet(models.QuerySet):
    def named(self, names: list[str]) -> list["Topic"]:
        """The topics of these names, made when they are new.

        « Wifi » and « wifi » are one, « l’école » and « l'ecole » too.
        """
        names = [one_line(name) for name in names]
        # In one order for all: two writers who bring the same new topics never wait in a ring.
        called = {name: self._called(name) for name in sorted(names)}
        return list(dict.fromkeys(called[name] for name in names))

    def _called(self, name: str) -> "Topic":
        if topic := self.called(name):
            return topic
        try:
            with transaction.atomic():
                return self.create(name=name, slug=topic_slug(name))
        except IntegrityError:  # another writer brought it in this very moment
            return self.called(name)

    def called(self, name: str) -> "Topic | None":
        """The topic of this name or address, whatever its case, accents, quotes and dashes."""
        name = one_line(name)
        slug, key = topic_slug(name), key_of(name)
        same = _called if name.replace(" ", "").isalnum() else _named_or_at
        return next(iter(same(name, slug)), None) or next(
            (row for row in self.order_by("pk") if key_of(row.name) == key), None
        )


def _named_or_at(name: str, slug: str) -> QuerySet:
    return Topic.objects.filter(Q(name__iexact=name) | Q(slug=slug)).order_by("pk")[:1]


_called = Compiled(_named_or_at)  # of names in which SQL reads no sign


class Topic(models.Model):
    """What a page is about; written freely by contributors, kept in order by facilitators."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("summary"), max_length=280, blank=True)
    # Facilitators and writers know it even while no page has it.
    made_by_hand = models.BooleanField(default=False, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """A topic saved again may have a new name: its pages are told."""
        known = not self._state.adding
        self.slug = self.slug or topic_slug(self.name)
        super().save(*args, **kwargs)
        if known:
            topic_changed.send(sender=Topic, topic=self)

    def get_absolute_url(self):
        return _address_of(self.slug)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Its pages stay, without it, and are told."""
        pages = list(self.links.values_list("page_id", flat=True))
        done = super().delete(*args, **kwargs)
        topic_changed.send(sender=Topic, topic=self, pages=pages)
        return done

    @transaction.atomic
    def merge_into(self, other: "Topic") -> None:
        """Every page of this topic gets the other one; this one disappears."""
        already = other.links.values("page_id")
        self.links.exclude(page_id__in=already).update(topic=other)
        self.delete()
        topic_changed.send(sender=Topic, topic=other)


@lru_cache(maxsize=2_000)
def _address_of(slug: str) -> str:
    return reverse("topic", args=[slug])


class TopicLink(models.Model):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "topic"], name="one_link_a_topic"),
        ]

    def __str__(self):
        return f"{self.page_id} · {self.topic_id}"
