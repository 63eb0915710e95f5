"""A file comes in whole or not at all: what is stored is held against the file itself."""

import csv
import hashlib
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from participation.actions.elections import import_election
from participation.models import (
    ActivityEntry,
    Budget,
    BudgetText,
    Category,
    CountedBallot,
    District,
    Envelope,
    Outbox,
    Person,
    Phase,
    Project,
    ProjectText,
    Result,
)
from tests.factories.participation import locale
from tests.participation.counting.builders import DATA, PROJECTS, VOTES, pb_text

FILES = sorted(DATA.glob("*.pb"))
WIELICZKA = DATA / "Poland_Wieliczka_2023_Green_Budget.pb"

pytestmark = pytest.mark.django_db


def run(path) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_election", str(path), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def sections(path) -> tuple[dict[str, str], list[dict[str, str]], list[dict[str, str]]]:
    """META, PROJECTS and VOTES, read by a few lines that share nothing with the platform."""
    parts, name = {"META": [], "PROJECTS": [], "VOTES": []}, ""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for record in csv.reader(stream, delimiter=";"):
            if len(record) == 1 and record[0].strip() in parts:
                name = record[0].strip()
            elif record:
                parts[name].append(record)
    meta = {row[0].strip(): row[1].strip() for row in parts["META"][1:]}
    projects, votes = (
        [dict(zip(parts[part][0], row, strict=True)) for row in parts[part][1:]] for part in ("PROJECTS", "VOTES")
    )
    return meta, projects, votes


