"""Whatever is sent as a photo: only its picture survives, and what is none is refused."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from participation.actions.proposal_photos import add_photo, describe_photo, remove_photo
from participation.actions.proposals import discard
from participation.choices import PhaseKind
from participation.models import ActivityEntry, ProposalPhoto
from participation.pictures import MOST_BYTES, made_anew
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person
from tests.factories.proposals import image_bytes, make_draft, make_open_budget, make_proposal, next_phase

NOW = timezone.now()
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def files(media) -> list[str]:
    return sorted(path.name for path in media.rglob("*.jpg"))


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 13.0, 9.0), 3: "W", 4: (1.0, 33.0, 18.0)})
    return image_bytes(exif=exif.tobytes(), comment=b"SECRET-COMMENT")


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def zipped() -> bytes:
    file = io.BytesIO(image_bytes())
    file.seek(0, io.SEEK_END)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("a.js", "alert(1)")
    return file.getvalue()


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        made_anew(data)
    return refused.value.refusal


def test_where_it_was_taken_and_with_what_is_lost():
    data = with_gps()
    assert b"SECRET" in data
    assert dict(Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825))
    picture = made_anew(data)
    for made in (picture.large, picture.small):
        image = Image.open(io.BytesIO(made))
        assert not dict(image.getexif())
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert b"SECRET" not in made


def test_it_stands_upright():
    picture = made_anew(with_gps())
    assert picture.width < picture.height


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_format_becomes_a_jpeg_of_two_sizes(kind):
    picture = made_anew(image_bytes(kind, (2400, 1200)))
    assert (picture.width, picture.height) == (1600, 800)
    assert Image.open(io.BytesIO(picture.small)).size == (640, 320)
    assert Image.open(io.BytesIO(picture.large)).format == "JPEG"


def test_what_is_transparent_becomes_white():
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    assert Image.open(io.BytesIO(made_anew(file.getvalue()).large)).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"not a photo",
        SVG,
        b"<?xml version='1.0'?>" + SVG,
        image_bytes() + SVG,
        image_bytes() + b"<script>alert(1)</script>",
        image_bytes(comment=b"<?php system('id') ?>"),
        image_bytes("GIF", (40, 40)),
        image_bytes("BMP", (40, 40)),
        image_bytes("TIFF", (40, 40)),
        b"%PDF-1.7\n" + image_bytes(),
        zipped(),
        image_bytes()[:300],
        image_bytes("PNG")[:60],
        image_bytes("WEBP")[:40],
    ],
    ids=range(16),
)
def test_what_is_no_photo_or_something_else_too(data):
    assert refusal_of(data) is Refusal.PHOTO_UNREADABLE


@pytest.mark.parametrize("size", [(12_001, 1), (1, 12_001), (8_000, 8_000), (65_535, 65_535), (2**31 - 1, 2**31 - 1)])
def test_a_giant_is_refused_before_it_is_decoded(size):
    assert refusal_of(claiming(*size)) is Refusal.PHOTO_TOO_LARGE


def test_too_many_bytes():
    assert refusal_of(b"\xff" * (MOST_BYTES + 1)) is Refusal.PHOTO_TOO_LARGE


@pytest.mark.parametrize("start", range(0, 3_000, 97))
def test_any_broken_file_is_refused_or_made_anew(start):
    data = bytearray(with_gps())
    data[start : start + 9] = b"\xff\x00\xff\xe1\xff\xff\x80\x7f\x00"
    try:
        made_anew(bytes(data))
    except ActionRefused as refused:
        assert refused.refusal in {Refusal.PHOTO_UNREADABLE, Refusal.PHOTO_TOO_LARGE}


def added(proposal, **changed) -> ProposalPhoto:
    values = {"data": image_bytes(size=(60, 40)), "alt": "A tree", "may_publish": True, "at": NOW}
    return add_photo(**{"actor": proposal.author, "proposal": proposal, **values, **changed})


@pytest.mark.django_db
def test_a_photo_is_kept_once_and_forgotten_with_its_files(media, django_capture_on_commit_callbacks):
    draft, data = make_draft(make_open_budget()), image_bytes()
    first, second = (added(draft, data=data) for _ in range(2))
    assert first == second
    assert files(media) == [f"{first.uuid}-large.jpg", f"{first.uuid}-small.jpg"]
    assert default_storage.exists(first.large.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(actor=draft.author, photo=first, at=NOW)
    assert not ProposalPhoto.objects.exists()
    assert files(media) == []
    remove_photo(actor=draft.author, photo=first, at=NOW)


@pytest.mark.django_db
def test_words_of_a_photo_are_changed_once(media):
    proposal = make_proposal(make_open_budget())
    photo = added(proposal)
    for _ in range(2):
        describe_photo(actor=proposal.author, photo=photo, alt=" An\x00 oak ", at=NOW)
    assert ProposalPhoto.objects.get().alt == "An oak"
    assert ActivityEntry.objects.filter(verb="describe_photo").count() == 1
    for actor, alt, expected in ((proposal.author, " ", "alt_missing"), (make_person(), "Mine", "not_yours")):
        with pytest.raises(ActionRefused, match=expected):
            describe_photo(actor=actor, photo=photo, alt=alt, at=NOW)
    assert ProposalPhoto.objects.get().alt == "An oak"


@pytest.mark.django_db
def test_a_draft_takes_its_photos_along(media, django_capture_on_commit_callbacks):
    draft = make_draft(make_open_budget())
    added(draft)
    with django_capture_on_commit_callbacks(execute=True):
        discard(actor=draft.author, proposal=draft, at=NOW)
    assert files(media) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"alt": " \x00"}, Refusal.ALT_MISSING),
        ({"may_publish": False}, Refusal.RIGHTS_MISSING),
        ({"data": SVG}, Refusal.PHOTO_UNREADABLE),
    ],
)
def test_what_is_missing_keeps_nothing(media, changed, expected):
    draft = make_draft(make_open_budget())
    with pytest.raises(ActionRefused) as refused:
        added(draft, **changed)
    assert refused.value.refusal is expected
    assert not draft.photos.exists()
    assert files(media) == []


@pytest.mark.django_db
def test_three_are_enough(media):
    draft = make_draft(make_open_budget())
    for _ in range(3):
        added(draft)
    with pytest.raises(ActionRefused) as refused:
        added(draft)
    assert refused.value.refusal is Refusal.TOO_MANY_PHOTOS
    assert len(files(media)) == 6


@pytest.mark.django_db
def test_nobody_elses_and_not_afterwards(media):
    proposal = make_proposal(make_open_budget())
    photo = added(proposal)
    with pytest.raises(ActionRefused, match="not_yours"):
        added(proposal, actor=make_person())
    with pytest.raises(ActionRefused, match="not_yours"):
        remove_photo(actor=make_person(), photo=photo, at=NOW)
    next_phase(proposal.budget, PhaseKind.VALUATING)
    proposal.refresh_from_db()
    with pytest.raises(ActionRefused, match="proposals_closed"):
        added(type(proposal).objects.get(pk=proposal.pk))


@pytest.mark.django_db
def test_files_of_a_row_that_cannot_be_written_are_taken_away(media, monkeypatch):
    def fail(self, *args, **kwargs):
        raise RuntimeError

    draft = make_draft(make_open_budget())
    monkeypatch.setattr(ProposalPhoto, "save", fail)
    with pytest.raises(RuntimeError):
        added(draft)
    assert files(media) == []
