import pytest

from tests.frontend_templates.pages import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_it_shows_every_component_in_both_directions(visitor, settings, direction):
    settings.STYLEGUIDE = True
    page = read(visitor.get(f"/styleguide/?dir={direction}"))
    assert page.all("html") == [{"lang": "en", "dir": direction}]
    assert "One sentence says what happens in it." in page.text


def test_it_is_not_there_where_nobody_builds_the_site(visitor, settings):
    settings.STYLEGUIDE = False
    assert visitor.get("/styleguide/").status_code == 404
