"""The sizes in which photos are shown, made when a page first needs them."""

from logging import getLogger

from wagtail.images import get_image_model

from wiki.access.files import readable_images
from wiki.media.picture_errors import BOMBS, BROKEN

PICTURE_SPEC = "max-1000x1000|format-webp"
SMALLER = ("max-700x700|format-webp", "max-400x400|format-webp")  # for small screens, weak lines
DRAWING_SPEC = "max-1000x1000"  # a drawing in SVG stays one
logger = getLogger(__name__)


def renditions_of(ids: set[int], user) -> dict[int, list]:
    """The renditions of these images that the reader may see, from the smallest to the largest,
    by image id; those not made yet are made now. The address of one says the name of its file."""
    if not ids:
        return {}
    images = readable_images(user, get_image_model().objects.filter(pk__in=ids))
    found = _ready(images)
    missing = {pk for pk in ids if not _is_whole(found.get(pk, {}))}
    for image in images.filter(pk__in=missing) if missing else []:
        if renditions := _drawn(image):
            found[image.pk] = renditions
    return {pk: _by_width(renditions) for pk, renditions in found.items()}


def _ready(images) -> dict[int, dict]:
    """The renditions made before of these images, by their specs: a query alone, with what
    narrows them."""
    made = get_image_model().get_rendition_model().objects.filter(image__in=images)
    found: dict[int, dict] = {}
    for one in made.filter(filter_spec__in=[PICTURE_SPEC, *SMALLER, DRAWING_SPEC]).order_by("pk"):
        if _is_current(one):
            found.setdefault(one.image_id, {})[one.filter_spec] = one
    return found


def _is_whole(renditions: dict) -> bool:
    return DRAWING_SPEC in renditions or renditions.keys() >= {PICTURE_SPEC, *SMALLER}


def _by_width(renditions: dict) -> list:
    """One a width: a photo that is small itself is not drawn larger."""
    by_width: dict[int, object] = {}
    for spec in (PICTURE_SPEC, *SMALLER, DRAWING_SPEC):
        if one := renditions.get(spec):
            by_width.setdefault(round(one.width), one)
    return [by_width[width] for width in sorted(by_width)]


def _drawn(image) -> dict:
    """The renditions of an image, by their specs; nothing, and its words are shown, when they
    cannot be made."""
    specs = (DRAWING_SPEC,) if image.is_svg() else (PICTURE_SPEC, *SMALLER)
    try:
        return {spec: image.get_rendition(spec) for spec in specs}
    except (*BROKEN, *BOMBS):
        logger.warning("The image %s cannot be drawn.", image.pk, exc_info=True)
        return {}


def _is_current(rendition) -> bool:
    """Not one that was made before pictures were shown in WebP."""
    return rendition.filter_spec != DRAWING_SPEC or rendition.file.name.endswith(".svg")


def picture_of(image):
    """The largest rendition of an image that readers see, made when it is not there yet."""
    return image.get_rendition(DRAWING_SPEC if image.is_svg() else PICTURE_SPEC)
