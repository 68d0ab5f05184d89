"""Django's `extends` and `include` tags, for less: a template that is named is found once, and
the blocks of one that is extended too."""

from functools import cache

from django import template
from django.template.base import NodeList
from django.template.loader_tags import ExtendsNode, IncludeNode, do_extends, do_include

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


class KeptInclude(IncludeNode):
    """Of a constant name, in a template that is itself read again when files change."""

    kept = None

    def render(self, context):
        if self.kept is None:
            self.kept = context.template.engine.get_template(self.template.var)
        values = {name: var.resolve(context) for name, var in self.extra_context.items()}
        if self.isolated_context:
            return self.kept.render(context.new(values))
        with context.push(**values):
            return self.kept.render(context)


@register.tag("extends")
def kept_extends(parser, token):
    node = do_extends(parser, token)
    return KeptExtends(node.nodelist, node.parent_name, node.template_dirs)


@register.tag("include")
def kept_include(parser, token):
    node = do_include(parser, token)
    if not isinstance(node.template.var, str) or node.template.filters:
        return node
    more = {"extra_context": node.extra_context, "isolated_context": node.isolated_context}
    return KeptInclude(node.template, **more)
