from django.contrib.postgres.operations import CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    """The order of French words, on PostgreSQL; SQLite learns it at each connection."""

    dependencies = [("wiki", "0005_versions_by_name")]

    operations = [
        CreateCollation("french", provider="icu", locale="fr-u-kn-true"),
    ]
