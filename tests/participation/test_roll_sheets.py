"""The printed roll: whoever is on it, with the names of the town's file, and nothing of it kept."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from participation.ballot_box.casting import Claim, Voter, cast
from participation.choices import Role
from participation.models import ActivityEntry, District, PaperCount, Person, RollEntry, Station
from tests.factories.votes import choice, give_pass, make_open_box, make_voter
from tests.participation.test_papers import client_of

FILE = """name,register_id,birth_date
Zoë Last,3,1990-12-31
"Ána First",1,1980-01-02
Barred Bert,2,1970-05-06
Nobody Here,99,1999-01-01
Paul Paper,4,1960-07-08
"""


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def box(db):
    own = make_open_box()
    district = District.objects.create(name="Harbour")
    make_voter(own, register_id="1", district=district)
    make_voter(own, register_id="2", barred="Moved to his daughter")
    make_voter(own, register_id="3")
    make_voter(own, register_id="4", paper=True)
    make_voter(own, register_id="5")
    return own


def printed(box, tmp_path, text=FILE, **words) -> str:
    (tmp_path / "roll.csv").write_text(text)
    out = tmp_path / "roll.html"
    call_command("print_roll", f"{box.budget.slug}/{box.slug}", str(tmp_path / "roll.csv"), out=out, **words)
    return out.read_text()


def row_of(sheet: str, number: str) -> str:
    return next(row for row in sheet.split("<tr>") if f"<bdi>{number}</bdi>" in row)


def test_everybody_on_the_roll_is_there_once_by_district_and_name(box, tmp_path, capsys):
    RollEntry.objects.filter(box=box, register_id="3").update(barred="Entered twice")
    make_voter(box, register_id="3")
    sheet = printed(box, tmp_path)
    assert [sheet.count(f"<bdi>{number}</bdi>") for number in (1, 2, 3, 4, 5)] == [1] * 5
    order = [sheet.index(word) for word in ("Barred Bert", "Paul Paper", "Zoë Last", "<bdi>5</bdi>", "Harbour", "Ána")]
    assert order == sorted(order)
    assert "Nobody Here" not in sheet
    assert "☐" in row_of(sheet, "3")
    assert "5 people, 1 of them without a name" in capsys.readouterr().err


def test_barred_and_marked_are_said_without_the_reason(box, tmp_path):
    sheet = printed(box, tmp_path)
    assert "Barred: may not vote" in row_of(sheet, "2")
    assert "☐" not in row_of(sheet, "2")
    assert "daughter" not in sheet
    assert "Voted on paper" in row_of(sheet, "4")
    assert "☐" not in row_of(sheet, "4")


def test_a_ballot_cast_online_changes_nothing_on_the_sheet(box, tmp_path):
    before = row_of(printed(box, tmp_path), "3")
    (tmp_path / "roll.html").unlink()
    entry = RollEntry.objects.get(box=box, register_id="3")
    cast(box=box, voter=Voter(Claim.ENTRY, entry.pk), ballot=choice(1), replaces=b"")
    assert row_of(printed(box, tmp_path), "3") == before


def test_the_file_is_the_owners_alone_and_no_name_is_kept(box, tmp_path):
    printed(box, tmp_path, district="Harbour")
    assert (tmp_path / "roll.html").stat().st_mode & 0o077 == 0
    entry = ActivityEntry.objects.get(verb="print_roll")
    assert (entry.actor, entry.details) == (None, {"entries": 1})
    with pytest.raises(CommandError, match="exists"):
        printed(box, tmp_path)


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("register_id\n1\n", {}, "There is no column name"),
        ("register_id,name\n1\n", {}, "Line 2"),
        ('register_id,name\n1,"A\n', {}, "cannot be read"),
        (FILE, {"district": "Nowhere"}, "Nobody"),
        (FILE, {"station": "Nowhere"}, "no station"),
    ],
)
def test_what_does_not_fit_is_said_and_writes_nothing(box, tmp_path, text, words, said):
    with pytest.raises(CommandError, match=said):
        printed(box, tmp_path, text, **words)
    assert not (tmp_path / "roll.html").exists()


def test_a_template_in_a_name_is_text(box, tmp_path):
    assert "&lt;b&gt;" in printed(box, tmp_path, "register_id,name\n1,<b>x\n")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_it_is_printed_in_every_language(box, tmp_path, language):
    assert f'lang="{language}"' in printed(box, tmp_path, language=language)


def test_ticks_are_keyed_later_for_the_station_of_a_pass(box, tmp_path):
    """The sheet's number finds the entry at the desk; the mark counts where the pass is for."""
    officer = client_of(Role.OFFICER)
    own = give_pass(Person.objects.get(pk=officer.session["_auth_user_id"]), box.budget)
    page = officer.get(reverse("vote_desk"), {"register_id": "3"}).content.decode()
    entry = RollEntry.objects.get(box=box, register_id="3")
    assert reverse("vote_desk_mark", args=[entry.pk]) in page
    officer.post(reverse("vote_desk_mark", args=[entry.pk]))
    assert PaperCount.objects.get(station=own.station, box=box).marks == 1
    assert "☐" not in row_of(printed(box, tmp_path, station=Station.objects.get().name), "3")
