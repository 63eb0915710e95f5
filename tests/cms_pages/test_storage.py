"""Uploads in buckets, at a service that really answers."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from cms_pages.models import NewsIndexPage, NewsPage, SiteDocument, SiteImage, SiteRendition
from cms_pages.storage import StorageDownError
from participation.actions.proposal_photos import add_photo
from participation.models import Proposal
from site_config import uploads
from site_config.anonymous_reads import shelf
from tests.cms_pages.buckets import NOBODY_ANSWERS, PRIVATE, PUBLIC, answered
from tests.factories.participation import make_person
from tests.factories.proposals import image_bytes, make_open_budget, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def down(settings, monkeypatch):
    """To be called when the service stops to answer."""
    return lambda: NOBODY_ANSWERS.serve(settings, monkeypatch)


@pytest.fixture
def officer(client, settings):
    """Somebody who may upload, signed in."""
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(make_person(is_superuser=True, is_staff=True))


@pytest.fixture
def news(home) -> NewsPage:
    index = home.add_child(instance=NewsIndexPage(title="News", slug="news", locale=home.locale))
    picture = SiteImage.objects.create(title="Oak", file=get_test_image_file(size=(1600, 1200)), description="An oak")
    page = NewsPage(title="Trees", slug="trees", date="2026-03-02", picture=picture, locale=home.locale)
    return index.add_child(instance=page)


def make_document(**fields) -> SiteDocument:
    return SiteDocument.objects.create(title="Minutes", file=ContentFile(b"%PDF-1.7 minutes", "minutes.pdf"), **fields)


def test_pictures_are_public_and_what_they_are_made_of_is_not(buckets, visitor, news):
    page = visitor.get("/en/news/trees/").content.decode()
    assert f'src="{buckets.public}/images/' in page
    assert news.picture.file.name in buckets.keys(PRIVATE)
    assert all(key.startswith("images/") for key in buckets.keys(PUBLIC))


def test_a_browser_gets_the_picture(buckets, visitor, news):
    page = visitor.get("/en/news/trees/").content.decode()
    address = page.partition('<img class="photo" src="')[2].partition('"')[0]
    headers, body = answered(address)
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == uploads.FOREVER
    assert body.startswith(b"\xff\xd8")


def test_a_document_is_lent_for_a_short_while(buckets, visitor):
    document = make_document()
    answer = visitor.get(document.url)
    assert answer.status_code == 302
    said = parse_qs(urlsplit(answer["Location"]).query)
    assert said["X-Amz-Expires"] == [str(uploads.LINK_SECONDS)]
    assert said["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    headers, body = answered(answer["Location"])
    assert body == b"%PDF-1.7 minutes"
    assert headers["Content-Disposition"] == "attachment"
    assert headers["Cache-Control"] == "private"


def test_a_private_document_is_lent_to_nobody(buckets, visitor):
    kept = Collection.get_first_root_node().add_child(name="Kept")
    CollectionViewRestriction.objects.create(collection=kept, restriction_type="login")
    answer = visitor.get(make_document(collection=kept).url)
    assert PRIVATE not in answer["Location"]


def test_a_photo_of_a_citizen_stays_private_and_is_shown_by_the_site(buckets, home, visitor):
    budget, author = make_open_budget(slug="green"), make_person()
    proposal = make_proposal(budget, author)
    words = {"alt": "A tree", "may_publish": True, "at": timezone.now()}
    photo = add_photo(actor=author, proposal=proposal, data=image_bytes(), **words)
    Proposal.objects.update(status="published", published_at=timezone.now())
    assert photo.large.name in buckets.keys(PRIVATE)
    shown = visitor.get(reverse("proposal_photo", args=["green", photo.uuid, "small"]))
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_two_files_of_one_name_do_not_meet(buckets):
    first, second = (default_storage.save("same.txt", ContentFile(words)) for words in (b"one", b"two"))
    assert first != second
    assert default_storage.open(first).read() == b"one"
    default_storage.delete(first)
    assert not default_storage.exists(first)
    assert default_storage.size(second) == 3


def test_what_is_not_there_is_not_found(buckets):
    with pytest.raises(FileNotFoundError):
        default_storage.open("no-such-file")


def test_pages_are_served_while_the_storage_is_down(buckets, down, visitor, news):
    visitor.get("/en/news/trees/")
    down()
    assert "<picture>" in visitor.get("/en/news/trees/").content.decode()
    SiteRendition.objects.all().delete()
    shelf.clear()
    cache.clear()
    page = visitor.get("/en/news/trees/")
    assert page.status_code == 200
    assert "<picture>" not in page.content.decode()
    assert visitor.get("/api/v1/pages/by-path/?path=/en/news/trees/").status_code == 200


def test_an_upload_while_the_storage_is_down_is_refused_and_keeps_nothing(down, client, officer):
    client.raise_request_exception = False
    down()
    file = SimpleUploadedFile("oak.jpg", image_bytes(), "image/jpeg")
    told = {"title": "Oak", "file": file, "collection": Collection.get_first_root_node().pk}
    assert client.post("/cms/images/add/", told).status_code == 503
    assert not SiteImage.objects.exists()


def test_a_fault_of_the_storage_is_one_of_a_disk(down):
    down()
    for ask in (lambda: default_storage.save("a", ContentFile(b"a")), lambda: default_storage.open("a")):
        with pytest.raises(StorageDownError) as fault:
            ask()
        assert isinstance(fault.value, OSError)
        assert "testing" not in str(fault.value)


@pytest.mark.parametrize("missing", ["S3_PUBLIC_BUCKET", "S3_PUBLIC_ADDRESS"])
def test_a_bucket_alone_is_not_enough(buckets, monkeypatch, missing):
    monkeypatch.delenv(missing)
    with pytest.raises(ImproperlyConfigured, match=missing):
        uploads.storages()


def test_the_public_address_is_one(buckets, monkeypatch):
    monkeypatch.setenv("S3_PUBLIC_ADDRESS", "pictures.example")
    with pytest.raises(ImproperlyConfigured, match="S3_PUBLIC_ADDRESS must be an address"):
        uploads.public_address()


def test_kinds_of_documents_that_a_browser_would_run_are_not_taken(client, officer):
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")
    told = {"title": "Page", "file": file, "collection": Collection.get_first_root_node().pk}
    assert client.post("/cms/documents/add/", told).status_code == 200
    assert not SiteDocument.objects.exists()
