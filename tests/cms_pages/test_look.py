"""The look of the site is set in the CMS, and reaches every page as one stylesheet."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from cms_pages.models import HomePage, SiteImage, SiteLook
from tests.factories.participation import make_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def look() -> SiteLook:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="town"))
    site, _ = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    return SiteLook.for_site(site)


def theme_of(page) -> str:
    return re.search(r'href="(/theme/[0-9a-f]{12}\.css)"', page.content.decode())[1]


def test_the_stylesheet_changes_its_address_with_the_colours(client, look):
    make_budget(slug="town")
    before = theme_of(client.get("/en/budgets/"))
    look.brand = "#ffee00"
    look.save()
    after = theme_of(client.get("/en/budgets/town/"))
    assert after != before
    sheet = client.get(after)
    assert sheet["Content-Type"].startswith("text/css")
    assert "immutable" in sheet["Cache-Control"]
    assert "--brand-ink:#000000" in sheet.content.decode()
    assert client.get(before).status_code == 404


def test_name_and_marks_are_shown(client, look):
    picture = SiteImage.objects.create(title="Arms", file=get_test_image_file(), description="The arms of the town")
    look.name, look.logo, look.favicon, look.social_image = "Riverside", picture, picture, picture
    look.save()
    text = client.get("/en/budgets/").content.decode()
    assert "Riverside" in text
    assert 'class="logo logo-patch"' in text
    assert re.search(r'<link rel="icon" href="/media/images/[^"]+\.png">', text)
    assert re.search(r'property="og:image" content="http://testserver/media/images/[^"]+"', text)
    address = re.search(r'class="logo[^>]*><img src="([^"]+)"', text)[1]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("colour", ["red", "#12345", "#000000;} body {display:none"])
def test_a_wrong_colour_is_refused_in_words(look, colour):
    look.brand = colour
    with pytest.raises(ValidationError) as refused:
        look.full_clean()
    assert "brand" in refused.value.message_dict


def test_the_preview_follows_what_is_typed(admin_client, settings, look):
    settings.STAFF_MFA_REQUIRED = False
    address = reverse("theme_preview")
    assert "--brand:#112233" in admin_client.get(address, {"brand": "#112233"}).content.decode()
    assert "Write a colour as" in admin_client.get(address, {"brand": "blue"}).content.decode()
    assert admin_client.get(address, {"font": "wingdings"}).status_code == 200
    form = reverse("wagtailsettings:edit", args=["cms_pages", "sitelook"])
    assert f'data-theme-preview="{address}"' in admin_client.get(form, follow=True).content.decode()


def test_the_preview_is_for_staff(client, look):
    assert client.get(reverse("theme_preview")).status_code == 302
