"""What we use of Django without a promise: these fail when a release changes it."""

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model

from tests.wiki import pictures
from wiki.internals.django import forget_errors, forget_errors_of_rows, give_rights, is_new_file
from wiki.models import User


class NameForm(forms.Form):
    name = forms.CharField()


def test_a_form_forgets_what_was_wrong():
    form = NameForm({"name": ""})
    assert form.errors
    forget_errors(form)
    assert (form.errors, form.cleaned_data, form["name"].errors) == ({}, {}, [])
    assert form["name"].value() == ""


def test_rows_forget_what_was_wrong():
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-0-x": "1"}
    rows = forms.formset_factory(NameForm, min_num=1, validate_min=True)(sent)
    assert rows.total_error_count()
    forget_errors_of_rows(rows)
    assert rows.total_error_count() == 0
    assert rows.forms[0].errors == {}


@pytest.mark.django_db
def test_rights_given_in_memory_ask_nothing_of_the_database():
    person = User(pk=0, username="personne")
    groups = Group.objects.filter(name="Contributeurs")
    assert list(groups)
    give_rights(person, {"wiki.write_pages"}, groups)
    with CaptureQueriesContext(connection) as asked:
        assert person.has_perm("wiki.write_pages")
        assert not person.has_perm("wiki.facilitate")
        assert [group.name for group in person.groups.all()] == ["Contributeurs"]
    assert len(asked) <= 1  # the groups, once


@pytest.mark.django_db
def test_a_file_is_new_until_it_is_stored():
    image = get_image_model()(title="Essai", file=pictures.saved(pictures.halves()))
    assert is_new_file(image.file)
    image.save()
    assert not is_new_file(image.file)
    assert not is_new_file(get_image_model()().file)
