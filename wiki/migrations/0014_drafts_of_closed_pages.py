import django.db.models.deletion
from django.db import migrations, models


def close(apps, _schema_editor):
    """Drafts that were kept before take the audience that their page has now."""
    for draft in apps.get_model("wiki", "Draft").objects.exclude(page=None).select_related("page"):
        draft.audience = audience_of(apps, draft.page)
        draft.save(update_fields=["audience"])


def audience_of(apps, page):
    paths = [page.path[:end] for end in range(4, len(page.path) + 1, 4)]
    closed = apps.get_model("wagtailcore", "PageViewRestriction").objects.filter(
        page__path__in=paths
    )
    key = "&".join(sorted({clause(row) for row in closed if row.restriction_type != "none"}))
    return apps.get_model("wiki", "Audience").objects.get_or_create(key=key)[0] if key else None


def clause(restriction):
    if restriction.restriction_type != "groups":
        return restriction.restriction_type
    groups = restriction.groups.order_by("pk").values_list("pk", flat=True)
    return "groups:" + ",".join(map(str, groups))


class Migration(migrations.Migration):
    dependencies = [("wiki", "0013_topics_made_by_hand")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="audience",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wiki.audience",
            ),
        ),
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
