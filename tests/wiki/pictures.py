"""Pictures for tests: that compress badly, that show their side, that say where they were taken."""

import io
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wiki.media import photos

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def noisy(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that compresses badly, as photos do."""
    size = (max(width // 4, 1), max(height // 4, 1))
    channels = len(Image.new(mode, (1, 1)).getbands())
    small = Image.frombytes(mode, size, Random(1).randbytes(size[0] * size[1] * channels))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def halves(width: int = 400, height: int = 200) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", name: str = "photo.jpg", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def with_exif(**extra) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "zxfabricant"
    exif.get_ifd(GPS).update({1: "N", 2: (47.0, 10.0, 0.0), 3: "E", 4: (0.0, 14.0, 0.0)})
    for tag, value in extra.items():
        exif[{"orientation": ORIENTATION}[tag]] = value
    return exif


def opened(kept: photos.Cleaned) -> Image.Image:
    picture = Image.open(io.BytesIO(kept.content))
    picture.load()
    return picture


def sent(client, file, **fields):
    return client.post("/photos/", {"file": file, **fields})
