"""Staff give the town another language on a screen; from then on it is offered, with what is not translated yet."""

import pytest
from wagtail.models import Locale

from participation.choices import Role
from site_config.anonymous_reads import shelf
from tests.cms_pages.translators import workspace_of

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/locales/new/"


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def languages(visitor) -> set[str]:
    shelf.clear()
    return {one["code"] for one in visitor.get("/api/v1/site/").json()["languages"]}


@pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_an_administrator_adds_a_language(visitor, home, process, code, direction):
    assert visitor.get(f"/{code}/").status_code == 404
    workspace = workspace_of(Role.ADMINISTRATOR)
    assert f'<option value="{code}">' in workspace.get(ADDRESS).content.decode()
    assert workspace.post(ADDRESS, {"language_code": code}).status_code == 302

    assert languages(visitor) == {"en", code}
    shelf.clear()
    start = visitor.get("/en/").content.decode()
    assert f'hreflang="{code}"' in start
    page = visitor.get(f"/{code}/how/")
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    said = page.content.decode()
    assert f'<html lang="{code}" dir="{direction}">' in said
    assert '<meta name="robots" content="noindex">' in said
    assert "Step by step" in said
    assert visitor.get(f"/{code}/budgets/").status_code == 200
    answer = visitor.get("/api/v1/pages/by-path/", {"path": f"/{code}/how/"}).json()
    assert (answer["language"], answer["title"]) == ("en", "How it works")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_others_do_not(home, role):
    workspace = workspace_of(role)
    for answer in (workspace.get(ADDRESS), workspace.post(ADDRESS, {"language_code": "de"})):
        assert (answer.status_code, answer["Location"]) == (302, "/cms/")
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["en"]


@pytest.mark.parametrize("code", ["xx", "", "en", "de-invalid", "\0"])
def test_what_is_no_language_or_there_already_is_said(home, code):
    answer = workspace_of(Role.ADMINISTRATOR).post(ADDRESS, {"language_code": code})
    assert answer.status_code == 200
    assert Locale.objects.count() == 1
