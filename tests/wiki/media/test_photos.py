"""Photos that people send: made light, upright and discreet, shown to those who may see them."""

import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageCms
from pillow_heif import from_pillow
from wagtail.images import get_image_model

from home.demo_files import FOLDER
from tests import factories
from tests.wiki.pictures import (
    halves,
    noisy,
    opened,
    saved,
    sent,
    with_exif,
)
from wiki.media import photos, uploads

pytestmark = pytest.mark.django_db


# Cleaning


def test_a_photo_of_a_phone_is_made_small_and_light():
    file = saved(noisy(4000, 3000), quality=98)
    assert file.size > 4 * uploads.MEGABYTE
    kept = photos.cleaned(file)
    assert kept.extension == "jpg"
    assert len(kept.content) <= 300 * 1024
    assert max(opened(kept).size) <= 1600
    assert opened(kept).width / opened(kept).height == pytest.approx(4 / 3, abs=0.01)


@pytest.mark.parametrize("most", [70, 150])
def test_the_weight_asked_for_is_kept(settings, most):
    settings.PHOTO_MAX_KB = most
    assert len(photos.cleaned(saved(noisy(2400, 1800))).content) <= most * 1024


def test_a_small_photo_keeps_its_size():
    assert opened(photos.cleaned(saved(halves()))).size == (400, 200)


def test_nothing_but_the_pixels_is_kept():
    exif = with_exif()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">zxsecretxmp</x:xmpmeta>'
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = saved(halves(), exif=exif, xmp=xmp, icc_profile=profile, comment=b"zxcommentaire")
    raw = file.read()
    assert b"zxfabricant" in raw
    assert b"zxsecretxmp" in raw
    kept = photos.cleaned(SimpleUploadedFile("p.jpg", raw + b"zxtraine"))
    assert b"zx" not in kept.content
    assert not opened(kept).getexif()
    assert {"icc_profile", "xmp", "exif", "comment"}.isdisjoint(opened(kept).info)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_keep_nothing_else_either(kind):
    file = saved(halves(), kind, f"dessin.{kind.lower()}", exif=with_exif())
    assert b"zxfabricant" in file.read()
    assert b"zxfabricant" not in photos.cleaned(file).content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright(orientation):
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = halves()
    if orientation in turns:
        picture = picture.transpose(turns[orientation])
    kept = opened(photos.cleaned(saved(picture, exif=with_exif(orientation=orientation))))
    assert kept.size == (400, 200)
    left, right = kept.getpixel((50, 100)), kept.getpixel((350, 100))
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


def test_colours_of_another_space_are_brought_to_the_web_s():
    red = Image.new("RGB", (60, 60), (200, 30, 30))
    kept = opened(photos.cleaned(saved(red, "PNG", icc_profile=swapped_profile())))
    levels = kept.getpixel((30, 30))
    assert levels[2] > 150 > 80 > levels[0]


def swapped_profile() -> bytes:
    """sRGB whose red and blue primaries changed places."""
    raw = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {}
    for rank in range(struct.unpack(">I", raw[128:132])[0]):
        start = 132 + 12 * rank
        tags[bytes(raw[start : start + 4])] = start
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    raw[red : red + 4], raw[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(raw)


def test_a_bad_colour_profile_is_passed_over():
    assert photos.cleaned(saved(halves(), icc_profile=b"not a profile")).extension == "jpg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_kept(mode):
    picture = Image.new(mode, (50, 40)) if mode == "I;16" else halves(50, 40).convert(mode)
    assert opened(photos.cleaned(saved(picture, "PNG", "p.png"))).size == (50, 40)


def test_a_photo_in_print_colours_is_kept():
    kept = opened(photos.cleaned(saved(halves().convert("CMYK"))))
    assert kept.mode == "RGB"
    assert kept.getpixel((50, 100))[0] > 180


def test_a_drawing_that_one_sees_through_stays_so():
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 50, 100))
    kept = photos.cleaned(saved(picture, "PNG", "logo.png"))
    assert kept.extension == "webp"
    assert opened(kept).getpixel((90, 50))[3] == 0
    assert opened(kept).getpixel((10, 50))[3] == 255


def test_of_an_animation_the_first_image_is_kept():
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue", "green")]
    file = saved(frames[0], "GIF", "anime.gif", save_all=True, append_images=frames[1:])
    kept = opened(photos.cleaned(file))
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((30, 30))[0] > 200


