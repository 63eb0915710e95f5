"""One page of each type that staff write, with blocks of many kinds."""

import json
from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Page

from cms_pages.models import PAGE_TYPES, HomePage

DAY = date(2026, 3, 29)
FILM = "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv"
BODY = (
    ("heading", "What is there"),
    ("text", "<p>Words.</p>"),
    ("quote", {"text": "It works.", "source": "A neighbour"}),
    ("figure", {"figure": "12", "words": "benches"}),
    ("step", {"title": "Come in", "text": "The door is open."}),
    ("accordion", {"question": "Who decides?", "answer": "<p>You do.</p>"}),
    ("embed", {"title": "A film", "address": FILM}),
    (
        "contact",
        {"name": "Desk", "address": "1 Main street", "telephone": "02 00", "email": "a@town.example", "hours": ""},
    ),
    ("person", {"name": "Ada", "task": "Engineer", "words": "", "picture": None}),
    ("place", {"name": "Hall", "address": "1 Main street", "latitude": 47.2, "longitude": -1.5}),
    ("budget_facts", {"budget": None}),
    ("phase_timeline", {"budget": None}),
    ("proposals", {"budget": None}),
    ("results", {"budget": None}),
)


def blocks(*body: tuple[str, object]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in body])


def put_page(above: Page, kind: str, slug: str, *body: tuple[str, object], **fields) -> Page:
    page = PAGE_TYPES[kind](title=slug.capitalize(), slug=slug, locale=above.locale, **fields)
    if body:
        page.body = blocks(*body)
    above.add_child(instance=page)
    return page


def card_to(page: Page, title: str = "A card") -> tuple[str, dict]:
    return "card", {"title": title, "text": "", "picture": None, "page": page.pk}


def put_pages(home: HomePage) -> None:
    offer = put_page(home, "offer", "offer", *BODY, recipient="desk@town.example")
    put_page(offer, "reference", "reference", *BODY, client="A town", date=DAY, address="https://town.example/a/")
    news = put_page(home, "news_index", "news")
    put_page(news, "news", "article", *BODY, date=DAY)
    events = put_page(home, "event_index", "events")
    soon = timezone.now() + timedelta(days=3)
    when = {"starts_at": soon, "ends_at": soon + timedelta(hours=2)}
    put_page(events, "event", "evening", *BODY, place="Hall", seats=3, latitude=47.2, longitude=-1.5, **when)
    put_page(home, "faq", "questions", *BODY)
    put_page(home, "standard", "about", ("heading", "More"), card_to(offer), *BODY)
    put_page(home, "accessibility", "accessibility", conformance="full", assessed_on=DAY, assessed_by="Us")
    put_page(home, "legal", "legal", *BODY, publisher="The town", host="The town")
