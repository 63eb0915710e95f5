"""What a hand-made request tries on the screens of pages: said in one sentence or refused, and nothing is changed."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms_pages.blocks.media import check_host
from cms_pages.models import StandardPage
from participation.choices import Role
from tests.cms_pages.translators import make_home, make_page, make_staff

pytestmark = pytest.mark.django_db
INSIDE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost:8000/cms/",
    "http://127.0.0.1/",
    "http://[::1]/",
    "https://youtu.be.localhost/abcdefghijk",
    "https://vimeo.com@169.254.169.254/1",
    "https://www.youtube.com/redirect?q=http://169.254.169.254/",
    "file:///etc/passwd",
    "javascript:alert(1)",
)


@pytest.fixture
def home():
    return make_home()


@pytest.fixture
def editor(client, home):
    client.force_login(make_staff(Role.EDITOR, Page.get_first_root_node(), "add", "change", "publish"))


def edit(client, page, **fields):
    form = {"title": page.title, "slug": page.slug, "introduction": "", "body-count": 0, "recipient": ""}
    form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, **fields}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def block(kind: str, **values) -> dict[str, object]:
    head = {"body-count": 1, "body-0-type": kind, "body-0-order": 0, "body-0-deleted": "", "body-0-id": ""}
    return head | {f"body-0-value{'-' * bool(name)}{name}": value for name, value in values.items()}


@pytest.mark.parametrize("address", INSIDE)
def test_a_recording_that_points_inside(client, editor, home, address):
    page = make_page(home)
    answer = edit(client, page, **block("embed", title="A film", address=address))
    assert "Give the address of one recording at one of these" in answer.content.decode()
    assert StandardPage.objects.get(pk=page.pk).get_latest_revision().pk == page.latest_revision_id
    with pytest.raises(ValidationError):
        check_host(address)


@pytest.mark.parametrize("address", INSIDE)
def test_the_embed_chooser_asks_nobody_inside(client, editor, address):
    answer = client.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": address})
    assert answer.status_code < 500
    assert "embed_chosen" not in answer.content.decode()


def test_a_script_in_rich_text_does_not_come_through(client, editor, home):
    page = make_page(home)
    words = "<p>Hi</p><script>alert(1)</script><img src=x onerror=alert(1)>"
    content = {"blocks": [{"key": "a", "text": words, "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                           "entityRanges": [], "data": {}}], "entityMap": {}}  # fmt: skip
    edit(client, page, **block("text", **{"": json.dumps(content)}))
    kept = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().body[0].value
    assert isinstance(kept, RichText)
    assert "<script" not in kept.source
    assert "<img" not in kept.source


def test_a_page_is_not_moved_below_itself(client, editor, home):
    page = make_page(home)
    paths = list(Page.objects.values_list("pk", "path"))
    for target in (page.pk, 99_999):
        address = reverse("wagtailadmin_pages:move_confirm", args=[home.pk, target])
        assert client.get(address).status_code < 500
        assert client.post(address).status_code in {302, 403, 404}
    assert list(Page.objects.values_list("pk", "path")) == paths


def test_two_editors_at_once_lose_nothing(client, editor, home):
    page = make_page(home)
    begun_with = page.latest_revision_id
    other = StandardPage.objects.get(pk=page.pk)
    other.title = "By the other"
    other.save_revision()
    edit(client, page, title="By me", loaded_revision_id=begun_with)
    titles = [one.as_object().title for one in StandardPage.objects.get(pk=page.pk).revisions.order_by("pk")]
    assert titles[-2:] == ["By the other", "By me"]


def test_a_form_that_lacks_its_own_fields(client, editor, home):
    client.raise_request_exception = False
    page = make_page(home)
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Anything"})
    assert answer.status_code == 400
    page.refresh_from_db()
    assert page.title != "Anything"
