"""Of each constraint on short links: something that just about keeps it, and something that breaks it."""

from datetime import UTC, date, datetime

from participation.models import ShortLink, ShortLinkDay
from participation.models.short_link import MOST_VISITS
from tests.factories.participation import make_budget

AT = datetime(2026, 1, 1, tzinfo=UTC)


def links(*rows: dict) -> None:
    budget = make_budget()
    for number, row in enumerate(rows, start=2):
        own = {"code": f"abcde{number}", "leads_to": "/budgets/", "place": "Library", "made_at": AT} | row
        ShortLink.objects.create(budget=budget, **own)


def days(*rows: dict) -> None:
    link = ShortLink.objects.create(budget=make_budget(), code="abcdef", leads_to="/", place="Library", made_at=AT)
    for row in rows:
        ShortLinkDay.objects.create(link=link, **{"day": date(2026, 1, 1), "visits": 1} | row)


CAMPAIGN = {
    "short_link_once": (lambda: links({}, {"place": "Hall"}), lambda: links({}, {})),
    "short_link_code_is_plain": (lambda: links({"code": "z9z9z9"}), lambda: links({"code": "abc0ef"})),
    "short_link_stays_inside": (lambda: links({"leads_to": "/a/b?c=d"}), lambda: links({"leads_to": "//evil.example"})),
    "short_link_names_its_place": (lambda: links({"place": "x"}), lambda: links({"place": ""})),
    "short_link_day_once": (lambda: days({}, {"day": date(2026, 1, 2)}), lambda: days({}, {})),
    "short_link_visits_bounded": (
        lambda: days({"visits": MOST_VISITS}),
        lambda: days({"visits": MOST_VISITS + 1}),
    ),
}
