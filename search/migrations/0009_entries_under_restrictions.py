"""Each entry learns which view restrictions stand above its page, before anybody searches.

The facets and the vocabulary come with the next publication of each page, or all at once
with `manage.py reindex`.
"""

from django.db import migrations


def note(apps, schema_editor):
    SearchEntry = apps.get_model("search", "SearchEntry")
    PageViewRestriction = apps.get_model("wagtailcore", "PageViewRestriction")
    for restriction in PageViewRestriction.objects.exclude(restriction_type="none"):
        below = SearchEntry.objects.filter(page__path__startswith=restriction.page.path)
        for entry in below.only("pk", "restrictions"):
            entry.restrictions = sorted({*entry.restrictions, restriction.pk})
            entry.save(update_fields=["restrictions"])


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_full_text_of_files"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
