"""What facilitators keep for the search, in the admin: words that mean the same, promoted
answers, and the report of zero-result searches."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import CreateView, EditView

from search.indexing.documents import is_searched
from search.language import analysis
from search.models import Promoted, Synonym, ZeroResultSearch
from search.query.synonyms import phrases_of
from search.screens.admin_rights import known_promoted
from wiki.access.permissions import can_facilitate
from wiki.access.visibility import published
from wiki.admin.lists import PlainList
from wiki.text.characters import one_line


class FacilitatorsOnly(PermissionHelper):
    """The rule of `wiki.access.permissions`, whatever other rights somebody was given."""

    def user_has_any_permissions(self, user):
        return can_facilitate(user)

    def user_has_specific_permission(self, user, perm_codename):
        return can_facilitate(user)


class OnlyToReadAndDelete(FacilitatorsOnly):
    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False


class SynonymForm(WagtailAdminModelForm):
    def clean_words(self):
        """At least two wordings, each with a word that says something."""
        words = ", ".join(one_line(part) for part in self.cleaned_data["words"].split(",") if part)
        phrases = phrases_of(words)
        if len(phrases) < 2:
            raise ValidationError(
                _("Write at least two different wordings, parted by commas: mdp, mot de passe.")
            )
        for phrase in phrases:
            if analysis.STOP_WORDS.issuperset(phrase):
                raise ValidationError(
                    _("“%(words)s” is too common: the search passes over these words.")
                    % {"words": " ".join(phrase)}
                )
        return words

    def already_elsewhere(self) -> list[str]:
        """The wordings that another line has too."""
        mine = set(phrases_of(self.instance.words))
        others = Synonym.objects.exclude(pk=self.instance.pk).values_list("words", flat=True)
        shared = mine.intersection(phrase for words in others for phrase in phrases_of(words))
        return sorted(" ".join(phrase) for phrase in shared)


class PromotedForm(WagtailAdminModelForm):
    def clean_words(self):
        """One search a line, each with a word at least."""
        lines = [one_line(line) for line in self.cleaned_data["words"].splitlines()]
        if not all(analysis.tokens(line) for line in lines if line):
            raise ValidationError(_("Each line must hold a word."))
        return "\n".join(line for line in lines if line)

    def clean_page(self):
        page = self.cleaned_data["page"]
        if not (is_searched(page) and published().filter(pk=page.pk).exists()):
            raise ValidationError(
                _("Choose a published page of the wiki: readers would not see this one.")
            )
        return page


class WithWordsGiven:
    """A new row whose words come from the report of zero-result searches, by the address."""

    def get_initial(self):
        return {"words": one_line(self.request.GET.get("words", ""))[:200]}


class WithWarning:
    """Words of two lines are allowed, and said: they make one longer line for the search."""

    def form_valid(self, form):
        response = super().form_valid(form)
        if shared := form.already_elsewhere():
            told = ngettext(
                "“%(words)s” is on another line too: is it meant?",
                "These are on other lines too: %(words)s. Is it meant?",
                len(shared),
            )
            messages.warning(self.request, told % {"words": ", ".join(shared)})
        return response


class CreateSynonym(WithWordsGiven, WithWarning, CreateView):
    pass


class EditSynonym(WithWarning, EditView):
    pass


class CreatePromoted(WithWordsGiven, CreateView):
    pass


class SynonymButtons(ButtonHelper):
    def add_button(self, *args, **kwargs):
        return {**super().add_button(*args, **kwargs), "label": _("Add words"), "title": ""}


class PromotedButtons(ButtonHelper):
    def add_button(self, *args, **kwargs):
        return {**super().add_button(*args, **kwargs), "label": _("Choose an answer"), "title": ""}


class SynonymAdmin(ModelAdmin):
    model = Synonym
    index_view_class = PlainList
    button_helper_class = SynonymButtons
    menu_icon = "openquote"
    list_display = ["words"]
    search_fields = ["words"]
    permission_helper_class = FacilitatorsOnly
    create_view_class = CreateSynonym
    edit_view_class = EditSynonym
    edit_handler = ObjectList([FieldPanel("words")], base_form_class=SynonymForm)


class PromotedAdmin(ModelAdmin):
    model = Promoted
    index_view_class = PlainList
    button_helper_class = PromotedButtons
    menu_icon = "pick"
    list_display = ["searches", "page"]
    list_select_related = ["page"]
    search_fields = ["words", "page__title"]
    permission_helper_class = FacilitatorsOnly
    create_view_class = CreatePromoted
    edit_handler = ObjectList(
        [FieldPanel("words"), FieldPanel("page")], base_form_class=PromotedForm
    )

    def get_queryset(self, request):
        return known_promoted(request.user, super().get_queryset(request))

    def searches(self, promoted):
        return format_html_join(", ", "{}", ([line] for line in promoted.words.splitlines()))

    searches.short_description = gettext_lazy("words searched for")


class VainButtons(ButtonHelper):
    """What to do about words that found nothing, in one press each."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        words = urlencode({"words": obj.words})
        title = urlencode({"titre": obj.words})
        own = [
            (_("Write the page"), f"{reverse('choose_kind')}?{title}"),
            (_("Choose an answer"), f"{reverse('search_promoted_modeladmin_create')}?{words}"),
            (_("Add a synonym"), f"{reverse('search_synonym_modeladmin_create')}?{words}"),
        ]
        buttons = [self.button(label, address, obj) for label, address in own]
        return buttons + super().get_buttons_for_obj(obj, *args, **kwargs)

    def button(self, label: str, address: str, obj) -> dict:
        return {
            "url": address,
            "label": label,
            "classname": self.finalise_classname(["button-small", "button-secondary"]),
            "title": f"{label}\u00a0: {obj.words}",
        }


class VainSearchAdmin(ModelAdmin):
    """Only those asked on two different days: the others have no words."""

    model = ZeroResultSearch
    index_view_class = PlainList
    menu_icon = "help"
    list_display = ["words", "without_answer", "without_click", "first_on", "last_on"]
    list_per_page = 30
    search_fields = ["words"]
    ordering = ["-last_on", "-without_answer", "words"]
    permission_helper_class = OnlyToReadAndDelete
    button_helper_class = VainButtons
    index_template_name = "search/admin/zero_results.html"

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(words="")


class SearchGroup(ModelAdminGroup):
    menu_label = gettext_lazy("Search of the site")
    menu_icon = "search"
    menu_order = 260
    items = [VainSearchAdmin, SynonymAdmin, PromotedAdmin]
