import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms_pages.models import HomePage, ProcessPage
from tests.factories.discussion import put_comment
from tests.factories.pages import put_pages
from tests.factories.participation import (
    locale,
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_phase,
    make_project,
    make_result,
)
from tests.factories.proposals import put_proposal


@pytest.fixture
def visitor() -> Client:
    """Somebody without a session."""
    return Client()


@pytest.fixture
def home(db) -> HomePage:
    """The first page of the site, in English."""
    page = HomePage(title="You decide", slug="first-page", introduction="Every year.", locale=locale("en"))
    Page.get_first_root_node().add_child(instance=page)
    site = Site.objects.get(is_default_site=True)
    site.root_page, site.site_name = page, "Testtown"
    site.save()
    return page


@pytest.fixture
def process(home) -> ProcessPage:
    page = ProcessPage(title="How it works", slug="how", locale=home.locale, show_in_menus=True)
    page.body = [("heading", "Step by step"), ("step", {"title": "People propose", "text": "Anybody."})]
    page.easy_body = [("step", {"title": "You have an idea", "text": "You tell it."})]
    home.add_child(instance=page)
    return page


@pytest.fixture
def written(home) -> None:
    """A page of each type."""
    put_pages(home)


@pytest.fixture
def french_home(home) -> HomePage:
    page = home.copy_for_translation(locale("fr"))
    page.title = "Vous décidez"
    page.save_revision().publish()
    return page


@pytest.fixture
def town(home):
    """A budget in its vote, with two envelopes of which one is counted."""
    budget = make_budget(slug="town", title="A greener town", municipal_budget_minor=900_000_000)
    make_phase(budget, title="The vote")
    whole = make_envelope(budget, slug="whole", title="The whole town", amount_minor=900_000)
    north = make_envelope(budget, slug="north", title="The north", district=make_district("North"))
    nature, sport = make_category("Nature"), make_category("Sport")
    trees = make_project(whole, title="Trees", cost_minor=500_000, public_number=1)
    pool = make_project(whole, title="A pool", cost_minor=300_000, public_number=2)
    stage = make_project(whole, title="A stage", cost_minor=100_100, public_number=3)
    bench = make_project(north, title="Benches", cost_minor=50_000, public_number=4)
    for project, category in ((trees, nature), (pool, sport), (stage, nature), (bench, sport)):
        project.categories.add(category)
    proposal = put_proposal(budget, title="A fountain", public_number=1, latitude=47.2, longitude=-1.5, envelope=north)
    proposal.categories.add(nature)
    put_comment(proposal, parent=put_comment(proposal, body="Who cleans it?"), body="The town.", is_official=True)
    result = make_result(whole, funded=[trees, pool], lost=[stage])
    result.lines.filter(funded=False).update(reason_facts={"left_minor": 100_000, "missing_minor": 100})
    return budget


@pytest.fixture
def draft(home):
    """A budget that nobody should see yet, with everything in it."""
    budget = make_budget(slug="draft", title="Not for you", status="draft")
    make_phase(budget)
    envelope = make_envelope(budget, slug="secret")
    make_result(envelope, funded=[make_project(envelope, public_number=1)])
    return budget
