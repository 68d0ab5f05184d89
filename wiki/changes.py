"""What changed lately, as one reader may know it."""

from wiki.models import Version


def recent(user):
    """Readable versions, newest first, with their page; openings are not changes."""
    versions = Version.objects.readable_by(user).exclude(origin=Version.Origin.OPENING)
    return versions.select_related("page").without_content().order_by("-created_at", "-pk")


def latest_changes(user, count: int) -> list[Version]:
    """The newest change of each of the `count` pages changed last."""
    found: dict[int, Version] = {}
    for version in recent(user)[: count * 6]:
        found.setdefault(version.page_id, version)
    return list(found.values())[:count]
