"""The site that was asked is the one Wagtail would choose, and comes with its look."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from cms_pages.models import SiteLook
from cms_pages.sites import look_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites():
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    named = [("town.example", 80, True), ("town.example", 8080, False), ("old.example", 80, False)]
    named += [("two.example", 81, False), ("two.example", 82, False)]
    for host, port, is_default in named:
        Site.objects.create(hostname=host, port=port, is_default_site=is_default, root_page=root)


def asked(host: str):
    return RequestFactory().get("/", headers={"host": host})


@pytest.mark.parametrize(
    "host",
    [
        *("town.example", "town.example:8080", "town.example:9", "old.example", "old.example:9", "two.example:82"),
        *("two.example:9", "elsewhere.example"),
    ],
)
def test_as_wagtail_chooses(sites, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    assert look_of(asked(host)).site == Site.find_for_request(asked(host))


def test_site_and_look_are_one_query(sites, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["*"]
    SiteLook.objects.create(site=Site.objects.get(is_default_site=True), name="Rivemont")
    request = asked("town.example")
    with django_assert_num_queries(1):
        assert (look_of(request).name, Site.find_for_request(request).hostname) == ("Rivemont", "town.example")
