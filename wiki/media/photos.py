"""Photos sent by people: upright, small enough for a weak line, and saying nothing of where
and with what they were taken.
"""

from dataclasses import dataclass, replace
from io import SEEK_CUR, BytesIO
from pathlib import PurePosixPath
from threading import BoundedSemaphore

from django.conf import settings
from django.core.files.images import ImageFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import HeifImagePlugin  # noqa: F401 - lets Pillow read the photos of iPhones
from wagtail.images import get_image_model

from wiki.internals.django import is_new_file
from wiki.internals.wagtail import note_size_and_hash
from wiki.media.picture_errors import BOMBS, BROKEN
from wiki.media.uploads import MEGABYTE, RefusedFile
from wiki.text.addresses import shortened, slug_of
from wiki.text.characters import can_be_read, folded, normal, one_line

ANIMATED = ("GIF", "PNG", "WEBP")
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MOST_BYTES = 25 * MEGABYTE
# Decoded, a picture takes less than 200 MB: pixels, by what each takes at the worst.
PHOTO_PIXELS = 64_000_000  # of a JPEG drawn line by line, at a smaller scale
GATHERED_PIXELS = 24_100_000  # of one that is held whole before it is drawn: 6 bytes
FOUR_COLOURS_PIXELS = 18_000_000  # of one in four colours: 8
HEIF_PIXELS = 24_500_000  # 7
DRAWING_PIXELS = 30_000_000  # opaque, in eight bits: 6
CONVERTED_PIXELS = 16_000_000  # the others, which are held twice: 11
WEBP_PIXELS = 9_000_000  # held in four places by its library: 22
AT_ONCE = BoundedSemaphore(2)  # decoded in a process
SCANNED_PIXELS = 640_000_000  # of all the scans of a JPEG; progressive ones have some ten
SCAN = b"\xff\xda"  # its marker, that nothing else of a JPEG holds
SIDES = (1600, 1280, 1024, 800, 640, 480)  # longest side, until the file is small enough
QUALITIES = (85, 75, 65)
PHOTO_FORMATS = {"JPEG", "MPO", "HEIF"}


@dataclass
class Cleaned:
    """A picture to keep: its bytes, the extension that goes with them, and whether it is the
    first image of an animation, whose others are not kept."""

    content: bytes
    extension: str
    moved: bool = False


def cleaned(file) -> Cleaned:
    """The picture of a file, drawn again: nothing but its pixels is left.

    Upright, in sRGB, at most 1600 pixels wide and high and PHOTO_MAX_KB heavy. Of an
    animation only the first image is kept: its sender is told. Raises RefusedFile.
    """
    try:
        file.seek(0)
        picture = Image.open(file, formats=FORMATS)
        is_photo = picture.format in PHOTO_FORMATS
        refuse_heavy(file)
        with AT_ONCE:
            kept = _light(_plain(picture, SIDES[0]), is_photo)
        return replace(kept, moved=is_animated(file))
    except BOMBS:
        raise RefusedFile(_too_large(DRAWING_PIXELS)) from None
    except BROKEN:
        raise RefusedFile(unreadable()) from None


def is_animated(file) -> bool:
    """Whether a picture holds several images that follow each other; of bad ones, no."""
    try:
        file.seek(0)
        return bool(getattr(Image.open(file, formats=ANIMATED), "is_animated", False))
    except (*BROKEN, *BOMBS):
        return False


def only_first() -> str:
    return _(
        "This picture is animated: the site keeps its first image only. If another one says "
        "more, save that one as a photo and send it."
    )


def most_pixels(picture: Image.Image, file) -> int:
    """How many are decoded of a picture of this kind, which was opened and not decoded."""
    if picture.format in {"JPEG", "MPO"}:
        gathered = FOUR_COLOURS_PIXELS if picture.mode == "CMYK" else GATHERED_PIXELS
        return gathered if _is_gathered(picture, file) else PHOTO_PIXELS
    if picture.format == "WEBP":
        return WEBP_PIXELS
    if picture.mode not in {"RGB", "L"} or picture.has_transparency_data:
        return CONVERTED_PIXELS
    return HEIF_PIXELS if picture.format == "HEIF" else DRAWING_PIXELS


def _is_gathered(picture: Image.Image, file) -> bool:
    """Whether a JPEG has several scans for one line: progressive, or each colour apart."""
    if picture.info.get("progressive"):
        return True
    place = file.tell()
    file.seek(2)
    try:
        while (head := file.read(4))[:1] == b"\xff" and head[:2] != SCAN:
            file.seek(int.from_bytes(head[2:]) - 2, SEEK_CUR)
        return head[:2] != SCAN or file.read(1)[0] < picture.layers
    finally:
        file.seek(place)


