"""Django's `extends` tag, for less: the blocks of a template that is extended are found once."""

from functools import cache

from django import template
from django.template.base import NodeList
from django.template.loader_tags import ExtendsNode, do_extends

register = template.Library()


class KeptExtends(ExtendsNode):
    def get_parent(self, context):
        parent = super().get_parent(context)
        if not isinstance(parent.nodelist, KeptNodes):
            parent.nodelist = KeptNodes(parent.nodelist)
        return parent


class KeptNodes(NodeList):
    """Nodes that nobody changes once their template is read."""

    def __init__(self, nodes: NodeList):
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self.get_nodes_by_type = cache(super().get_nodes_by_type)


@register.tag("extends")
def kept_extends(parser, token):
    node = do_extends(parser, token)
    return KeptExtends(node.nodelist, node.parent_name, node.template_dirs)
