from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_text_search_columns"),
    ]

    operations = [
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
            ],
        ),
        migrations.AddField("searchentry", "facets", models.JSONField(blank=True, default=dict)),
        migrations.AddField("searchentry", "file_stems", models.TextField(blank=True)),
        migrations.AddField(
            "searchentry", "restrictions", models.JSONField(blank=True, default=list)
        ),
        migrations.AddField(
            "searchentry", "stamp", models.BigIntegerField(db_index=True, default=0)
        ),
    ]
