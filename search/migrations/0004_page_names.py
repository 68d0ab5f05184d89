import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_named_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageNames",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("names", models.TextField()),
                ("stamp", models.BigIntegerField(db_index=True)),
            ],
        ),
    ]
