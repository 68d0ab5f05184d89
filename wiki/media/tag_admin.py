"""Tags of documents and images, completed as one types: those of files that one may know."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import JsonResponse
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wiki.access.files import readable_documents, readable_images

MOST = 10


def known_tags(user):
    if user.is_superuser:
        return Tag.objects.all()
    images, documents = get_image_model(), get_document_model()
    known = _borne_by(images, readable_images(user, images.objects.all()))
    known |= _borne_by(documents, readable_documents(user, documents.objects.all()))
    return Tag.objects.filter(known).distinct()


def _borne_by(model, files) -> Q:
    return Q(
        taggit_taggeditem_items__content_type=ContentType.objects.get_for_model(model),
        taggit_taggeditem_items__object_id__in=files.values("pk"),
    )


def complete(request, _kwargs):
    """What Wagtail's field of tags asks for at each letter; its own view tells all of them."""
    typed = request.GET.get("term", "").replace("\x00", "")
    tags = known_tags(request.user).filter(name__istartswith=typed) if typed else Tag.objects.none()
    names = tags.order_by("name").values_list("name", flat=True)[:MOST]
    return JsonResponse(list(names), safe=False)
