import csv
import json

from participation.models import CountedBallot
from tests.factories.participation import make_project, make_result
from tests.frontend_templates.pages import read

PAGE = "/en/budgets/town/result/whole/"


def test_the_only_result_is_shown_at_once(visitor, town):
    response = visitor.get("/en/budgets/town/result/")
    assert response.status_code == 302
    assert response["Location"] == PAGE


def test_several_results_have_an_overview(visitor, town):
    north = town.envelopes.get(slug="north")
    make_result(north, funded=[town.projects.get(public_number=4)])
    page = read(visitor.get("/en/budgets/town/result/"))
    addresses = [one.get("href") for one in page.all("a")]
    assert PAGE in addresses
    assert "/en/budgets/town/result/north/" in addresses


def test_winners_cut_line_and_reasons(visitor, town):
    text = read(visitor.get(PAGE)).text
    winners, cut, losers = text.index("Trees"), text.index("the money ran out"), text.index("Not funded, and why")
    assert winners < cut < losers
    assert "needed €1 more" in text[cut : cut + 120]
    assert "€1,000 was left when its turn came, and it needed €1 more" in text[losers:]
    assert "2 projects are funded" in text


def test_without_a_loser_no_money_ran_out(visitor, town):
    north = town.envelopes.get(slug="north")
    make_result(north, funded=[town.projects.get(public_number=4)])
    text = read(visitor.get("/en/budgets/town/result/north/")).text
    assert "the money ran out" not in text
    assert "1 project is funded" in text


def test_no_winner_at_all(visitor, town):
    north = town.envelopes.get(slug="north")
    make_result(north, lost=[town.projects.get(public_number=4)])
    assert "0 projects are funded" in read(visitor.get("/en/budgets/town/result/north/")).text


def test_figures_of_the_voters(visitor, town):
    result = town.envelopes.get(slug="whole").result
    result.facts = {
        "ballots": 1_200,
        "valid_ballots": 1_000,
        "ballots_without_funded": 64,
        "funded_named": 2_500,
        "channels": {"web": 900, "paper": 300},
    }
    result.save()
    text = read(visitor.get(PAGE)).text
    assert "1,200 ballots" in text
    assert "6.4" in text
    assert "2.5" in text
    assert "Online" in text
    assert "On paper" in text


def test_rounds_of_equal_shares(visitor, town):
    result = town.envelopes.get(slug="whole").result
    result.rule = {"name": "equalshares", "kind": "equal-shares", "utility": "cost"}
    result.rounds = [
        {
            "project": 1,
            "cost_minor": 500_000,
            "price_minor": "1250.333333",
            "effective_votes": "400",
            "supporters": 420,
            "money_behind_minor": "500100",
        }
    ]
    result.save()
    text = read(visitor.get(PAGE)).text
    assert "Round by round" in text
    assert "420" in text
    assert "Equal shares" in text


def test_spending_against_votes_by_category(visitor, town):
    text = read(visitor.get(PAGE)).text
    assert "Votes and spending by category" in text
    assert "62.5%" in text  # Nature: 5,000 of the 8,000 spent


def test_without_categories_there_is_no_such_table(visitor, town):
    north = town.envelopes.get(slug="north")
    make_result(north, funded=[make_project(north, cost_minor=100)])
    assert "by category" not in read(visitor.get("/en/budgets/town/result/north/")).text


def test_downloads_stand_beside_it(visitor, town):
    addresses = [one.get("href") for one in read(visitor.get(PAGE)).all("a")]
    for name in ("ballots.pb", "result.csv", "result.json"):
        assert f"{PAGE}{name}" in addresses
    assert "/recount.py" in addresses


def test_the_downloads(visitor, town):
    envelope = town.envelopes.get(slug="whole")
    envelope.ballot_box = town.ballot_boxes.create(slug="box")
    envelope.save()
    CountedBallot.objects.create(envelope=envelope, number=1, content='{"projects":[1]}')
    ballots = visitor.get(f"{PAGE}ballots.pb")
    assert b"".join(ballots.streaming_content).startswith(b"META")
    assert ballots["Content-Disposition"] == 'attachment; filename="ballots.pb"'
    table = b"".join(visitor.get(f"{PAGE}result.csv").streaming_content).decode()
    assert [row["title"] for row in csv.DictReader(table.splitlines())] == ["Trees", "A pool", "A stage"]
    assert json.loads(visitor.get(f"{PAGE}result.json").content)["spent_minor"] == 800_000


def test_the_recount_script_is_a_file_to_keep(visitor, db):
    response = visitor.get("/recount.py")
    assert response["Content-Type"].startswith("text/x-python")
    assert "recount.py" in response["Content-Disposition"]
    assert b"argparse" in b"".join(response.streaming_content)
    assert not response.cookies
