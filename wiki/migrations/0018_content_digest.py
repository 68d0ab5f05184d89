from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wiki", "0017_draft_first_words")]

    operations = [migrations.RenameField("version", "sent", "content_digest")]
