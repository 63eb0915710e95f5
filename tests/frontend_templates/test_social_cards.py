"""What networks show beside a shared link."""

import pytest
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from cms_pages.models import NewsIndexPage, NewsPage, SiteImage, SiteLook
from frontend_templates.social import card_locale
from tests.frontend_templates.pages import ACCOUNTS, PUBLIC, read

NEEDED = {"og:type", "og:site_name", "og:title", "og:description", "og:url", "og:image", "og:locale", "twitter:card"}


def card(visitor, address: str) -> dict[str, str]:
    metas = read(visitor.get(address)).all("meta")
    return {name: one["content"] for one in metas if (name := one.get("property") or one.get("name"))}


@pytest.fixture
def picture(db) -> SiteImage:
    file = get_test_image_file(size=(1600, 1200))
    return SiteImage.objects.create(title="Oak", file=file, description="An oak on a square")


@pytest.fixture
def news(home, picture) -> NewsPage:
    index = home.add_child(instance=NewsIndexPage(title="News", slug="news", locale=home.locale))
    page = NewsPage(title='The "first" trees', slug="trees", introduction="Oaks & limes.", locale=home.locale)
    page.date, page.picture = "2026-03-02", picture
    return index.add_child(instance=page)


@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNTS, "/en/search/", "/en/budgets/town/projects/?view=map"])
def test_every_page_has_a_whole_card(visitor, town, process, written, address):
    said = card(visitor, address)
    assert set(said) >= NEEDED
    assert all(said.values())
    assert said["og:description"] == said["description"]
    assert said["og:url"] == "http://testserver" + address.partition("?")[0]
    assert said["og:image"].startswith("http://testserver/")
    assert said["twitter:card"] == "summary_large_image"


def test_the_card_of_a_project_is_its_own(visitor, town):
    said = card(visitor, "/en/budgets/town/projects/1/")
    assert said["og:title"] == "Trees"
    assert said["og:type"] == "article"
    assert card(visitor, "/en/budgets/town/")["og:title"] == "A greener town"
    assert card(visitor, "/en/budgets/town/")["og:type"] == "website"


def test_a_page_without_a_picture_shows_the_drawn_one(visitor, town, settings):
    said = card(visitor, "/en/budgets/town/")
    size = Image.open(settings.BASE_DIR / "frontend_templates/static/social.png").size
    assert said["og:image"].endswith(".png")
    assert (int(said["og:image:width"]), int(said["og:image:height"])) == size
    assert said["og:image:alt"]


def test_the_picture_of_the_town_goes_before_the_drawn_one(visitor, town, picture):
    look = SiteLook.for_site(Site.objects.get(is_default_site=True))
    look.social_image = picture
    look.save()
    said = card(visitor, "/en/budgets/town/")
    assert "/media/images/" in said["og:image"]
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "An oak on a square"


def test_the_picture_of_a_page_goes_before_that_of_the_town(visitor, news):
    said = card(visitor, "/en/news/trees/")
    assert said["og:title"] == 'The "first" trees'
    assert said["og:description"] == "Oaks & limes."
    assert said["og:type"] == "article"
    assert said["og:image:alt"] == "An oak on a square"


def test_a_picture_whose_file_is_gone_gives_way(visitor, news, picture):
    picture.file.storage.delete(picture.file.name)
    assert card(visitor, "/en/news/trees/")["og:image"].endswith(".png")


def test_the_languages_of_the_page(visitor, town, french_home):
    assert card(visitor, "/en/budgets/")["og:locale"] == "en_US"
    assert card(visitor, "/en/budgets/")["og:locale:alternate"] == "fr_FR"
    assert card(visitor, "/fr/budgets/")["og:locale"] == "fr_FR"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "en_US"),
        ("en-gb", "en_GB"),
        ("ar", "ar_EG"),
        ("zh-hans", "zh_CN"),
        ("sr-latn", "sr_RS"),
        ("eo", "eo_001"),
    ],
)
def test_a_language_gets_its_likeliest_territory(language, expected):
    assert card_locale(language) == expected
