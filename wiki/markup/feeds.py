"""Atom feeds whose words are shown as they were typed."""

from django.utils.feedgenerator import Atom1Feed

from wiki.markup.html import strip_control_chars


class PlainAtomFeed(Atom1Feed):
    """What people typed is plain text: « <b>10 €</b> » is read with its characters, not in bold."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})

    def add_item(self, **told):
        """Without the characters that XML cannot hold."""
        super().add_item(
            **{
                name: strip_control_chars(v) if isinstance(v, str) else v
                for name, v in told.items()
            }
        )
