"""What the search writes down; see 0002 for the full text of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("search", "0001_entries"),
        ("search", "0003_named_pages"),
        ("search", "0004_page_names"),
        ("search", "0007_richer_entries"),
        ("search", "0010_file_texts"),
        ("search", "0011_outgoing"),
        ("search", "0012_vocabularies"),
    ]
    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wiki", "0003_first_stamp"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("kind", models.CharField(db_index=True, max_length=20)),
                ("lead", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                ("title_stems", models.TextField(blank=True)),
                ("wording_stems", models.TextField(blank=True)),
                ("lead_stems", models.TextField(blank=True)),
                ("topic_stems", models.TextField(blank=True)),
                ("body_stems", models.TextField(blank=True)),
                ("file_stems", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="FileText",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wagtaildocs.document",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("read", "Read"),
                            ("unreadable", "Unreadable"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("text", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
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
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("page_id", models.BigIntegerField(db_index=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
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
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("names", models.TextField()),
                ("stamp", models.BigIntegerField(db_index=True)),
            ],
        ),
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
            name="NamedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named", models.PositiveIntegerField(db_index=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="search.searchentry",
                    ),
                ),
            ],
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
    ]
