"""Pictures that staff upload."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from cms_pages.models import SiteImage
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db
MAKER, GPS, ORIENTATION = 0x010F, 0x8825, 0x0112


@pytest.fixture
def upload(client, settings, tmp_path):
    settings.STAFF_MFA_REQUIRED, settings.MEDIA_ROOT = False, str(tmp_path)
    client.force_login(make_person(is_staff=True, is_superuser=True))

    def send(name: str, data: bytes, kind: str):
        told = {"title": "Oak", "file": SimpleUploadedFile(name, data, kind), "description": "An oak"}
        return client.post("/cms/images/add/", told | {"collection": Collection.get_first_root_node().pk})

    return send


def from_a_camera(kind: str, size: tuple[int, int] = (40, 20), **options) -> bytes:
    """Lying on its side, with its maker and the place where it was taken."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "SECRET CAMERA", 6
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (47.0, 13.0, 6.0)
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, exif=exif, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")]
)
def test_nothing_of_the_camera_survives(upload, kind, name):
    data = from_a_camera(kind)
    assert b"SECRET CAMERA" in data
    assert upload(f"a.{kind.lower()}", data, f"image/{kind.lower()}").status_code == 302
    image = SiteImage.objects.get()
    kept = image.file.open().read()
    assert b"SECRET CAMERA" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert Image.open(io.BytesIO(kept)).format == kind
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(kept)


def test_renditions_hold_nothing_of_it_either(upload):
    upload("a.jpg", from_a_camera("JPEG"), "image/jpeg")
    made = SiteImage.objects.get().get_rendition("width-10|format-jpeg")
    assert not Image.open(made.file.open()).getexif()


def test_a_moving_picture_keeps_moving(upload):
    out = io.BytesIO()
    frames = [Image.new("P", (8, 8), number) for number in (1, 2, 3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    upload("a.gif", out.getvalue(), "image/gif")
    assert Image.open(SiteImage.objects.get().file.open()).n_frames == Image.open(out).n_frames


def test_a_program_behind_a_picture_is_cut_off(upload):
    upload("a.jpg", from_a_camera("JPEG") + b"<script>alert(1)</script>", "image/jpeg")
    assert b"<script>" not in SiteImage.objects.get().file.open().read()


@pytest.mark.parametrize(
    ("name", "data"), [("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("a.jpg", b"\xff\xd8\xff broken")]
)
def test_what_is_no_picture_is_refused_in_words(upload, name, data):
    answer = upload(name, data, "image/jpeg")
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not SiteImage.objects.exists()


def test_a_picture_keeps_its_file_when_only_its_words_change(upload, client):
    upload("a.jpg", from_a_camera("JPEG"), "image/jpeg")
    image = SiteImage.objects.get()
    told = {"title": "Oak", "description": "An old oak", "collection": image.collection_id}
    assert client.post(f"/cms/images/{image.pk}/", told).status_code == 302
    assert SiteImage.objects.get().file.name == image.file.name
    assert SiteImage.objects.get().description == "An old oak"
