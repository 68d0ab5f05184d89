import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_words_of_the_field")]

    operations = [
        migrations.RenameModel("Facts", "EntryMetadata"),
        migrations.RenameModel("Gone", "Tombstone"),
        migrations.RenameModel("Word", "VocabularyWord"),
        migrations.RenameModel("VainSearch", "ZeroResultSearch"),
        migrations.AlterField(
            "entrymetadata",
            "entry",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="metadata",
                serialize=False,
                to="search.searchentry",
            ),
        ),
    ]
