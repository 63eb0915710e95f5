import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from cms_pages.models import HomePage, ProcessPage, SiteImage
from site_config.anonymous_reads import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    root = Page.get_first_root_node()
    root.get_children().delete()
    home = root.add_child(
        instance=HomePage(title="Home", slug="home", locale=Locale.get_default(), introduction="Welcome.")
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    return home


@pytest.fixture
def process(home) -> ProcessPage:
    page = ProcessPage(title="How it works", slug="how", locale=home.locale)
    page.body = [
        ("heading", "Steps"),
        ("text", RichText(f'<p>See <a linktype="page" id="{home.pk}">home</a>.</p>')),
        ("step", {"title": "One", "text": "First."}),
        ("call_to_action", {"text": "Go", "link_text": "Home", "page": home}),
    ]
    return home.add_child(instance=page)


def test_a_page_comes_whole_by_its_path(client, process):
    answer = client.get("/api/v1/pages/by-path/", {"path": "/en/how/"}).json()
    assert (answer["id"], answer["type"], answer["path"]) == (process.pk, "process", "/en/how/")
    assert [block["type"] for block in answer["body"]] == ["heading", "text", "step", "call_to_action"]
    assert 'href="http://testserver/en/"' in answer["body"][1]["value"]
    assert answer["body"][2]["value"] == {"title": "One", "text": "First."}
    assert answer["body"][3]["value"]["page"]["path"] == "/en/"
    assert [crumb["title"] for crumb in answer["breadcrumbs"]] == ["Home"]


def test_translations_are_named(client, home):
    french = home.copy_for_translation(Locale.objects.create(language_code="fr"))
    french.save_revision().publish()
    answer = client.get(f"/api/v1/pages/{home.pk}/").json()
    assert [(one["language"], one["path"]) for one in answer["translations"]] == [("fr", "/fr/")]
    assert client.get("/api/v1/pages/by-path/", {"path": "/fr/"}).json()["id"] == french.pk


def test_pages_are_listed_by_type(client, process):
    found = client.get("/api/v1/pages/", {"type": "process"}).json()
    assert [page["title"] for page in found["results"]] == ["How it works"]


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "restrict_above"])
def test_private_and_unpublished_pages_are_not_there(client, process, hide):
    if hide == "unpublish":
        process.unpublish()
    else:
        page = process if hide == "restrict" else process.get_parent()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/api/v1/pages/by-path/", {"path": "/en/how/"}).status_code == 404
    assert client.get(f"/api/v1/pages/{process.pk}/").status_code == 404
    assert "How it works" not in str(client.get("/api/v1/pages/").json())


def test_rich_text_is_safe_whatever_is_stored(client, process):
    process.body = [
        ("text", RichText('<p onclick="x()">Hi<script>alert(1)</script><a href="javascript:x()">go</a></p>'))
    ]
    process.save()
    value = client.get(f"/api/v1/pages/{process.pk}/").json()["body"][0]["value"]
    assert not any(bad in value for bad in ("onclick", "<script", "javascript:"))
    assert "Hi" in value


def test_a_button_to_a_hidden_page_tells_nothing_of_it(client, process):
    process.get_parent().unpublish()
    body = client.get(f"/api/v1/pages/{process.pk}/").json()["body"]
    assert body[3]["value"]["page"] is None


def test_a_picture_whose_file_is_gone_does_no_harm(client, process):
    picture = SiteImage.objects.create(title="Gone", file=get_test_image_file(), description="Gone")
    process.body = [("picture", picture)]
    process.save()
    picture.file.delete(save=False)
    SiteImage.objects.filter(pk=picture.pk).update(file="original_images/gone.png")
    assert client.get(f"/api/v1/pages/{process.pk}/").json()["body"][0]["value"] is None
    assert client.get("/en/how/").status_code == 200


def test_what_a_page_leads_to_is_in_its_own_language(client, home, process):
    french = Locale.objects.create(language_code="fr")
    start = home.copy_for_translation(french)
    start.title = "Accueil"
    start.save_revision().publish()
    process.copy_for_translation(french).save_revision().publish()
    for address, query in (("/fr/how/", {}), ("/en/how/", {"locale": "fr"})):
        body = client.get("/api/v1/pages/by-path/", {"path": address, **query}).json()["body"]
        assert (body[3]["value"]["page"]["title"], body[3]["value"]["page"]["path"]) == ("Accueil", "/fr/")
        assert 'href="http://testserver/fr/"' in body[1]["value"]
    again = client.get("/api/v1/pages/by-path/", {"path": "/en/how/"}, headers={"Accept-Language": "fr"}).json()
    assert again["body"][3]["value"]["page"]["path"] == "/en/"


def test_links_and_pictures_of_a_body_cost_a_fixed_number_of_queries(client, home, process):
    counts = []
    for many in (1, 9):
        body = []
        for number in range(many):
            target = ProcessPage(title=f"Target {many}-{number}", slug=f"target-{many}-{number}", locale=home.locale)
            home.add_child(instance=target)
            shown = SiteImage.objects.create(title="Tree", file=get_test_image_file(), description="A tree")
            body.append(("card", {"title": "A card", "text": "", "picture": shown, "page": target}))
        process.body = body
        process.save()
        address = f"/api/v1/pages/{process.pk}/"
        shelf.clear()
        client.get(address)
        shelf.clear()
        with CaptureQueriesContext(connection) as asked:
            cards = client.get(address).json()["body"]
        assert [card["value"]["page"]["title"] for card in cards] == [f"Target {many}-{one}" for one in range(many)]
        counts.append(len(asked))
    assert counts[0] == counts[1] == 12
