"""Axe over the screens of discussion, inbox and following, with the site's own stylesheets and without a server."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from participation.actions.decisions import Why, decide
from participation.actions.follows import follow
from participation.actions.notifying import notify_waiting
from participation.choices import DecisionOnWords, PhaseKind
from participation.models import Notification
from tests.browser.axe import violations
from tests.factories.discussion import make_comment, make_discussed, make_holder
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget

SHEETS = ("tokens", "base", "layout", "components")
BASE = "/{lang}/budgets/green/proposals/1/"
SETTINGS = [(320, "light", "en"), (320, "dark", "ar"), (1280, "light", "ar"), (1280, "dark", "en")]
OWN_LINKS = re.compile(r'<link rel="(stylesheet|icon)[^>]*>')


@pytest.fixture
def pages(db) -> tuple[Client, list[str]]:
    """Somebody who said, followed and was told something, and the addresses of their screens."""
    Locale.objects.get_or_create(language_code="ar")
    proposal = make_discussed(make_open_budget(PhaseKind.SUPPORTING, slug="green"), public_number=1)
    ben, at = make_person(display_name="Ben"), timezone.now()
    follow(actor=ben, subject=proposal, at=at)
    root = make_comment(proposal, make_holder(display_name="Town"), officially=True)
    reply = make_comment(proposal, ben, parent=root, body="A-very-long-word-without-end" * 20)
    make_comment(proposal, parent=reply)
    own = make_comment(proposal, ben)
    why = Why("It is rude.", days=1)
    decide(actor=make_holder(), kind=DecisionOnWords.HIDE, subject=own, why=why, at=at - timedelta(days=2))
    notify_waiting(at)
    notice = Notification.objects.get(person=ben, decision__isnull=False)
    discussion = ("", "comments/", "comments/new/", "report/", "follow/", f"comments/{root.uuid}/")
    each = (f"comments/{root.uuid}/{one}/" for one in ("reply", "useful", "report"))
    own_paths = (
        "/{lang}/inbox/",
        f"/{{lang}}/inbox/{notice.uuid}/",
        "/{lang}/following/",
        "/{lang}/budgets/green/follow/",
    )
    client = Client()
    client.force_login(ben)
    return client, [*(BASE + path for path in (*discussion, *each, f"comments/{reply.uuid}/change/")), *own_paths]


def styles() -> str:
    folder = settings.BASE_DIR / "frontend_templates" / "static" / "css"
    return "\n".join((folder / f"{name}.css").read_text() for name in SHEETS)


@pytest.mark.parametrize(("width", "scheme", "code"), SETTINGS)
def test_no_screen_breaks_a_rule_or_scrolls_sideways(pages, browser, width, scheme, code):
    client, addresses = pages
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page, found = context.new_page(), []
    theme = client.get(re.search(r'href="(/theme/[^"]+)"', client.get(f"/{code}/search/").content.decode())[1])
    for address in (one.format(lang=code) for one in addresses):
        response = client.get(address)
        assert response.status_code == 200, address
        html = OWN_LINKS.sub("", response.content.decode())
        page.set_content(html.replace("</head>", f"<style>{styles()}{theme.content.decode()}</style></head>"))
        found += [f"{address}: {one}" for one in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{address} scrolls sideways")
    context.close()
    assert found == []


def test_the_trap_is_out_of_sight_and_out_of_the_way_of_the_keyboard(pages, browser):
    client, _ = pages
    page = browser.new_page()
    page.set_content(client.get("/en/budgets/green/proposals/1/comments/new/").content.decode())
    page.add_style_tag(content=styles())
    trap = page.locator("#website").bounding_box()
    assert page.locator(".trap").bounding_box()["width"] <= 1, trap
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    assert "body" in reached
    assert "website" not in reached
    page.close()
