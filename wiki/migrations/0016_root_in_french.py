"""The roots that Wagtail makes are called « Root »: facilitators read it in the admin."""

from django.db import migrations

NAMES = [
    ("Page", "title", "Toutes les pages"),
    ("Page", "draft_title", "Toutes les pages"),
    ("Collection", "name", "Tous les fichiers"),
]


def name_roots(apps, schema_editor):
    for model, field, name in NAMES:
        roots = apps.get_model("wagtailcore", model).objects.filter(depth=1)
        roots.filter(**{field: "Root"}).update(**{field: name})


def name_them_back(apps, schema_editor):
    for model, field, name in NAMES:
        roots = apps.get_model("wagtailcore", model).objects.filter(depth=1)
        roots.filter(**{field: name}).update(**{field: "Root"})


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0015_errors_reported"),
    ]

    operations = [migrations.RunPython(name_roots, name_them_back)]
