from datetime import timedelta

import pytest
from django.utils import timezone

from participation.choices import PhaseKind
from participation.models import Phase
from tests.factories.participation import make_budget, make_envelope, make_phase
from tests.frontend_templates.pages import read


def test_the_first_page_answers_what_how_much_what_now_until_when(visitor, town):
    page = read(visitor.get("/en/"))
    phase = town.phases.get()
    assert "You decide" in page.text
    assert "€100,000" in page.text
    assert "The vote" in page.text
    assert str(timezone.localtime(phase.last_day).day) in page.text
    assert [one for one in page.all("a") if "button" in (one.get("class") or "")]


def test_the_first_page_stands_without_any_budget(visitor, home):
    assert "You decide" in read(visitor.get("/en/")).text


def test_past_results_are_on_the_first_page(visitor, town):
    assert "/en/budgets/town/result/whole/" in [one.get("href") for one in read(visitor.get("/en/")).all("a")]


def test_money_phases_and_envelopes(visitor, town):
    page = read(visitor.get("/en/budgets/town/"))
    for words in (
        "A greener town",
        "What shall we build?",
        "€100,000",
        "€9,000",
        "The whole town",
        "The north",
        "North",
    ):
        assert words in page.text
    assert "We are here" in page.text
    assert "step" in [one.get("aria-current") for _, one in page.tags]


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [(-3, 3, "Until"), (3, 5, "From"), (-5, -3, "This edition is over")],
)
def test_before_during_and_after(visitor, home, starts, ends, words):
    budget, now = make_budget(slug="one"), timezone.now()
    make_phase(budget, title="The vote", starts_at=now + timedelta(days=starts), ends_at=now + timedelta(days=ends))
    text = read(visitor.get("/en/budgets/one/")).text
    assert words in text
    assert ("We are here" in text) == (starts < 0 < ends)


def test_a_phase_that_ends_at_midnight_lasts_until_the_day_before(visitor, home):
    budget = make_budget(slug="one")
    midnight = timezone.make_aware(timezone.datetime(2100, 7, 1))
    make_phase(budget, starts_at=timezone.now() - timedelta(days=1), ends_at=midnight)
    text = read(visitor.get("/en/budgets/one/")).text
    assert "June 30, 2100" in text
    assert "July 1" not in text


def test_a_budget_without_money_phases_or_envelopes_stands(visitor, home):
    make_budget(slug="bare", title="Bare", share_minor=None)
    assert "Bare" in read(visitor.get("/en/budgets/bare/")).text


def test_the_list_of_budgets(visitor, town):
    page = read(visitor.get("/en/budgets/"))
    assert "A greener town" in page.text
    assert "/en/budgets/town/" in [one.get("href") for one in page.all("a")]


def test_no_budget_yet(visitor, home):
    assert "No budget is published yet" in read(visitor.get("/en/budgets/")).text


@pytest.mark.parametrize("kind", list(PhaseKind))
def test_one_button_in_every_phase(visitor, town, kind):
    Phase.objects.filter(budget=town).update(kind=kind)
    page = read(visitor.get("/en/budgets/town/"))
    buttons = [one for one in page.all("a") if one.get("class") == "button"]
    assert len(buttons) == 1
    assert visitor.get(buttons[0]["href"], follow=True).status_code == 200


def test_a_budget_keeps_its_own_currency(visitor, home):
    budget = make_budget(slug="yen", currency="JPY", share_minor=5_000)
    make_envelope(budget, amount_minor=5_000)
    assert "¥5,000" in read(visitor.get("/en/budgets/yen/")).text
