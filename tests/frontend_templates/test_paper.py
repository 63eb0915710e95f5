"""What stations print, and the turnout that the checkpoints tell."""

from datetime import UTC, datetime

import pytest

from participation.ballot_box.casting import cast
from participation.ballot_box.checkpoints import take_checkpoint
from participation.choices import Channel, VoteType
from participation.models import Station
from tests.factories.participation import make_result
from tests.factories.votes import choice, make_draft_box, make_open_box, make_voter


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")


def path(box, rest: str = "") -> str:
    return f"/en/budgets/{box.budget.slug}/vote/{rest}"


@pytest.mark.parametrize(
    ("vote_type", "word"),
    [(VoteType.KNAPSACK, "Your cross"), (VoteType.ORDINAL, "Rank"), (VoteType.CUMULATIVE, "Points")],
)
def test_a_paper_ballot_has_every_project_and_the_rules(client, db, vote_type, word):
    box = make_open_box(vote_type=vote_type)
    page = client.get(path(box, "town/paper/")).content.decode()
    assert page.count('class="cross"') == 4
    assert word in page
    assert "paper-large" in client.get(path(box, "town/paper/?print=large")).content.decode()


def test_a_draft_has_no_paper_yet(client, db):
    box = make_draft_box()
    for rest in ("town/paper/", "town/poster/"):
        assert client.get(path(box, rest)).status_code == 404


def test_a_poster_names_stations_and_the_fingerprint_of_the_rules(client, db):
    box = make_open_box()
    Station.objects.create(budget=box.budget, name="Town hall", address="Square 1", hours="9 to 5")
    page = client.get(path(box, "town/poster/")).content.decode()
    assert "Town hall, Square 1: 9 to 5" in page
    assert box.rules_sha256 in page
    assert "<svg" in page
    assert " style=" not in page


@pytest.mark.parametrize("shows", [True, False])
def test_turnout_is_told_day_by_day_where_the_box_says_so(client, db, shows):
    box = make_open_box(shows_turnout=shows)
    for start, day in ((0, 10), (20, 11)):
        for number in range(start, start + 20):
            channel = Channel.DESK if number < 5 else Channel.KIOSK if number < 25 else Channel.WEB
            cast(box=box, voter=make_voter(box), ballot=choice(1 + number % 4), replaces=b"", channel=channel)
        assert take_checkpoint(box, datetime(2026, 5, day, 12, tzinfo=UTC))
    page = client.get(path(box)).content.decode()
    assert ("<td>20</td>" in page, "<td>40</td>" in page) == (shows, shows)
    assert ("At a desk, At a kiosk 20" in page, "At a kiosk 20" in page) == (shows, shows)
    assert ("At a desk, Online 20" in page) == shows


def test_nobody_votes_in_an_imported_election(client, db):
    box = make_draft_box()
    make_result(box.envelopes.get())
    assert client.get(path(box)).status_code == 404
