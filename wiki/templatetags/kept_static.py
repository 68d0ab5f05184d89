"""Django's `static` tag, for less: the address of a file that is named is found once."""

from django import template
from django.templatetags import static

register = template.Library()
register.tag("get_static_prefix", static.get_static_prefix)
register.tag("get_media_prefix", static.get_media_prefix)


class KeptStatic(static.StaticNode):
    def url(self, context):
        path = self.path
        if path.filters or not isinstance(path.var, str):
            return super().url(context)
        if not hasattr(self, "kept"):
            self.kept = super().url(context)
        return self.kept


@register.tag("static")
def kept_static(parser, token):
    return KeptStatic.handle_token(parser, token)