def _check_pixels(picture: Image.Image, most: int) -> None:
    """Before any of them is decoded; raises RefusedFile."""
    if picture.width * picture.height > most:
        raise RefusedFile(_too_large(most))


def refuse_heavy(file) -> None:
    """Before any pixel is decoded: those that take too much memory or too long. Raises
    RefusedFile."""
    file.seek(0)
    picture = Image.open(file, formats=FORMATS)
    _check_pixels(picture, most_pixels(picture, file))
    if picture.format in {"JPEG", "MPO"}:
        file.seek(0)
        _refuse_many_scans(picture, file.read(MOST_BYTES))
    file.seek(0)


def _refuse_many_scans(picture: Image.Image, content: bytes) -> None:
    """A JPEG draws each scan over all its pixels, and one of no pixel takes a few bytes."""
    if content.count(SCAN) * picture.width * picture.height > SCANNED_PIXELS:
        raise RefusedFile(_drawn_too_often())


def _drawn_too_often() -> str:
    return _("This photo takes too long to open. Take it again, or save it anew as a JPEG.")


def _too_large(most: int) -> str:
    message = _(
        "This picture is too large: %(most)s million pixels at most. Take it smaller, or crop it."
    )
    return message % {"most": most // 1_000_000}


def unreadable() -> str:
    return _(
        "This file is not a picture that the site can read. Send a photo in JPEG, PNG, WebP, "
        "GIF or HEIC."
    )


def _plain(picture: Image.Image, side: int) -> Image.Image:
    """The pixels alone, upright, in sRGB, with transparency only where there is some."""
    picture.draft("RGB", (side, side))  # decodes big JPEGs at a smaller scale
    profile = picture.info.get("icc_profile")
    ImageOps.exif_transpose(picture, in_place=True)
    picture = _in_eight_bits(picture)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] == 255:
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller smoothly: RGBA when one sees through it somewhere."""
    if picture.mode.startswith("I") or picture.mode == "F":  # scans in 16 bits a pixel
        return picture.convert("F").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in {"RGB", "CMYK", "L"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, source, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that cannot be read, or of other colours than the picture's
    return picture.convert(mode)


def _light(picture: Image.Image, is_photo: bool) -> Cleaned:
    """The best of a list of sizes and qualities that weighs little enough, else the last."""
    most = settings.PHOTO_MAX_KB * 1024
    for side in SIDES:
        if side != SIDES[0] and max(picture.size) <= side:
            continue
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            kept = _encoded(picture, quality, is_photo)
            if len(kept.content) <= most:
                return kept
    return kept


def _encoded(picture: Image.Image, quality: int, is_photo: bool) -> Cleaned:
    """Photos in JPEG, which everything reads; drawings and what one sees through in WebP."""
    out = BytesIO()
    if is_photo and picture.mode == "RGB":
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        return Cleaned(out.getvalue(), "jpg")
    picture.save(out, "WEBP", quality=quality, method=4)
    return Cleaned(out.getvalue(), "webp")


# Keeping


def keep(file, alt: str, user):
    """A row of the images of the site for a sent photo, cleaned; raises RefusedFile."""
    model = get_image_model()
    title = one_line(alt) or title_from(file.name)
    image = model(title=title[:255], description=one_line(alt)[:255], uploaded_by_user=user)
    image.file = cleaned_file(file)
    image.kb_moved = image.file.file.kb_moved
    image.save()
    return image


def title_from(filename: str, otherwise: str = "") -> str:
    """A file name as people would say it: « IMG_2024-plan.jpg » is « IMG 2024 plan »;
    `otherwise`, or « Photo », when it has no word."""
    stem = PurePosixPath(filename.replace("\\", "/")).stem
    words = "".join(" " if char in "<>_-" else char for char in normal(stem))
    title = folded(words)[:200].strip()
    return title if can_be_read(title) else otherwise or _("Photo")


def cleaned_file(file) -> ImageFile:
    """The file to keep for a sent one; raises RefusedFile."""
    picture = cleaned(file)
    stem = shortened(slug_of(PurePosixPath(file.name).stem), 60) or "photo"
    kept = ImageFile(BytesIO(picture.content), name=f"{stem}.{picture.extension}")
    kept.kb_cleaned, kept.kb_moved = True, picture.moved
    return kept


def clean_new_file(image) -> None:
    """Before an image is saved, whatever door it came through: a new picture is cleaned.

    Drawings in SVG are left as they are. Raises RefusedFile; forms have asked before.
    """
    held = image.file
    if is_new_file(held) and not image.is_svg():
        if not getattr(held.file, "kb_cleaned", False):
            image.file = cleaned_file(held)
        note_size_and_hash(image)
