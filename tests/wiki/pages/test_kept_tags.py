"""Tags of templates that keep what they make give what Django's own tags give."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.test import override_settings
from django.utils import translation

from wiki.text import addresses

OWN = Engine(
    builtins=["wiki.templatetags.kept_urls"], libraries={"i18n": "wiki.templatetags.kept_i18n"}
)
DJANGO = Engine(libraries={"i18n": "django.templatetags.i18n"})
TEXTS = [
    '{% translate "Search" %}',
    '{% trans "Search" %}',
    '{% translate "Search" as said %}[{{ said }}]',
    '{% translate "Search"|upper %}',
    "{% translate name %}",
    '{% translate "100%% <b>" %}',
    '{% translate "Search" noop %}',
    '{% translate "May" context "month name" %}',
    "{% blocktranslate %}Version {{ number }}{% endblocktranslate %}",
    "{% blocktranslate with name=name|upper %}by {{ name }}{% endblocktranslate %}",
    "{% blocktranslate count n=number trimmed %} {{ n }} version {% plural %} {{ n }} versions"
    " {% endblocktranslate %}",
    "{% blocktranslate asvar said %}Version {{ number }}{% endblocktranslate %}[{{ said }}]",
    "{% blocktranslate %}100% of {{ name }}{% endblocktranslate %}",
    "{% url 'plan' %}",
    '{% url "contributor" number %}',
    "{% url route %}",
    "{% url 'plan' as here %}[{{ here }}]",
    "{% url 'topic' slug='wifi' %}",
]
VALUES = {"name": "<Search>", "number": 3, "route": "changes"}


@pytest.mark.parametrize("text", TEXTS)
def test_they_give_what_django_gives(text):
    own, django = (engine.from_string("{% load i18n %}" + text) for engine in (OWN, DJANGO))
    for values in (VALUES, {**VALUES, "number": 1, "name": "b", "route": "plan"}):
        for language in ("fr", "de", "fr"):
            with translation.override(language):
                expected = django.render(Context(values))
                assert own.render(Context(values)) == expected
    assert expected


PARTS = {
    "frame": "<{% block one %}1{% endblock %}|{% block two %}2{% endblock %}>",
    "middle": "{% extends 'frame' %}{% block one %}{{ block.super }}b{% endblock %}",
    "leaf": "{% extends 'middle' %}{% block two %}"
    "{% include 'part' with name=number %}{% endblock %}",
    "part": "[{{ name }} {{ number }}]",
    "chosen": "{% include which %}{% include 'part' only %}{% include 'part' with name='x' only %}",
}


def test_templates_that_are_named_are_those_that_django_finds():
    loaders = [("django.template.loaders.locmem.Loader", PARTS)]
    own = Engine(loaders=loaders, builtins=["wiki.templatetags.kept_templates"])
    for name in ("leaf", "chosen", "middle"):
        for values in ({**VALUES, "which": "part"}, {**VALUES, "which": "frame", "number": 4}):
            expected = Engine(loaders=loaders).get_template(name).render(Context(values))
            shown = own.get_template(name)
            assert [shown.render(Context(values)) for _time in range(2)] == [expected] * 2


def test_what_depends_on_nothing_is_drawn_once_a_language():
    constant = """<b>{% translate "Search" %}</b>{% url 'plan' %}"""
    shown = OWN.from_string("{% load i18n %}{% fixed %}" + constant + "{% endfixed %}")
    for language, word in (("fr", "Chercher"), ("en", "Search"), ("fr", "Chercher")):
        with translation.override(language):
            assert shown.render(Context()) == f"<b>{word}</b>/plan-du-site/"


def test_what_depends_on_something_is_refused_there():
    for part in ("{{ name }}", "{% translate name %}", "{% if name %}a{% endif %}"):
        with pytest.raises(TemplateSyntaxError):
            OWN.from_string("{% load i18n %}{% fixed %}" + part + "{% endfixed %}")


class Somewhere:
    def __init__(self, url_path: str):
        self.url_path = url_path


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "lieux/", "lieux/epn-d-avoine/", "a/b/c/d/"])
@pytest.mark.parametrize(
    ("action", "more"),
    [("edit", {}), ("history", {}), ("version", {"number": 12}), ("view_as", {"role": "visiteur"})],
)
def test_the_address_of_a_screen_is_that_of_its_route(path, action, more):
    from django.urls import reverse

    page = Somewhere(f"{addresses.site_root_path()}{path}")
    for _time in range(2):
        known = addresses.screen_url(page, action, **more)
        assert known == reverse(action, kwargs={"path": path, **more})


@pytest.mark.django_db
def test_the_root_of_the_site_is_asked_once(django_assert_num_queries):
    addresses.site_root_path.forget()
    known = addresses.site_root_path()
    with django_assert_num_queries(0), override_settings(CACHES={}):
        assert addresses.site_root_path() == known