def animation(kind: str, count: int = 5):
    frames = [Image.new("RGB", (60, 60), (50 * n, 0, 0)) for n in range(count)]
    rest = {"save_all": True, "append_images": frames[1:]} if count > 1 else {}
    return saved(frames[0], kind, f"anime.{kind.lower()}", **rest)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_sender_of_an_animation_is_told_that_its_first_image_is_kept(writer, kind):
    answer = sent(writer, animation(kind))
    assert answer.status_code == 201
    assert "première image" in answer.json()["notice"]
    assert "notice" not in sent(writer, animation(kind, count=1)).json()


def test_a_photo_with_a_second_one_inside_is_no_animation(writer):
    frames = [halves(), Image.new("RGB", (20, 20))]
    file = saved(frames[0], "MPO", "telephone.jpg", save_all=True, append_images=frames[1:])
    assert "notice" not in sent(writer, file).json()


def test_scans_of_several_pages_are_refused_with_what_to_send(writer):
    answer = sent(writer, saved(halves(), "TIFF", "scan.tiff"))
    assert answer.status_code == 422
    assert "JPEG" in answer.json()["error"]


def test_a_photo_of_an_iphone_is_kept():
    out = io.BytesIO()
    from_pillow(halves()).save(out, format="HEIF")
    kept = photos.cleaned(SimpleUploadedFile("IMG_1.HEIC", out.getvalue()))
    assert kept.extension == "jpg"
    assert opened(kept).size == (400, 200)


def test_a_picture_sent_twice_is_not_made_worse_and_worse():
    once = photos.cleaned(saved(noisy(1200, 900)))
    twice = photos.cleaned(SimpleUploadedFile("p.jpg", once.content))
    assert opened(twice).size == opened(once).size


# Sending


def test_a_writer_sends_a_photo_and_gets_what_the_editor_shows(writer, contributor):
    answer = sent(writer, saved(halves(), name="IMG_2024.jpg"), alt="Le  hall")
    data = answer.json()
    image = get_image_model().objects.get(pk=data["id"])
    assert answer.status_code == 201
    assert data == {
        "id": image.pk,
        "alt": "Le hall",
        "src": f"/photos/{image.pk}/",
        "width": 400,
        "height": 200,
    }
    assert (image.title, image.uploaded_by_user) == ("Le hall", contributor)
    assert (image.width, image.height, image.file_size) == (400, 200, image.file.size)
    assert image.file_hash


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("IMG_2024-plan.jpg", "IMG 2024 plan"),
        ("..\\..\\secret.jpg", "secret"),
        ("../../etc/passwd.jpg", "passwd"),
        ("<script>alert(1).jpg", "script alert(1)"),
        ("a\u202egpj.exe.jpg", "agpj.exe"),
        (".jpg", ".jpg"),
    ],
)
def test_titles_from_file_names_are_harmless(name, title):
    assert photos.title_from(name) == title


def test_a_hostile_file_name_is_shown_nowhere_as_markup(writer):
    name = '"><img src=x onerror=alert(1)>.jpg'
    pk = sent(writer, saved(halves(), name=name)).json()["id"]
    image = get_image_model().objects.get(pk=pk)
    assert "<" not in image.title + image.file.name
    page = factories.page(body=f'<embed embedtype="image" id="{pk}" alt="x">')
    assert "<img src=x" not in Client().get(page.address).content.decode()


def test_only_writers_send_photos(client, logged_in):
    for reader in (client, logged_in(factories.person())):
        answer = sent(reader, saved(halves()))
        assert answer.status_code == 403
        assert answer.json()["error"]
    assert client.get("/photos/").status_code == 405


def test_a_form_without_a_file_is_told_so(writer):
    assert writer.post("/photos/").status_code == 400
    assert writer.post("/photos/", {"file": "texte"}).status_code == 400
    assert sent(writer, SimpleUploadedFile("vide.jpg", b"")).status_code == 422


