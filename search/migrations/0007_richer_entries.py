import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_text_search_columns"),
    ]

    operations = [
        migrations.AddField("searchentry", "file_stems", models.TextField(blank=True)),
        migrations.CreateModel(
            name="Facts",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="search.searchentry",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("name_length", models.PositiveSmallIntegerField(default=0)),
                ("facets", models.JSONField(blank=True, default=dict)),
                ("restrictions", models.JSONField(blank=True, default=list)),
                ("stamp", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Gone",
            fields=[
                ("page_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("stamp", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, unique=True)),
                ("written", models.CharField(max_length=60)),
            ],
        ),
    ]
