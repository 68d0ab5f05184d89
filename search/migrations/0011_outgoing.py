from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0010_file_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("page_id", models.BigIntegerField(db_index=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
    ]
