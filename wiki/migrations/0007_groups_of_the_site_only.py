from django.db import migrations

UNUSED = ("Moderators", "Editors")  # made by Wagtail; what they may do there leads nowhere here


def remove(apps, schema_editor):
    """Nobody could choose between them and the groups of the site; those in use stay."""
    groups = apps.get_model("auth", "Group").objects.filter(name__in=UNUSED, user=None)
    groups.delete()


class Migration(migrations.Migration):
    dependencies = [("wiki", "0006_french_order"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
