"""Price hints: written by staff, read where costs are asked for, in the currency of the budget."""

import pytest
from django.test import Client
from django.utils.translation import override

from frontend_templates.templatetags.words import range_of
from participation.models import PriceHint, PriceHintText
from site_config.anonymous_reads import shelf
from tests.factories.participation import locale, make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal
from tests.frontend_templates.test_proposing import signed_in

pytestmark = pytest.mark.django_db


def make_hint(what: str, unit: str = "each", **fields) -> PriceHint:
    hint = PriceHint.objects.create(**{"lowest_minor": 80_000, "highest_minor": 150_000, **fields})
    PriceHintText.objects.create(identity=hint, locale=locale("en"), what=what, unit=unit)
    return hint


def test_a_range_in_words():
    hint = PriceHint(lowest_minor=80_000, highest_minor=150_050, currency="EUR")
    with override("en"):
        assert range_of(hint) == "€800 to €1,500.50"
        assert range_of(PriceHint(lowest_minor=5, highest_minor=5, currency="JPY")) == "¥5"


@pytest.mark.usefixtures("home_page")
@pytest.mark.parametrize("path", ["form/", "own/{}/cost/", "1/edit/"])
def test_they_stand_where_the_cost_is_asked_for(path):
    budget = make_open_budget(slug="green")
    make_hint("A bench", position=2)
    make_hint("A tree", position=1)
    make_hint("A lamp", currency="PLN")
    ada = make_person(display_name="Ada")
    make_proposal(budget, ada)
    address = "/en/budgets/green/proposals/" + path.format(make_draft(budget, ada).uuid)
    page = signed_in(ada).get(address).content.decode()
    assert page.index("A tree") < page.index("A bench")
    assert "€800 to €1,500" in page
    assert "A lamp" not in page


@pytest.fixture
def home_page():
    locale("en")


def test_in_the_api(django_assert_num_queries):
    make_open_budget(slug="green")
    make_hint("A bench", "per metre")
    make_hint("A lamp", currency="PLN")
    client = Client()
    assert len(client.get("/api/v1/price-hints/").json()["results"]) == 2
    shelf.clear()
    [one] = client.get("/api/v1/price-hints/?budget=green").json()["results"]
    assert (one["what"], one["unit"], one["language"]) == ("A bench", "per metre", "en")
    assert one["lowest"] == {"amount_minor": 80_000, "currency": "EUR"}
    assert client.get("/api/v1/price-hints/?currency=PLN").status_code == 400
    for number in range(20):
        make_hint(f"Thing {number}")
    shelf.clear()
    with django_assert_num_queries(4):
        client.get("/api/v1/price-hints/")
