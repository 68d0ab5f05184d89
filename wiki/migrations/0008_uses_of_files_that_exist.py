from django.db import migrations

FILES = {"document_id": ("wagtaildocs", "Document"), "image_id": ("wagtailimages", "Image")}


def remove_promises(apps, schema_editor):
    """A use of a file that nothing was yet would open the file that gets its id one day."""
    uses = apps.get_model("wiki", "FileUse").objects
    for name, model in FILES.items():
        held = apps.get_model(*model).objects.values("pk")
        uses.exclude(**{name: None}).exclude(**{f"{name}__in": held}).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0007_groups_of_the_site_only"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(remove_promises, migrations.RunPython.noop)]
