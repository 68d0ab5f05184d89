from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wiki", "0004_drafts_links_events")]

    operations = [
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["author_name", "created_at"], name="version_by_name"),
        ),
    ]
