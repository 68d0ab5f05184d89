"""Documents and images in the admin: where they are used and how often, as far as this person
may know. Tags, counts and actions on several files at once are for superusers."""

from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, UsageCountColumn
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from wiki.admin.known_pages import known_pages
from wiki.text.french_order import in_french

OF_ALL = ("tag", "usage_count")  # what these filters say is of files that are not listed too


def known_references(user, references):
    """The uses of a file, without those in pages that this person may not know."""
    if user.is_superuser:
        return references
    of_pages = references.filter(base_content_type=get_default_page_content_type())
    used_in = set(of_pages.values_list("object_id", flat=True))
    pages = known_pages(user, Page.objects.filter(pk__in=used_in))
    known = {str(pk) for pk in pages.values_list("pk", flat=True)}
    return references.exclude(pk__in=of_pages.exclude(object_id__in=known).values("pk"))


class FiltersOfWhatIsListed:
    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        if not request.user.is_superuser:
            for name in OF_ALL:
                self.filters.pop(name, None)


class DocumentFilters(FiltersOfWhatIsListed, documents.DocumentsFilterSet):
    class Meta(documents.DocumentsFilterSet.Meta):
        pass


class ImageFilters(FiltersOfWhatIsListed, images.ImagesFilterSet):
    class Meta(images.ImagesFilterSet.Meta):
        pass


class KnownFiles:
    """A list of files; no count of uses to those who do not know all of them."""

    def get_valid_orderings(self):
        orderings = super().get_valid_orderings()
        if self.request.user.is_superuser:
            return orderings
        return [name for name in orderings if name.lstrip("-") != "usage_count"]

    @cached_property
    def columns(self):
        kept_back = (UsageCountColumn, BulkActionsCheckboxColumn)
        if self.request.user.is_superuser:
            return super().columns
        return [column for column in super().columns if not isinstance(column, kept_back)]


class KnownDocuments(KnownFiles, documents.IndexView):
    filterset_class = DocumentFilters

    def order_queryset(self, queryset):
        """« Écrire » stands among the E."""
        if self.ordering not in ("title", "-title"):
            return super().order_queryset(queryset)
        ordered = in_french("title")
        return queryset.order_by(ordered if self.ordering == "title" else ordered.desc(), "pk")


class KnownImages(KnownFiles, images.IndexView):
    filterset_class = ImageFilters


class KnownUses:
    """The screen of one file: « used 3 times » counts what this person may know."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        references = ReferenceIndex.get_references_to(self.object)
        known = known_references(self.request.user, references)
        context["usage_count_val"] = known.group_by_source_object().count()
        return context


class KnownDocument(KnownUses, documents.EditView):
    pass


class KnownImage(KnownUses, images.EditView):
    pass


class ReadablePagesOnly:
    """Where a file is used, as far as this person may know."""

    def get_queryset(self):
        references = ReferenceIndex.get_references_to(self.object)
        return known_references(self.request.user, references).group_by_source_object()


class ReadableDocumentUsage(ReadablePagesOnly, documents.UsageView):
    pass


class ReadableImageUsage(ReadablePagesOnly, images.UsageView):
    pass


# Before Wagtail's own of the same addresses, which know no closed page.
urlpatterns = [
    path("documents/", KnownDocuments.as_view(), name="known_documents"),
    path(
        "documents/results/",
        KnownDocuments.as_view(results_only=True),
        name="known_documents_results",
    ),
    path("documents/edit/<int:document_id>/", KnownDocument.as_view(), name="known_document"),
    path(
        "documents/usage/<int:document_id>/",
        ReadableDocumentUsage.as_view(),
        name="document_usage",
    ),
    path("images/", KnownImages.as_view(), name="known_images"),
    path("images/results/", KnownImages.as_view(results_only=True), name="known_images_results"),
    path("images/<int:image_id>/", KnownImage.as_view(), name="known_image"),
    path("images/usage/<int:image_id>/", ReadableImageUsage.as_view(), name="image_usage"),
]