def row_counts() -> dict[str, int]:
    """Of every table there is, whosever it may be."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        return {table: cursor.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in tables}


def minor(amount: str) -> int:
    """Every currency of these files has cents."""
    return int(Decimal(amount.replace(",", ".")) * 100)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_everything_in_a_file_is_stored(path):
    meta, projects, votes = sections(path)
    run(path)

    budget = Budget.objects.get()
    assert (budget.status, budget.currency) == ("published", meta.get("currency") or "XXX")
    assert budget.share_minor == minor(meta["budget"])
    assert budget.imported_from == path.name
    assert budget.imported_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert meta["unit"] in str(budget)
    assert meta["instance"] in str(budget)
    assert BudgetText.objects.get().introduction == meta["description"]

    envelope = Envelope.objects.get()
    assert envelope.amount_minor == budget.share_minor
    assert envelope.ballot_box.vote_type == meta["vote_type"]
    assert {key: envelope.pabulib_meta.get(key, "") for key in meta} == meta

    stored = list(Project.objects.order_by("recorded_order"))
    assert [project.pabulib_id for project in stored] == [row["project_id"].strip() for row in projects]
    assert [project.cost_minor for project in stored] == [minor(row["cost"]) for row in projects]
    assert [project.recorded_order for project in stored] == list(range(1, len(projects) + 1))
    assert {project.envelope_id for project in stored} == {envelope.pk}
    words = dict(ProjectText.objects.values_list("identity_id", "title"))
    expected = [(row.get("name") or row["project_id"]).strip()[:1000] for row in projects]
    assert [words[project.pk] for project in stored] == expected

    number_of = {project.pabulib_id: project.public_number for project in stored}
    ballots = list(CountedBallot.objects.order_by("number"))
    assert [ballot.number for ballot in ballots] == list(range(1, int(meta["num_votes"]) + 1))
    for ballot, row in zip(ballots, votes, strict=True):
        named = [number_of[project.strip()] for project in row["vote"].split(",") if project.strip()]
        assert json.loads(ballot.content)["projects"] == (named if meta["vote_type"] == "ordinal" else sorted(named))

    result = Result.objects.get()
    assert result.published_at is not None
    assert result.lines.count() == len(projects)
    assert result.spent_minor + result.left_minor == budget.share_minor
    assert result.spent_minor == sum(line.project.cost_minor for line in result.lines.filter(funded=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_stated_votes_are_the_tallies(path):
    _, projects, _ = sections(path)
    column = "score" if "score" in projects[0] else "votes"
    run(path)
    tallies = {line.project.pabulib_id: line.tally for line in Result.objects.get().lines.select_related("project")}
    assert tallies == {row["project_id"].strip(): Decimal(row[column]) for row in projects}


@pytest.mark.parametrize(
    "path", [DATA / "Switzerland_Zurich_D10.pb", DATA / "Poland_Katowice_2025_Zawodzie.pb"], ids=lambda path: path.name
)
def test_points_stay_beside_their_projects(path):
    _, _, votes = sections(path)
    run(path)
    number_of = {project.pabulib_id: project.public_number for project in Project.objects.all()}
    for ballot, row in zip(CountedBallot.objects.order_by("number"), votes, strict=True):
        content = json.loads(ballot.content)
        named = [number_of[project.strip()] for project in row["vote"].split(",")]
        points = [Decimal(point) for point in row["points"].split(",")]
        assert dict(zip(content["projects"], map(Decimal, content["points"]), strict=True)) == dict(
            zip(named, points, strict=True)
        )


def test_categories_districts_and_places(tmp_path):
    header = "project_id;cost;name;category;latitude;longitude"
    rows = ("7;60;Trees;Nature, Health;50.5;20.25", "9;30;Path;nature;;", "11;30;Moon base;;95;20")
    text = pb_text(
        projects=(header, *rows), votes=(VOTES[0], "1;7", "2;7,9", "3;11"), num_projects="3", district="North"
    )
    run(written(tmp_path, text))
    trees, path, moon = Project.objects.order_by("public_number")
    assert [str(category) for category in trees.categories.order_by("slug")] == ["Health", "Nature"]
    assert [category.slug for category in path.categories.all()] == ["nature"]
    assert (trees.latitude, trees.longitude) == (50.5, 20.25)
    assert (path.latitude, path.longitude, moon.latitude, moon.longitude) == (None,) * 4
    assert Category.objects.count() == 2
    assert Envelope.objects.get().district == District.objects.get(name="North")


def test_the_voting_phase_covers_whole_days_in_the_towns_own_time():
    run(WIELICZKA)
    phase = Phase.objects.get()
    local = [timezone.localtime(moment) for moment in (phase.starts_at, phase.ends_at)]
    assert [f"{moment:%d.%m.%Y %H:%M}" for moment in local] == ["03.04.2023 00:00", "22.04.2023 00:00"]
    assert phase.kind == "voting"


@pytest.mark.parametrize(
    "dates",
    [
        {},
        {"date_begin": "01.02.2020"},
        {"date_begin": "2020", "date_end": "2020"},
        {"date_begin": "09.02.2020", "date_end": "01.02.2020"},
        {"date_begin": "31.02.2020", "date_end": "01.03.2020"},
        {"date_begin": "01.02.2020", "date_end": "01.02.9020"},
        {"date_begin": "01.02.2020", "date_end": "31.12.9999"},
        {"date_begin": "01.01.0001", "date_end": "02.01.0001"},
    ],
)
def test_no_phase_from_dates_that_are_not_whole_or_not_over(tmp_path, dates):
    with timezone.override("Asia/Tokyo"):
        run(written(tmp_path, pb_text(**dates)))
    assert Budget.objects.count() == 1
    assert not Phase.objects.exists()


def test_words_go_to_the_files_locale_or_keep_their_language(tmp_path):
    french = locale("fr")
    run(written(tmp_path, pb_text(language="fr", unit="Toulouse"), "fr.pb"))
    run(written(tmp_path, pb_text(language="pl", unit="Zabrze"), "pl.pb"))
    toulouse, zabrze = (BudgetText.objects.get(title__startswith=town) for town in ("Toulouse", "Zabrze"))
    assert (toulouse.locale, toulouse.language) == (french, "")
    assert (zabrze.locale, zabrze.language) == (locale("en"), "pl")


def test_ids_that_are_no_numbers_are_kept_and_numbered(tmp_path):
    run(written(tmp_path, pb_text()))
    assert [(project.public_number, project.pabulib_id) for project in Project.objects.order_by("public_number")] == [
        (1, "a"),
        (2, "b"),
    ]


def test_digits_of_other_scripts_are_words(tmp_path):
    rows = ("project_id;cost;name", "12;60;One", "1٢;50;Two")
    run(written(tmp_path, pb_text(projects=rows, votes=(VOTES[0], "1;12", "2;1٢", "3;12,1٢"))))
    assert [project.pabulib_id for project in Project.objects.order_by("public_number")] == ["12", "1٢"]


def test_two_files_with_one_title_get_two_addresses(tmp_path):
    run(written(tmp_path, pb_text(unit="Łódź"), "one.pb"))
    run(written(tmp_path, pb_text(unit="Łódź", budget="200"), "two.pb"))
    assert set(Budget.objects.values_list("slug", flat=True)) == {"lodz", "lodz-2"}


def test_the_import_is_told_and_followed():
    out, err = run(WIELICZKA)
    budget = Budget.objects.get()
    result = Result.objects.get()
    funded = result.lines.filter(funded=True).count()
    assert out == (
        f"Imported {WIELICZKA.name} as “{budget}” (/budgets/{budget.slug}/): "
        f"64 projects, 6586 ballots, {funded} funded.\n"
    )
    assert [line.split()[0] for line in err.splitlines()] == sorted(
        (line.split()[0] for line in err.splitlines()), key=["reading", "storing", "counting"].index
    )
    assert {line.split()[0] for line in err.splitlines()} == {"reading", "storing", "counting"}
    assert set(ActivityEntry.objects.values_list("verb", flat=True)) >= {"import"}
    assert Outbox.objects.waiting().exists()


def test_the_action_names_who_imported():
    actor = Person.objects.create_user("clerk@example.org", "a long enough password")
    imported = import_election(path=FILES[0], actor=actor, at=timezone.now())
    entry = ActivityEntry.objects.get(verb="import")
    assert (imported.is_new, entry.actor, entry.budget) == (True, actor, imported.budget)
    assert entry.details == {"file": FILES[0].name, "sha256": imported.budget.imported_sha256}


def test_the_same_file_again_changes_nothing_and_says_so(tmp_path):
    run(WIELICZKA)
    before = row_counts()
    copy = tmp_path / "another name.pb"
    copy.write_bytes(WIELICZKA.read_bytes())
    out, _ = run(copy)
    assert out == f"another name.pb was imported before, as “{Budget.objects.get()}”: nothing was changed.\n"
    assert row_counts() == before


def written(folder, content: str | bytes, name: str = "file.pb"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


BAD_TEXTS = {
    "cut off in a line": (WIELICZKA.read_bytes()[:40_000].rpartition(b";")[0], "cut off within this row"),
    "cut off in a letter": ("META\nkey;value\nunit;Łódź".encode()[:-1], "not UTF-8"),
    "cut off after a row": (WIELICZKA.read_bytes()[:40_000].rpartition(b"\n")[0] + b"\n", "num_votes is 6586"),
    "fewer votes": (pb_text(num_votes="4"), "num_votes is 4, but there are 3."),
    "more votes": (pb_text(num_votes="2"), "more ballots than the 2"),
    "no number of votes": (pb_text(num_votes="three"), "not a whole number"),
    "fewer projects": (pb_text(num_projects="3"), "num_projects is 3, but there are 2."),
    "more projects": (pb_text(num_projects="1"), "more projects than the 1"),
    "unknown project": (pb_text(votes=(*VOTES[:3], "3;c")), "line 16: The ballot names an unknown project"),
    "a project twice": (pb_text(projects=(*PROJECTS[:2], "a;50;Trees")), "line 11: The project 'a' stands there twice"),
    "a voter twice": (pb_text(votes=(*VOTES[:3], "2;b")), "line 16: The voter '2' stands there twice."),
    "negative cost": (pb_text(projects=(PROJECTS[0], "a;-60;Trees", PROJECTS[2])), "line 10: The cost"),
    "absurd cost": (pb_text(projects=(PROJECTS[0], f"a;{'9' * 40};Trees", PROJECTS[2])), "line 10: The cost"),
    "cost in words": (pb_text(projects=(PROJECTS[0], "a;much;Trees", PROJECTS[2])), "line 10: The cost"),
    "infinite cost": (pb_text(projects=(PROJECTS[0], "a;inf;Trees", PROJECTS[2])), "line 10: The cost"),
    "zero budget": (pb_text(budget="0"), "line 5: The budget is zero."),
    "absurd budget": (pb_text(budget="9" * 40), "line 5: The budget"),
    "NUL byte": (pb_text().replace("Trees", "Tr\0es"), "line 11: The file holds a NUL byte"),
    "binary": (bytes(range(256)) * 64, "line 1: The file holds a NUL byte"),
    "binary without NUL": (bytes(range(128, 256)) * 64, "not UTF-8"),
    "empty": ("", "META is missing"),
    "blank": ("\n \n\n", "META is missing"),
    "prose": ("Dear town,\nplease build a playground.\n", "META is missing"),
    "no votes": (pb_text().partition("VOTES")[0], "VOTES is missing"),
    "unknown rule": (pb_text(rule="lottery"), "'lottery' is not the name of a rule."),
    "unknown vote type": (pb_text(vote_type="shouting"), "'shouting' is not a vote type."),
    "no currency": (pb_text(currency="EURO"), "currency 'EURO' is no ISO 4217 code"),
    "no threshold": (pb_text(min_project_score_threshold="some"), "some"),
    "an endless id": (
        pb_text(
            projects=(PROJECTS[0], f"{'a' * 130}b;60;One", f"{'a' * 130}c;50;Two"),
            votes=(VOTES[0], f"1;{'a' * 130}b", f"2;{'a' * 130}c", "3;"),
        ),
        "is longer than 120 characters.",
    ),
}


def refusal(path) -> str:
    before = row_counts()
    with pytest.raises(CommandError) as caught:
        run(path)
    assert row_counts() == before
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}: ")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert sentence.endswith(".")
    return sentence.removeprefix(f"{path}: ")


@pytest.mark.parametrize("content, words", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_bad_file_is_refused_in_one_line_and_leaves_nothing(tmp_path, content, words):
    assert words in refusal(written(tmp_path, content))


def test_a_refused_file_leaves_an_earlier_election_alone(tmp_path):
    run(WIELICZKA)
    refusal(written(tmp_path, BAD_TEXTS["fewer votes"][0]))
    assert Budget.objects.count() == 1


def test_a_folder_is_no_file(tmp_path):
    assert refusal(tmp_path) == "Is a directory."


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    assert refusal(tmp_path / "none.pb") == "No such file or directory."


def test_a_file_of_zeros_is_refused_without_being_held_in_memory(tmp_path):
    path = tmp_path / "zeros.pb"
    with path.open("wb") as stream:
        stream.truncate(300 << 20)
    assert path.stat().st_size == 300 << 20
    assert "NUL byte" in refusal(path)


def test_a_file_as_long_as_one_line_is_refused(tmp_path):
    assert "line 1: The line is longer" in refusal(written(tmp_path, b"a" * (3 << 20)))
