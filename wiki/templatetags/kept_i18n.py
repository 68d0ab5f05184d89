"""Django's tags of translation, for less: constant words are translated once a language.

Templates load it as `i18n` (settings.TEMPLATES). A page has forty translations, a history three
hundred; the messages are those that Django's own tags would look for.
"""

from django import template
from django.template.base import Node, TextNode
from django.template.loader_tags import IncludeNode
from django.templatetags import i18n
from django.utils import translation

from wiki.templatetags.kept_static import KeptStatic
from wiki.templatetags.kept_urls import KeptAddress

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


class Fixed(Node):
    """A part of a template that is the same for all who read the site in a language."""

    child_nodelists = ()

    def __init__(self, nodes):
        self.nodes, self.kept = nodes, {}

    def render(self, context):
        language = translation.get_language()
        text = self.kept.get(language)
        if text is None:
            text = self.kept[language] = self.nodes.render(context)
        return text


@register.tag
def fixed(parser, token):
    """`{% fixed %}…{% endfixed %}`: drawn once, of text, constant words, addresses and files."""
    nodes = parser.parse(["endfixed"])
    parser.delete_first_token()
    if not all(map(is_fixed, nodes)):
        raise template.TemplateSyntaxError("What stands in « fixed » depends on nothing.")
    return Fixed(nodes)


def is_fixed(node) -> bool:
    if isinstance(node, IncludeNode):  # a component that takes nothing
        return node.isolated_context and not node.extra_context
    return isinstance(node, (TextNode, KeptTranslation, KeptAddress, KeptStatic))


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
