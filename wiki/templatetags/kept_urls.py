"""Django's `url` tag, for less: the address of a route without parts is found once."""

from django import template
from django.template.base import Node
from django.template.defaulttags import URLNode, url

register = template.Library()


class KeptAddress(Node):
    """What `url` gives for a constant name alone."""

    child_nodelists = ()

    def __init__(self, node: URLNode):
        self.node, self.address = node, None

    def render(self, context):
        if self.address is None:
            self.address = self.node.render(context)
        return self.address


def is_constant(node: URLNode) -> bool:
    """A name with a namespace depends on the screen where it stands."""
    name = node.view_name
    is_plain = isinstance(name.var, str) and ":" not in name.var and not name.filters
    return is_plain and not (node.args or node.kwargs or node.asvar)


@register.tag("url")
def kept_url(parser, token):
    node = url(parser, token)
    return KeptAddress(node) if is_constant(node) else node
