import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0011_outgoing"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="Parted by commas, for example: mdp, mot de passe, code secret.",
                        max_length=255,
                        verbose_name="words that mean the same",
                    ),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["words"],
            },
        ),
        migrations.CreateModel(
            name="Promoted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="One search a line. The page comes first when a search holds these words.",
                        verbose_name="words searched for",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page put first",
                    ),
                ),
            ],
            options={
                "verbose_name": "promoted answer",
                "verbose_name_plural": "promoted answers",
            },
        ),
        migrations.CreateModel(
            name="VainSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "words",
                    models.CharField(blank=True, max_length=200, verbose_name="words searched for"),
                ),
                ("first_on", models.DateField(verbose_name="first time")),
                ("last_on", models.DateField(db_index=True, verbose_name="last time")),
                (
                    "without_answer",
                    models.PositiveIntegerField(default=0, verbose_name="without an answer"),
                ),
                (
                    "without_click",
                    models.PositiveIntegerField(default=0, verbose_name="nothing opened"),
                ),
            ],
            options={
                "verbose_name": "search without an answer",
                "verbose_name_plural": "searches without an answer",
                "ordering": ["-last_on", "words"],
            },
        ),
    ]
