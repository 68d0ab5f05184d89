"""Who wrote a page, and when, as its signature and its history show."""

from wiki.models import Version

LONGEST = 500  # versions read for the list of names; older ones are counted in the history


def signature(page, user) -> dict:
    """The newest change, the names of contributors, and how many versions, in one query."""
    rows = list(
        Version.objects.filter(page_id=page.pk)
        .readable_by(user)
        .order_by("-number")
        .values("number", "author_name", "created_at", "origin", "minor")[:LONGEST]
    )
    changes = [row for row in rows if row["origin"] != Version.Origin.OPENING]
    return {
        "last_change": changes[0] if changes else None,
        "version_count": len(rows),
        "contributors": list(dict.fromkeys(r["author_name"] for r in changes if r["author_name"])),
    }
