from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("wiki", "Stamp").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("wiki", "0002_pages_and_versions")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
