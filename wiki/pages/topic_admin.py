"""Topics in the admin: facilitators rename and merge them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.models import Page
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView

from wiki.access.kept_for_readers import KeptForReaders
from wiki.access.permissions import can_facilitate
from wiki.admin.door import FACILITATORS, let_in
from wiki.admin.judges import form_names_open_pages, is_among
from wiki.admin.known_pages import known_pages
from wiki.admin.lists import PlainList
from wiki.models import KeptBesideTexts, Topic, TopicLink
from wiki.pages.topic_pages import counts_by_topic
from wiki.text.characters import can_be_read, one_line
from wiki.text.form_fields import only_keys
from wiki.text.french_order import in_french


def known_topics(user, topics):
    """The topics of a page that this person may know.

    One that no page has any more may have been a closed page's: superusers tidy those away.
    One that a facilitator made is known while it waits for its first page.
    """
    if user.is_superuser:
        return topics
    links = known_links(user).filter(topic=OuterRef("pk"))
    return topics.filter(Exists(links) | Q(made_by_hand=True))


def known_links(user) -> QuerySet:
    """Those of the pages that this person may know."""
    if user.is_superuser:
        return TopicLink.objects.order_by()
    pages = known_pages(user, Page.objects.filter(pk=OuterRef("page_id")))
    return TopicLink.objects.filter(Exists(pages)).order_by()


_totals: KeptForReaders[dict[int, int]] = KeptForReaders(KeptBesideTexts)


def known_totals(user) -> dict[int, int]:
    """How many known pages each topic has, by its id."""
    return _totals.of(user, lambda: counts_by_topic(known_links(user)), user.is_superuser)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(label=gettext_lazy("Merge into"), queryset=Topic.objects.none())

    def __init__(self, *args, topic, user, **kwargs):
        super().__init__(*args, **kwargs)
        others = known_topics(user, Topic.objects.exclude(pk=topic.pk))
        self.fields["into"].queryset = others.order_by(in_french("name"))
        only_keys(self.fields["into"])


class TopicForm(WagtailAdminModelForm):
    """A name that is another topic's, in other characters, is refused: they can be merged."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._was_there = self.instance.pk is not None

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not can_be_read(name):
            raise ValidationError(
                _("“%(name)s” is not a word. Write a topic with letters.") % {"name": name}
            )
        same = Topic.objects.exclude(pk=self.instance.pk).called(name)
        if same and self._is_new_to_its_maker(same):
            self.instance = same
        elif same:
            raise ValidationError(
                _("This topic is there already: “%(name)s”. Merge them instead.") % {"name": name}
            )
        return name

    def _is_new_to_its_maker(self, same: Topic) -> bool:
        """Nothing says that pages which this person may not know have it: it is made known."""
        rows = Topic.objects.filter(pk=same.pk)
        return self.instance.pk is None and not known_topics(self.for_user, rows).exists()

    def save(self, commit=True):
        if not self._was_there:
            self.instance.made_by_hand = True
        return super().save(commit)


class TopicButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        merge = {
            "url": reverse("merge_topic", args=[obj.pk]),
            "label": _("Merge"),
            "classname": self.finalise_classname(["button-small", "button-secondary"]),
            "title": _("Merge this topic into another one"),
        }
        return [*super().get_buttons_for_obj(obj, *args, **kwargs), merge]


class TopicDeletion(DeleteView):
    """Says what the pages lose, as far as this person may know them."""

    @property
    def uses(self) -> int:
        return known_links(self.request.user).filter(topic=self.instance.pk).count()


class TopicList(PlainList):
    """Its rows say with `total` how many known pages each has."""

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        known = known_totals(self.request.user)
        for topic in context["object_list"]:
            topic.total = known.get(topic.pk, 0)
        return context


class TopicAdmin(ModelAdmin):
    model = Topic
    index_view_class = TopicList
    delete_view_class = TopicDeletion
    delete_template_name = "wiki/admin/delete_topic.html"
    menu_icon = "tag"
    menu_order = 250
    list_display = ["name", "slug", "pages"]
    search_fields = ["name"]
    button_helper_class = TopicButtons
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("slug"), FieldPanel("summary")], base_form_class=TopicForm
    )

    def get_queryset(self, request):
        return known_topics(request.user, super().get_queryset(request))

    def pages(self, topic):
        return topic.total

    pages.short_description = gettext_lazy("pages")


def merge(request, pk):
    """Every page of the topic gets the other one; the topic disappears."""
    if not can_facilitate(request.user):
        raise PermissionDenied
    topic = get_object_or_404(Topic, pk=pk)
    form = MergeForm(request.POST or None, topic=topic, user=request.user)
    if request.method == "POST" and form.is_valid():
        topic.merge_into(form.cleaned_data["into"])
        messages.success(request, _("The topics are merged."))
        return redirect("wiki_topic_modeladmin_index")
    return render(request, "wiki/admin/merge_topic.html", {"topic": topic, "form": form})


urlpatterns = [path("themes/<int:pk>/fusionner/", merge, name="merge_topic")]


def topic(user, pk) -> bool:
    return is_among(known_topics(user, Topic.objects.all()), pk)


SCREENS = {
    "wiki_topic_modeladmin_index": {},
    "wiki_topic_modeladmin_create": {},
    "wiki_topic_modeladmin_edit": {"instance_pk": topic},
    "wiki_topic_modeladmin_delete": {"instance_pk": topic},
    "merge_topic": {"pk": topic},
}


def let_in_screens() -> None:
    let_in(FACILITATORS, SCREENS, asked=form_names_open_pages)
