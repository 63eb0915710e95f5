"""What is published about a result suffices to count it again, and says what was stored."""

import csv
import json
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from itertools import pairwise
from random import Random

import pytest
from django.conf import settings
from django.utils import timezone

from participation.actions.elections import import_election
from participation.actions.results import count_envelope
from participation.choices import VOTE_TYPES_WITH_POINTS
from participation.content import write_content
from participation.counted_election import decisions_on
from participation.counting.election import VoteType
from participation.counting.rules import Rule
from participation.exports import pabulib, result_csv, result_json
from participation.exports.recount_command import command, name_in_file
from participation.models import CountedBallot, Decision, Result
from tests.factories.participation import (
    make_ballot_box,
    make_budget,
    make_category,
    make_envelope,
    make_project,
    make_result,
)
from tests.participation.counting.builders import DATA, pb_text

FILES = sorted(DATA.glob("*.pb"))
RECOUNT = settings.BASE_DIR / "participation" / "recount.py"
AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def recounted(result: Result, folder) -> dict:
    """What anybody gets who downloads the files and types the command that is shown to them."""
    projects = list(result.envelope.projects.in_recorded_order().with_decisions())
    words = shlex.split(command(result, projects))
    assert words[:3] == ["python3", "recount.py", "ballots.pb"]
    (folder / "ballots.pb").write_text("".join(pabulib.lines(result)), encoding="utf-8", newline="")
    decisions = result_json.document(result)["decisions"]
    (folder / "decisions.json").write_text(json.dumps(decisions), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(RECOUNT), *words[2:]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["error"] is None
    assert done.returncode == 0
    return report


def check(result: Result, folder) -> dict:
    report = recounted(result, folder)
    lines = list(result.lines.order_by("project__recorded_order", "project__public_number").with_projects())
    assert report["winners"] == [line.project.pabulib_id for line in lines if line.funded]
    assert (report["spent_minor"], report["left_minor"]) == (result.spent_minor, result.left_minor)
    assert report["tally"] == {line.project.pabulib_id: float(line.tally) for line in lines}
    return report


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_imported_election_can_be_counted_again_from_its_own_export(path, tmp_path):
    imported = import_election(path=path, actor=None, at=timezone.now())
    report = check(imported.budget.envelopes.get().result, tmp_path)
    assert report["winners"]


@pytest.mark.parametrize("path", FILES[:4], ids=lambda path: path.name)
def test_an_export_can_be_imported_and_gives_the_same_result(path, tmp_path):
    first = import_election(path=path, actor=None, at=timezone.now()).budget.envelopes.get().result
    copy = tmp_path / "copy.pb"
    copy.write_text("".join(pabulib.lines(first)), encoding="utf-8", newline="")
    second = import_election(path=copy, actor=None, at=timezone.now()).budget.envelopes.get().result
    assert second.pk != first.pk
    assert (second.sha256, second.rule) == (first.sha256, first.rule)
    ballots = [list(one.envelope.counted_ballots.values_list("content", "channel")) for one in (first, second)]
    assert ballots[0] == ballots[1]


def an_election(
    rule: dict, *, vote_type: VoteType = VoteType.APPROVAL, seed: int = 1, currency: str = "EUR", limits=None, **budget
):
    """Eight projects and sixty ballots, not counted yet; every second project shares its place in the order."""
    random = Random(seed)
    edition = make_budget(currency=currency)
    box = make_ballot_box(edition, vote_type=vote_type, counting_rule=rule, limits=limits or {})
    envelope = make_envelope(edition, ballot_box=box, **{"amount_minor": 100_000, **budget})
    numbers = random.sample(range(1, 100), 8)
    for place, number in enumerate(numbers):
        cost = random.randrange(5_000, 60_000, 500)
        make_project(envelope, public_number=number, recorded_order=place // 2, cost_minor=cost)
    weights = [random.random() + 0.2 for _ in numbers]
    for voter in range(1, 61):
        length = 1 if vote_type == VoteType.CHOOSE_1 else random.randrange(0, 6)
        named = list(dict.fromkeys(random.choices(numbers, weights, k=length)))
        points = [random.choice([1, 2, 3, "2.5"]) for _ in named] if vote_type in WITH_STATED_POINTS else None
        content = write_content(vote_type, named, points)
        channel = random.choice(["web", "paper", "unknown"])
        CountedBallot.objects.create(envelope=envelope, number=voter, content=content, channel=channel)
    return envelope


WITH_STATED_POINTS = VOTE_TYPES_WITH_POINTS - {VoteType.ORDINAL}
RULES = {
    "greedy": {},
    "threshold": {"threshold": 12},
    "threshold in percent": {"threshold": "17.5%"},
    "cheaper first": {"cheaper_first": True},
    "no skip": {"kind": "greedy-no-skip"},
    "top-up": {"kind": "top-up"},
    "top-up of 50 %": {"kind": "top-up", "top_up_percent": 50},
    "top-up of 12.5 %, cheaper first": {"kind": "top-up", "top_up_percent": "12.5", "cheaper_first": True},
    "equal shares": {"kind": "equal-shares"},
    "equal shares in points": {"kind": "equal-shares", "utility": "points"},
    "equal shares, utilitarian": {"kind": "equal-shares", "completion": "utilitarian", "utility": "cost"},
    "add1": {"kind": "equal-shares", "completion": "add1"},
    "add1u": {"kind": "equal-shares", "completion": "add1u"},
    "add1u by a named rule": {"name": "equalshares/add1", "kind": "equal-shares", "completion": "add1u"},
    "add1u, exhaustive, whole start, small steps": {
        "kind": "equal-shares",
        "completion": "add1u",
        "stop_when_exhaustive": True,
        "integral_start": True,
        "increment": 250,
    },
    "add1 with comparison": {"kind": "equal-shares", "completion": "add1", "comparison": True},
    "a named rule without its comparison": {
        "name": "equalshares/add1-comparison",
        "kind": "equal-shares",
        "completion": "add1",
    },
    "a name that means another kind": {"name": "greedy-custom", "kind": "greedy"},
    "a name of the town's own": {"name": "our way", "kind": "greedy-no-skip", "threshold": "10%"},
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_can_be_counted_again(rule, seed, tmp_path):
    envelope = an_election(rule, seed=seed)
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    report = check(result, tmp_path)
    assert report["rule"] == name_in_file(Rule.from_json(result.rule))


@pytest.mark.parametrize("rule", [{}, {"kind": "equal-shares", "completion": "add1u"}], ids=["greedy", "shares"])
@pytest.mark.parametrize("vote_type", VoteType)
def test_every_kind_of_ballot_can_be_counted_again(vote_type, rule, tmp_path):
    check(count_envelope(actor=None, envelope=an_election(rule, vote_type=vote_type), at=AT), tmp_path)


@pytest.mark.parametrize("default", ["0", "-1", "0.5"])
def test_a_score_for_projects_that_a_ballot_does_not_name(default, tmp_path):
    envelope = an_election({}, vote_type=VoteType.SCORING, limits={"default_score": default})
    check(count_envelope(actor=None, envelope=envelope, at=AT), tmp_path)


@pytest.mark.parametrize(("currency", "budget"), [("JPY", "100000"), ("KWD", "100"), ("XXX", "1000")])
def test_amounts_are_written_in_whole_units_of_any_currency(currency, budget, tmp_path):
    rule = {"kind": "equal-shares", "completion": "add1", "increment": 10}
    result = count_envelope(actor=None, envelope=an_election(rule, currency=currency), at=AT)
    assert f"budget;{budget}\r\n" in list(pabulib.lines(result))
    check(result, tmp_path)


def decided(envelope) -> None:
    withdrawn, ruled_out, kept, kept_first, *others = envelope.projects.order_by("-cost_minor")
    for project, kind, rank in (
        (withdrawn, "withdrawn", 0),
        (ruled_out, "ruled_out", 0),
        (kept, "kept", 2),
        (kept_first, "kept", 1),
    ):
        Decision.objects.create(project=project, kind=kind, rank=rank, decided_on=AT.date())
    for project in others[:3]:
        project.exclusive_group = "the square"
        project.save()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "rule", [{}, {"kind": "greedy-no-skip"}, {"kind": "equal-shares", "completion": "add1u"}], ids=str
)
def test_decisions_and_exclusive_groups_are_published_with_the_count(rule, seed, tmp_path):
    envelope = an_election(rule, seed=seed, amount_minor=150_000)
    decided(envelope)
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    projects = list(envelope.projects.in_recorded_order().with_decisions())
    assert command(result, projects).endswith(" --decisions decisions.json")
    assert set(result.lines.values_list("reason", flat=True)) >= {"kept", "withdrawn", "ruled_out"}
    check(result, tmp_path)


def test_without_decisions_the_command_names_no_file_of_them():
    envelope = an_election({})
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    assert command(result, list(envelope.projects.all())) == "python3 recount.py ballots.pb"


def test_projects_with_one_place_in_the_order_are_listed_by_number(tmp_path):
    budget = make_budget()
    envelope = make_envelope(budget, amount_minor=100, ballot_box=make_ballot_box(budget))
    for number in (9, 3, 7):
        make_project(envelope, public_number=number, recorded_order=0, cost_minor=60)
        CountedBallot.objects.create(envelope=envelope, number=number, content=f'{{"projects":[{number}]}}')
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    assert check(result, tmp_path)["winners"] == ["3"]
    rows = [line for line in pabulib.lines(result) if ";60" in line or ";0.60;" in line]
    assert [row.partition(";")[0] for row in rows] == ["3", "7", "9"]


def test_words_of_all_kinds_survive_the_file(tmp_path):
    budget = make_budget(title='The "green" town; part 2')
    envelope = make_envelope(budget, amount_minor=100, ballot_box=make_ballot_box(budget))
    trees = make_project(envelope, title='Trees; "old" ones,\nand VOTES', cost_minor=60, latitude=1.5, longitude=-2)
    trees.categories.add(make_category("Nature, wild"))
    CountedBallot.objects.create(envelope=envelope, number=1, content=f'{{"projects":[{trees.public_number}]}}')
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    records = list(csv.reader(StringIO("".join(pabulib.lines(result)), newline=""), delimiter=";"))
    assert ["description", 'The "green" town; part 2'] in records
    columns, row = next(pair for pair in pairwise(records) if pair[0][0] == "project_id")
    assert dict(zip(columns, row, strict=True)) == {
        "project_id": str(trees.public_number),
        "cost": "0.60",
        "votes": "1",
        "name": 'Trees; "old" ones,\nand VOTES',
        "category": "Nature  wild",
        "selected": "1",
        "latitude": "1.5",
        "longitude": "-2.0",
    }
    check(result, tmp_path)


def test_a_topped_up_project_is_marked_as_outside_the_rule(tmp_path):
    budget = make_budget()
    box = make_ballot_box(budget, counting_rule={"kind": "top-up"})
    envelope = make_envelope(budget, amount_minor=100, ballot_box=box)
    for number, cost in ((1, 60), (2, 45), (3, 30)):
        make_project(envelope, public_number=number, cost_minor=cost)
    for number, names in enumerate(("1,2,3", "1,2", "1"), start=1):
        CountedBallot.objects.create(envelope=envelope, number=number, content=f'{{"projects":[{names}]}}')
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    records = list(csv.reader(pabulib.lines(result), delimiter=";"))
    start = next(place for place, record in enumerate(records) if record[0] == "project_id")
    column = records[start].index("selected")
    assert [record[column] for record in records[start + 1 : start + 4]] == ["1", "2", "0"]
    assert check(result, tmp_path)["left_minor"] == -5


# Tables


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_of_text_begins_like_a_formula(title):
    envelope = make_envelope(make_budget())
    result = make_result(envelope, funded=[make_project(envelope, title=title, imported_id=title)])
    row = next(csv.DictReader(StringIO("".join(result_csv.lines(result)), newline="")))
    assert (row["title"], row["project"]) == (f"'{title}", f"'{title}")


def test_a_table_has_a_row_for_each_project_in_the_order_of_decision():
    envelope = make_envelope(make_budget(currency="PLN"), amount_minor=1_000)
    won = make_project(envelope, title='Trees, "old" ones', cost_minor=950)
    lost = make_project(envelope, title="Path", cost_minor=123_456_700)
    result = make_result(envelope, funded=[won], lost=[lost])
    rows = list(csv.reader(StringIO("".join(result_csv.lines(result)), newline="")))
    assert rows[0] == result_csv.COLUMNS
    assert [row[:9] for row in rows[1:]] == [
        ["1", str(won.public_number), 'Trees, "old" ones', "9.50", "PLN", "99", "yes", "", "funded"],
        ["2", str(lost.public_number), "Path", "1234567", "PLN", "98", "no", "", "did_not_fit"],
    ]
    assert all(row[9].startswith(("Funded", "Not funded")) for row in rows[1:])
    assert all(line.endswith("\r\n") for line in result_csv.lines(result))


def test_tables_cost_the_same_number_of_queries_whatever_their_length(django_assert_max_num_queries):
    envelope = make_envelope(make_budget())
    result = make_result(envelope, funded=[make_project(envelope, cost_minor=1) for _ in range(40)])
    with django_assert_max_num_queries(9):
        assert len(list(result_csv.lines(result))) == 41
    with django_assert_max_num_queries(9):
        assert len(result_json.document(Result.objects.get())["lines"]) == 40


# The document


def test_the_document_holds_what_is_stored(tmp_path):
    path = tmp_path / "small.pb"
    path.write_text(pb_text(currency="EUR"), encoding="utf-8")
    budget = import_election(path=path, actor=None, at=AT).budget
    result = Result.objects.get()
    document = json.loads(json.dumps(result_json.document(result)))
    lines = document.pop("lines")
    assert document == {
        "budget": budget.slug,
        "envelope": result.envelope.slug,
        "currency": "EUR",
        "amount_minor": 10_000,
        "rule": result.rule,
        "decisions": {"withdrawn": [], "ruled_out": [], "kept": [], "exclusive": []},
        "spent_minor": 6_000,
        "left_minor": 4_000,
        "facts": result.facts,
        "rounds": [],
        "sha256": result.sha256,
        "counted_at": "2026-05-04T12:30:00+00:00",
    }
    explanations = [line.pop("explanation") for line in lines]
    assert lines == [
        {
            "position": 1,
            "project": 1,
            "pabulib_id": "a",
            "title": "Playground",
            "cost_minor": 6_000,
            "tally": "2",
            "funded": True,
            "added_minor": None,
            "reason": "funded",
            "reason_facts": {"left_minor": 4_000, "cost_minor": 6_000},
        },
        {
            "position": 2,
            "project": 2,
            "pabulib_id": "b",
            "title": "Trees",
            "cost_minor": 5_000,
            "tally": "2",
            "funded": False,
            "added_minor": None,
            "reason": "did_not_fit",
            "reason_facts": {"left_minor": 4_000, "missing_minor": 1_000, "cost_minor": 5_000},
        },
    ]
    assert explanations == [
        "Funded: it fitted into the money left. Afterwards €40 was left.",
        "Not funded: €40 was left when its turn came, and it needed €10 more.",
    ]


def test_the_document_names_decisions_by_the_ids_of_the_file():
    envelope = an_election({}, amount_minor=150_000)
    decided(envelope)
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    stored = decisions_on(list(envelope.projects.in_recorded_order().with_decisions())).as_json()
    assert result_json.document(result)["decisions"] == stored
    assert [len(stored[key]) for key in ("withdrawn", "ruled_out", "kept")] == [1, 1, 2]


def test_rounds_of_equal_shares_are_in_the_document():
    envelope = an_election({"kind": "equal-shares"})
    result = count_envelope(actor=None, envelope=envelope, at=AT)
    rounds = result_json.document(result)["rounds"]
    bought = [line["project"] for line in result_json.document(result)["lines"] if line["reason"] == "funded"]
    assert [one["project"] for one in rounds] == bought