def test_a_photo_sent_from_another_site_is_refused(contributor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(contributor)
    assert sent(client, saved(halves())).status_code == 403
    assert not get_image_model().objects.filter(uploaded_by_user=contributor).exists()


# Showing


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_photo_is_shown_in_webp_to_those_who_write(writer, client):
    pk = sent(writer, saved(noisy(1600, 1200))).json()["id"]
    answer = writer.get(f"/photos/{pk}/")
    assert answer["Content-Type"] == "image/webp"
    assert max(Image.open(io.BytesIO(body_of(answer))).size) == 1000
    assert "private" in answer["Cache-Control"]
    assert client.get(f"/photos/{pk}/").status_code == 404
    assert client.get("/photos/999999/").status_code == 404


def test_a_photo_is_read_with_the_pages_that_show_it(writer, client, contributor):
    pk = sent(writer, saved(halves())).json()["id"]
    body = f'<p>Un</p><embed embedtype="image" id="{pk}" alt="Le hall">'
    page = factories.page(body=body, author=contributor)
    text = client.get(page.address).content.decode()
    assert 'alt="Le hall"' in text
    assert ".webp" in text
    assert body_of(client.get(f"/photos/{pk}/"))
    factories.restricted_to_groups(page, "Bureau")
    assert client.get(f"/photos/{pk}/").status_code == 404


def test_each_use_of_a_photo_has_its_own_alternative(writer, client):
    pk = sent(writer, saved(halves()), alt="Envoyée").json()["id"]
    one = factories.page(body=f'<embed embedtype="image" id="{pk}" alt="Un mot">')
    other = factories.page(body=f'<embed embedtype="image" id="{pk}" alt="Un autre">')
    assert 'alt="Un mot"' in client.get(one.address).content.decode()
    assert 'alt="Un autre"' in client.get(other.address).content.decode()


def test_pictures_shown_before_webp_are_made_again(client):
    image = get_image_model()(title="Ancienne", file=photos.cleaned_file(saved(halves())))
    image.save()
    image.get_rendition("max-1000x1000")
    page = factories.page(body=f'<embed embedtype="image" id="{image.pk}" alt="x">')
    assert ".webp" in client.get(page.address).content.decode()


def test_drawings_of_the_demonstration_stay_drawings(client):
    image = get_image_model().objects.filter(file__endswith=".svg").first()
    page = factories.page(body=f'<embed embedtype="image" id="{image.pk}" alt="x">')
    for _view in range(2):
        assert ".svg" in client.get(page.address).content.decode()
    answer = client.get(f"/photos/{image.pk}/")
    assert b"<svg" in body_of(answer)
    assert answer["Content-Type"] == "image/svg+xml"


# The other doors


def read(image) -> bytes:
    with image.file.open() as held:
        return held.read()


def test_a_picture_sent_through_the_admin_is_cleaned_too(facilitator, logged_in, admin_templates):
    file = saved(noisy(3000, 2000), exif=with_exif(orientation=6))
    collection = get_image_model()._meta.get_field("collection").get_default()
    data = {"title": "Par l’admin", "file": file, "collection": collection}
    answer = logged_in(facilitator).post("/admin/images/add/", data)
    assert answer.status_code == 302
    image = get_image_model().objects.get(title="Par l’admin")
    raw = read(image)
    assert b"zxfabricant" not in raw
    assert len(raw) == image.file_size <= 300 * 1024
    assert image.height > image.width


def test_too_large_a_picture_is_refused_kindly_in_the_admin(
    facilitator, logged_in, admin_templates
):
    file = saved(Image.new("1", (6000, 6000)), "PNG", "grande.png")
    collection = get_image_model()._meta.get_field("collection").get_default()
    data = {"title": "Grande", "file": file, "collection": collection}
    answer = logged_in(facilitator).post("/admin/images/add/", data)
    assert answer.status_code == 200
    assert "millions de pixels" in answer.content.decode()
    assert not get_image_model().objects.filter(title="Grande").exists()


def added(client, file):
    collection = get_image_model()._meta.get_field("collection").get_default()
    data = {"title": "Par l’admin", "file": file, "collection": collection}
    return client.post("/admin/images/add/", data)


def test_an_animation_is_refused_in_the_admin_with_what_to_do(
    facilitator, logged_in, admin_templates
):
    answer = added(logged_in(facilitator), animation("GIF"))
    assert answer.status_code == 200
    assert "images fixes" in answer.content.decode()


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_cut_picture_in_the_admin_is_told_or_kept(
    facilitator, logged_in, admin_templates, kind, share
):
    raw = saved(noisy(300, 200), kind, f"coupee.{kind.lower()}").read()
    name = f"coupee.{kind.lower()}".replace("jpeg", "jpg")
    file = SimpleUploadedFile(name, raw[: int(len(raw) * share)])
    answer = added(logged_in(facilitator), file)
    assert answer.status_code == 200


def test_a_picture_made_by_a_command_is_cleaned_too():
    file = saved(halves(), exif=with_exif())
    image = get_image_model().objects.create(title="Commande", file=file)
    assert b"zxfabricant" not in read(image)
    hashed = image.file_hash
    image.title = "Autre titre"
    image.save()
    image.refresh_from_db()
    assert (image.title, image.file_hash) == ("Autre titre", hashed)


def test_a_drawing_of_the_demonstration_keeps_its_bytes():
    path = next((FOLDER / "pictures").glob("*.svg"))
    file = SimpleUploadedFile(path.name, path.read_bytes())
    image = get_image_model().objects.create(title="Dessin", file=file)
    assert read(image) == path.read_bytes()
