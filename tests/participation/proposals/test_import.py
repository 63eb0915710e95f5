"""Proposals out of files as Decidim and Consul publish them."""

import pytest
from django.core.management import CommandError, call_command

from participation.models import ActivityEntry, Outbox, Proposal
from tests.factories.proposals import make_open_budget

pytestmark = pytest.mark.django_db

DECIDIM = """id;category/name/en;title/en;title/es;body/en;body/es;address;latitude;longitude;supports;reference;state
7;Nature;A bench;Un banco;<p>To rest.</p>;"<p>Para <b>descansar</b> &amp; ver.</p>";Mill lane;41.4;2.1;31;X-PROP-7;
8;Nature;Trees;Árboles;Shade.;Sombra.;;;;3;X-PROP-8;
"""
CONSUL = """id,title,description,author
1,A fountain,"<p>Water, for all.</p>",ana
2,A roof,For the market.,ben
"""


@pytest.fixture
def budget(db):
    return make_open_budget()


def brought(tmp_path, budget, text: str | bytes, **options) -> None:
    path = tmp_path / "proposals.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    call_command("import_proposals", str(path), budget=budget.slug, **options)


def test_decidims_words_are_taken_in_the_language_asked_for(budget, tmp_path, capsys):
    brought(tmp_path, budget, DECIDIM, language="es")
    bench, trees = Proposal.objects.order_by("public_number")
    assert (bench.title, bench.what_and_why, bench.language) == ("Un banco", "Para descansar & ver.", "es")
    assert (bench.address, bench.latitude, bench.imported_ref) == ("Mill lane", 41.4, "X-PROP-7")
    assert trees.whole_area
    assert (bench.status, bench.author, bench.support_count) == ("published", None, 0)
    assert "2 proposals were imported." in capsys.readouterr().out


def test_consuls_file_loses_its_markup(budget, tmp_path):
    brought(tmp_path, budget, CONSUL)
    assert list(Proposal.objects.order_by("pk").values_list("title", "what_and_why")) == [
        ("A fountain", "Water, for all."),
        ("A roof", "For the market."),
    ]


def test_again_changes_nothing_and_a_dry_run_neither(budget, tmp_path, capsys):
    brought(tmp_path, budget, CONSUL, dry_run=True)
    assert "2 proposals would be imported. 0 are there already." in capsys.readouterr().out
    assert not Proposal.objects.exists()
    assert not ActivityEntry.objects.filter(verb="import_proposals").exists()
    brought(tmp_path, budget, CONSUL)
    brought(tmp_path, budget, CONSUL)
    assert Proposal.objects.count() == 2
    assert "0 proposals were imported. 2 are there already." in capsys.readouterr().out
    brought(tmp_path, budget, CONSUL + "3,A kiosk,For news.,eve\n", dry_run=True)
    assert "1 proposals would be imported. 2 are there already." in capsys.readouterr().out


def test_each_is_taken_in_the_language_that_it_has(budget, tmp_path):
    mixed = "id;title/ca;title/es;body/ca;body/es\n1;;Un banco;;Para descansar.\n2;Un arbre;;Ombra.;\n"
    brought(tmp_path, budget, mixed, language="es")
    said = Proposal.objects.order_by("pk").values_list("title", "what_and_why", "language")
    assert list(said) == [("Un banco", "Para descansar.", "es"), ("Un arbre", "Ombra.", "ca")]


def test_what_was_withdrawn_is_left_out(budget, tmp_path, capsys):
    brought(tmp_path, budget, DECIDIM.replace("X-PROP-8;", "X-PROP-8;withdrawn"), language="es")
    brought(tmp_path, budget, "id,title,body,retired_at\n1,A,B,2019-01-01\n2,C,D,\n")
    assert list(Proposal.objects.order_by("pk").values_list("title", flat=True)) == ["Un banco", "C"]
    assert capsys.readouterr().out.count("1 were withdrawn") == 2


def test_nobody_is_sent_a_mail_for_each(budget, tmp_path):
    brought(tmp_path, budget, CONSUL)
    assert not Outbox.objects.filter(kind__startswith="proposal").exists()


def test_characters_that_cannot_be_seen_do_not_come_along(budget, tmp_path):
    brought(tmp_path, budget, b"id,title,body,address\n1,A\x00B\x07,C\x1bD,E\x00F\n")
    assert list(Proposal.objects.values_list("title", "what_and_why", "address")) == [("AB", "CD", "EF")]


@pytest.mark.parametrize(("stored", "named"), [("windows-1252",) * 2, ("utf-16",) * 2, ("utf-8-sig", "")])
def test_other_encodings_are_read_when_they_are_named(budget, tmp_path, stored, named):
    options = {"encoding": named} if named else {}
    brought(tmp_path, budget, 'id;title;body\r\n1;Café;"Été\r\net hiver"\r\n'.encode(stored), **options)
    assert list(Proposal.objects.values_list("title", "what_and_why")) == [("Café", "Été\net hiver")]


@pytest.mark.parametrize("stored", ["windows-1252", "utf-16"])
def test_another_encoding_than_the_named_one_is_said(budget, tmp_path, stored):
    with pytest.raises(CommandError, match=r"is not in utf-8-sig\. Name its encoding"):
        brought(tmp_path, budget, "id;title;body\n1;Café;Été\n".encode(stored))


def test_a_long_report_says_how_much_it_leaves_out(budget, tmp_path):
    with pytest.raises(CommandError, match=r"And 20 more\.$"):
        brought(tmp_path, budget, "id,title,body\n" + "".join(f"{number},,B\n" for number in range(120)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no column reference or id."),
        ("id,title\n1,A\n", "There is no column"),
        ("id,title,body\n", "The file has no rows."),
        ("id,title,body\n1,A,B\n1,C,D\n", "Line 3: The reference '1' is there twice."),
        ("id,title,body\n,A,B\n", "Line 2: A reference must have"),
        ("id,title,body\n1,\x07,B\n", "Line 2: A title must have"),
        ("id,title,body\n1,,B\n", "Line 2: A title must have"),
        ("id,title,body\n1,A," + "x" * 100_000 + "\n", "Line 2: A text must have"),
        ("id,title,body,latitude,longitude\n1,A,B,north,2\n", "must be numbers"),
        ("id,title,body,latitude,longitude\n1,A,B,nan,2\n", "not on earth"),
        ("id,title,body,latitude,longitude\n1,A,B,95,2\n", "not on earth"),
        ('id,title,body\n1,"A,B\n', "cannot be read as CSV"),
    ],
)
def test_a_file_with_a_fault_changes_nothing(budget, tmp_path, text, said):
    with pytest.raises(CommandError, match="Nothing was imported") as error:
        brought(tmp_path, budget, text)
    assert said in str(error.value)
    assert not Proposal.objects.exists()


def test_other_budgets_languages_and_files_are_said(budget, tmp_path):
    with pytest.raises(CommandError, match="There is no language"):
        brought(tmp_path, budget, CONSUL, language="tlh")
    for encoding in ("klingon", "hex", "x\x00"):
        with pytest.raises(CommandError, match="There is no encoding"):
            brought(tmp_path, budget, CONSUL, encoding=encoding)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_proposals", str(tmp_path / "none.csv"), budget=budget.slug)
    with pytest.raises(CommandError, match="There is no budget"):
        call_command("import_proposals", str(tmp_path / "none.csv"), budget="none")
