"""Cache tags: what a kept page depends on, and what a change alters, in the same words.

A change whose tags a kept page does not bear leaves it as it is (`SiteRevision.bump`). The word is
that of HTTP caches (« surrogate keys »).
"""


def shows(page_id: int) -> str:
    """Something that this page holds: its text, its title, its address, its fields."""
    return f"page:{page_id}"


def lists_links_to(page_id: int) -> str:
    """Which pages link to this one by its id."""
    return f"to:{page_id}"


def lists_links_to_title(key: str) -> str:
    """Which pages link to a folded title."""
    return f"title:{key}"
