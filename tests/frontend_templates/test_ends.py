"""One moment, said alike on the home page and on the ballot."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from frontend_templates.ends import said_end, said_start
from participation.models import BallotBox
from tests.factories.votes import make_open_box

MIDNIGHT = timezone.make_aware(timezone.datetime(2030, 12, 11))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Dec. 10, 2030, 11:59 p.m."),
        ("fr", "10 décembre 2030 23:59"),
        ("es", "10 de Diciembre de 2030 a las 23:59"),
        ("ar", "ديسمبر 10, 2030, 11:59 م"),
    ],
)
def test_an_end_at_midnight_is_the_last_minute_of_the_day_before(language, said):
    with translation.override(language):
        words = said_end(MIDNIGHT)
    assert words.lower() == said.lower()


def test_another_end_is_said_as_it_is():
    assert said_end(MIDNIGHT + timedelta(hours=18)) == "Dec. 11, 2030, 6 p.m."


def test_what_begins_at_midnight_begins_on_that_day():
    assert said_start(MIDNIGHT) == "Dec. 11, 2030"
    assert said_start(MIDNIGHT + timedelta(hours=8)) == "Dec. 11, 2030, 8 a.m."


def test_the_overview_names_the_day_that_the_home_page_names(visitor, home):
    box = make_open_box()
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=3)
    BallotBox.objects.filter(pk=box.pk).update(closes_at=end)
    box.budget.phases.update(ends_at=end)
    last_day = date_format(end - timedelta(days=1), "DATE_FORMAT")
    page = visitor.get(f"/en/budgets/{box.budget.slug}/vote/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert f"Open until {last_day}, 11:59 p.m." in page
    assert "midnight" not in page
