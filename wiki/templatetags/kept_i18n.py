"""Django's tags of translation, for less: constant words are translated once a language.

Templates load it as `i18n` (settings.TEMPLATES). A page has forty translations, a history three
hundred; the messages are those that Django's own tags would look for.
"""

from django import template
from django.template.base import Node
from django.templatetags import i18n
from django.utils import translation

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class KeptTranslation(Node):
    """What `translate` gives for a constant message."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode):
        self.node, self.kept = node, {}

    def render(self, context):
        language = translation.get_language()
        words = self.kept.get(language)
        if words is None:
            words = self.kept[language] = self.node.render(context)
        return words


class KeptBlockTranslateNode(i18n.BlockTranslateNode):
    """The message of a block, and the names that it holds, are put together once."""

    def render_token_list(self, tokens):
        kept = self.__dict__.setdefault("kept", {})
        if id(tokens) not in kept:
            kept[id(tokens)] = super().render_token_list(tokens)
        message, names = kept[id(tokens)]
        return message, list(names)


def is_constant(node) -> bool:
    """Of a `translate` that depends on nothing but the language, and sets no variable."""
    if not isinstance(node, i18n.TranslateNode) or node.asvar or node.message_context:
        return False
    said = node.filter_expression
    return not said.filters and said.var.literal is not None


@register.tag("translate")
@register.tag("trans")
def translate(parser, token):
    node = i18n.do_translate(parser, token)
    return KeptTranslation(node) if is_constant(node) else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser, token):
    node = i18n.do_block_translate(parser, token)
    own = {name: getattr(node, name) for name in OF_BLOCKS}
    return KeptBlockTranslateNode(**own)


OF_BLOCKS = (
    *("extra_context", "singular", "plural", "countervar", "counter", "message_context"),
    *("trimmed", "asvar", "tag_name"),
)
