"""Pictures that are none, that are too large or that would fill the memory: refused, kindly."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model

from tests import costs
from tests.wiki.pictures import noisy, saved, sent
from wiki.media import photos, uploads

pytestmark = pytest.mark.django_db


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says to be huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [6000, 9900, 15000, 60000])
def test_a_bomb_is_refused_before_it_is_decoded(writer, side):
    answer = sent(writer, SimpleUploadedFile("bombe.png", bomb(side, side)))
    assert answer.status_code == 422
    assert "millions de pixels" in answer.json()["error"]


HOSTILE = {
    "page.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page.jpg": b"<html><script>alert(1)</script></html>",
    "vide.png": b"\x89PNG\r\n\x1a\n",
    "coupee.jpg": None,
    "programme.gif": b"GIF89a" + b"\xff" * 40,
    "dessin.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage",
    "scan.tif": b"II*\x00" + b"\0" * 40,
    "texte.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "photo.heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_with_what_to_do(writer, name):
    content = HOSTILE[name]
    if content is None:
        content = saved(noisy(800, 600)).read()[:9000]
    answer = sent(writer, SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert "JPEG" in answer.json()["error"]
    assert not get_image_model().objects.filter(title__contains="page").exists()


def test_a_photo_of_fifteen_megabytes_is_kept(writer):
    raw = saved(noisy(3000, 2000)).read()
    file = SimpleUploadedFile("photo.jpg", raw + b"\0" * (15 * uploads.MEGABYTE - len(raw)))
    assert sent(writer, file).status_code == 201


def test_forty_megabytes_are_refused_and_not_kept(writer):
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8" + b"\0" * (40 * uploads.MEGABYTE))
    answer = sent(writer, file)
    assert answer.status_code == 413
    assert "25" in answer.json()["error"]


def test_no_more_than_the_limit_is_written_to_the_disk(rf):
    handler = uploads.BoundedUpload(rf.post("/photos/"), 10)
    assert handler.receive_data_chunk(b"12345678", 0) == b"12345678"
    assert handler.receive_data_chunk(b"12345678", 8) == b"123"
    assert handler.receive_data_chunk(b"12345678", 16) is None


@pytest.mark.usefixtures("admin_templates")
@pytest.mark.parametrize("door", ["/photos/", "/admin/images/add/"])
def test_a_photo_of_many_scans_is_refused_before_it_is_decoded(superuser, logged_in, door):
    """Each is drawn over all the pixels, and takes a few bytes when it draws none."""
    out = BytesIO()
    Image.new("L", (4000, 4000)).save(out, "JPEG", progressive=True)
    photo = out.getvalue()
    start = photo.rindex(b"\xff\xda")
    scans = photo[:start] + photo[start:-2] * 400 + photo[-2:]

    def sent():
        file = SimpleUploadedFile("a.jpg", scans, "image/jpeg")
        return logged_in(superuser).post(door, {"file": file, "title": "Photo", "alt": "x"})

    answer = costs.within(2, sent)
    assert "Cette photo est trop longue" in answer.content.decode()
    assert not get_image_model().objects.filter(title="Photo").exists()


def test_an_ordinary_progressive_photo_is_kept(writer):
    picture = noisy(3000, 2000)
    answer = sent(writer, saved(picture, progressive=True))
    assert answer.status_code == 201


def is_taken(kind: str, mode: str, width: int, height: int, **options) -> bool:
    """Whether a picture of this kind that says to be so large is decoded."""
    out = BytesIO()
    Image.new(mode, (64, 64)).save(out, kind, **options)
    return photos.most_pixels(Image.open(out), out) >= width * height


TOO_HEAVY = {
    "webp": ("WEBP", "RGBA", 5470, 5470, {"lossless": True}),
    "heic": ("HEIF", "RGB", 8000, 8000, {}),
    "progressive jpeg": ("JPEG", "RGB", 8000, 8000, {"progressive": True}),
    "progressive jpeg in four colours": ("JPEG", "CMYK", 5300, 5300, {"progressive": True}),
    "png with transparency": ("PNG", "RGBA", 5470, 5470, {}),
    "png in 16 bits": ("PNG", "I;16", 5470, 5470, {}),
    "png of a palette": ("PNG", "P", 5470, 5470, {"transparency": 0}),
    "gif": ("GIF", "P", 5470, 5470, {}),
}
ORDINARY = {
    "12 MP": ("JPEG", "RGB", 4032, 3024, {}),
    "48 MP": ("JPEG", "RGB", 8064, 6048, {}),
    "50 MP": ("JPEG", "RGB", 8192, 6144, {}),
    "50 MP in four colours": ("JPEG", "CMYK", 8192, 6144, {}),
    "12 MP progressive": ("JPEG", "RGB", 4032, 3024, {"progressive": True}),
    "12 MP heic": ("HEIF", "RGB", 4032, 3024, {}),
    "24 MP heic": ("HEIF", "RGB", 5712, 4284, {}),
    "a screen of 5K": ("PNG", "RGBA", 5120, 2880, {}),
    "a large webp": ("WEBP", "RGB", 3840, 2160, {}),
    "a drawing": ("PNG", "RGB", 5470, 5470, {}),
}


@pytest.mark.parametrize("name", TOO_HEAVY)
def test_pixels_are_counted_by_what_decoding_takes(name):
    kind, mode, width, height, options = TOO_HEAVY[name]
    assert not is_taken(kind, mode, width, height, **options)


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_photos_and_drawings_pass(name):
    kind, mode, width, height, options = ORDINARY[name]
    assert is_taken(kind, mode, width, height, **options)


def test_a_jpeg_of_each_colour_apart_is_held_whole_too():
    """Its first scan has one colour: all are kept until the last one comes."""
    out = BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG")
    whole = out.getvalue()
    place = whole.index(b"\xff\xda")
    apart = BytesIO(whole[: place + 4] + b"\x01" + whole[place + 5 :])
    assert photos.most_pixels(Image.open(BytesIO(whole)), BytesIO(whole)) == photos.PHOTO_PIXELS
    assert photos.most_pixels(Image.open(apart), apart) == photos.GATHERED_PIXELS


MEASURE = """
import sys
from pathlib import Path
import django
django.setup()
from wiki.media import photos
status = Path("/proc/self/status")
held = lambda name: int(next(l for l in status.read_text().splitlines() if name in l).split()[1])
with open(sys.argv[1], "rb") as file:
    Path("/proc/self/clear_refs").write_text("5")
    before = held("VmRSS")
    photos.cleaned(file)
    print(held("VmHWM") - before)
"""


@pytest.mark.whole
@pytest.mark.parametrize(
    ("kind", "mode", "side", "options"),
    [
        ("WEBP", "RGBA", 3000, {"lossless": True, "method": 0}),
        ("PNG", "RGBA", 4000, {"compress_level": 1}),
        ("JPEG", "RGB", 4900, {"progressive": True, "subsampling": 0}),
    ],
)
def test_the_largest_picture_that_is_taken_takes_less_than_200_mb(
    tmp_path, kind, mode, side, options
):
    path = tmp_path / "picture"
    Image.new(mode, (side, side), (9, 9, 9, 99)[: len(mode)]).save(path, kind, **options)
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout) < 200_000  # kB
