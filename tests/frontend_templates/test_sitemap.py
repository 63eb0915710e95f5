"""What search engines are told."""

from xml.etree import ElementTree as Xml

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms_pages.models import StandardPage
from site_config.anonymous_reads import shelf
from tests.factories.participation import make_budget, make_envelope, make_project
from tests.factories.proposals import put_proposal

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HERE = "http://testserver"


def told(visitor, section: str) -> dict[str, dict[str, str]]:
    """Each address with the addresses of its translations by language."""
    answer = visitor.get(f"/sitemap-{section}.xml")
    assert answer["Content-Type"] == "application/xml"
    return {
        one.find("s:loc", NAMES).text: {link.get("hreflang"): link.get("href") for link in one.findall("x:link", NAMES)}
        for one in Xml.fromstring(answer.content)
    }


def test_the_index_names_the_parts_and_robots_the_index(visitor, town):
    index = Xml.fromstring(visitor.get("/sitemap.xml").content)
    parts = [one.text.removeprefix(HERE) for one in index.iterfind(".//s:loc", NAMES)]
    assert parts == [f"/sitemap-{name}.xml" for name in ("pages", "budgets", "projects", "proposals")]
    rules = visitor.get("/robots.txt").content.decode()
    assert f"Sitemap: {HERE}/sitemap.xml\n" in rules
    assert "Disallow: /cms/\n" in rules


def test_a_page_with_its_translations_alone(visitor, home, process, french_home):
    pages = told(visitor, "pages")
    both = {"en": f"{HERE}/en/", "fr": f"{HERE}/fr/"}
    assert pages == {f"{HERE}/en/": both, f"{HERE}/fr/": both, f"{HERE}/en/how/": {"en": f"{HERE}/en/how/"}}


def test_drafts_and_private_pages_are_not_told(visitor, home, process):
    home.add_child(instance=StandardPage(title="Draft", slug="draft", locale=home.locale, live=False))
    PageViewRestriction.objects.create(page=process, restriction_type="login")
    assert set(told(visitor, "pages")) == {f"{HERE}/en/"}


def test_budgets_and_projects_in_every_language(visitor, town, french_home, draft):
    assert set(told(visitor, "budgets")) == {f"{HERE}/{code}/budgets/town/" for code in ("en", "fr")}
    projects = told(visitor, "projects")
    assert projects[f"{HERE}/en/budgets/town/projects/1/"]["fr"] == f"{HERE}/fr/budgets/town/projects/1/"
    assert not any("draft" in address for address in projects)


def test_a_proposal_in_its_own_language(visitor, home, french_home):
    budget = make_budget(slug="green")
    put_proposal(budget, title="Bench", public_number=1, language="en")
    put_proposal(budget, title="Banc", public_number=2, language="fr")
    put_proposal(budget, title="Banco", public_number=3, language="es")
    put_proposal(budget, title="Unseen", public_number=4, status="submitted", published_at=None)
    start = f"{HERE}/{{}}/budgets/green/proposals/{{}}/"
    assert set(told(visitor, "proposals")) == {start.format("en", 1), start.format("fr", 2), start.format("en", 3)}


@pytest.mark.parametrize("section", ["pages", "budgets", "projects", "proposals"])
def test_a_part_costs_the_same_whatever_its_length(visitor, home, french_home, section):
    counts = []
    for rows in (2, 9):
        for number in range(rows):
            budget = make_budget(slug=f"of-{rows}-{number}")
            make_project(make_envelope(budget))
            put_proposal(budget, title="Bench")
            page = StandardPage(title=f"Page {number}", slug=f"page-{rows}-{number}", locale=home.locale)
            home.add_child(instance=page)
        told(visitor, section)
        shelf.clear()
        with CaptureQueriesContext(connection) as asked:
            told(visitor, section)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5
