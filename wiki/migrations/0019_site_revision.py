from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wiki", "0018_content_digest")]

    operations = [migrations.RenameModel("Stamp", "SiteRevision")]
