"""`manage.py reindex --check`: what the index holds otherwise than the published pages."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.models import SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db


def check() -> str:
    out = StringIO()
    call_command("reindex", "--check", stdout=out)
    return out.getvalue()


def test_a_right_index_passes():
    factories.restricted_to_login(factories.page(title="Zorblinette"))
    assert "The index is that of the published pages." in check()


def test_each_page_that_differs_is_named_and_nothing_is_changed():
    lost, stray, old = (factories.page(title=f"Zorblinette {rank}") for rank in range(3))
    SearchEntry.objects.filter(page_id=lost.pk).delete()
    type(stray).objects.filter(pk=stray.pk).update(live=False)
    SearchEntry.objects.filter(page_id=old.pk).update(body_stems="brimborion")
    out = StringIO()
    with pytest.raises(CommandError, match="3 faults"):
        call_command("reindex", "--check", stdout=out)
    for page in (lost, stray, old):
        assert f"page {page.pk} " in out.getvalue() or f"page {page.pk}:" in out.getvalue()
    assert not SearchEntry.objects.filter(page_id=lost.pk).exists()


def test_what_differs_is_mended_by_a_reindexing():
    page = factories.page(title="Zorblinette")
    SearchEntry.objects.filter(page_id=page.pk).update(body_stems="brimborion")
    call_command("reindex", verbosity=0, stdout=StringIO())
    assert "The index is that of the published pages." in check()
