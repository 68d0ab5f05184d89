from django.db import migrations

CONTRIBUTORS = "Contributeurs"


def take_back(apps, schema_editor):
    """The admin named closed pages to them; what they did there, they do on the site."""
    group = apps.get_model("auth", "Group").objects.filter(name=CONTRIBUTORS).first()
    permission = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    if group:
        group.permissions.remove(*permission)


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0008_uses_of_files_that_exist"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
