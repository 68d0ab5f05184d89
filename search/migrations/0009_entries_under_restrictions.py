"""Facts of the entries that are there: who may find them, before anybody searches.

The facets and the vocabulary come with the next publication of each page, or all at once
with `manage.py reindex`.
"""

from django.db import migrations


def note(apps, schema_editor):
    SearchEntry = apps.get_model("search", "SearchEntry")
    Facts = apps.get_model("search", "Facts")
    PageViewRestriction = apps.get_model("wagtailcore", "PageViewRestriction")
    above = [
        (restriction.pk, restriction.page.path)
        for restriction in PageViewRestriction.objects.exclude(restriction_type="none")
    ]
    for pk, path, changed_at in SearchEntry.objects.values_list("pk", "page__path", "changed_at"):
        closed = [number for number, head in above if path.startswith(head)]
        facts = {"changed_at": changed_at, "restrictions": closed, "stamp": 0}
        Facts.objects.get_or_create(entry_id=pk, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_full_text_of_files"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
