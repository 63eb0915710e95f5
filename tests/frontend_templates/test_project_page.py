from participation.choices import DecisionKind
from participation.models import Decision, DecisionText
from tests.factories.participation import locale
from tests.frontend_templates.pages import read


def test_what_it_costs_and_whether_it_is_funded(visitor, town):
    page = read(visitor.get("/en/budgets/town/projects/1/"))
    assert "Trees" in page.text
    assert "€5,000" in page.text
    assert "Nature" in page.text
    assert "Funded" in page.text
    assert "/en/budgets/town/result/whole/" in [one.get("href") for one in page.all("a")]


def test_why_it_is_not_funded(visitor, town):
    text = read(visitor.get("/en/budgets/town/projects/3/")).text
    assert "Not funded: €1,000 was left when its turn came, and it needed €1 more." in text


def test_before_the_count_nothing_is_said_of_a_result(visitor, town):
    page = read(visitor.get("/en/budgets/town/projects/4/"))
    assert "unded" not in page.text
    assert not [one for one in page.all("a") if "/result/" in (one.get("href") or "")]


def test_an_official_decision_shows_with_its_reason(visitor, town):
    project = town.projects.get(public_number=3)
    decision = Decision.objects.create(project=project, kind=DecisionKind.RULED_OUT, decided_on="2026-03-01")
    DecisionText.objects.create(identity=decision, locale=locale(), reason="The ground is polluted.")
    text = read(visitor.get("/en/budgets/town/projects/3/")).text
    assert "Ruled out" in text
    assert "The ground is polluted." in text


def test_words_of_people_are_shown_as_words(visitor, town):
    project = town.projects.get(public_number=1)
    project.texts.update(title="<b>Trees</b>", description="<script>alert(1)</script>")
    html = visitor.get("/en/budgets/town/projects/1/").content.decode()
    assert "<script>alert" not in html
    assert "<b>Trees" not in html
    assert "&lt;b&gt;Trees" in html


def test_the_picture_is_the_same_at_every_visit(visitor, town):
    first, second = (visitor.get("/en/budgets/town/projects/1/?again=" + again).content for again in "ab")
    assert first.count(b"<use") == second.count(b"<use") == 18
