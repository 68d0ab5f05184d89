"""The titles of the pages indexed so far; their other wordings come with the next `reindex`."""

from django.db import migrations

from search.language import analysis


def fill(apps, schema_editor):
    entry, names = apps.get_model("search", "SearchEntry"), apps.get_model("search", "PageNames")
    titles = entry.objects.values_list("page_id", "page__title").iterator()
    names.objects.bulk_create(
        (names(page_id=pk, names=folded(title), stamp=0) for pk, title in titles), batch_size=1000
    )


def folded(title: str) -> str:
    return " ".join(token.word for token in analysis.tokens(title))


class Migration(migrations.Migration):
    dependencies = [("search", "0004_page_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
