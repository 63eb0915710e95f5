"""The recount script, run as anybody runs it. What is expected was worked out by hand from docs/counting.md."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "participation" / "recount.py"
PABULIB = ROOT / "tests" / "data" / "pabulib"
KEYS = ["file", "rule", "winners", "tally", "spent_minor", "left_minor", "error"]


def run(*arguments):
    """Run the script. Returns its exit code, its lines as (pairs of the) objects, and what it wrote to stderr."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, check=False, cwd=ROOT
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.decode("ascii").splitlines()], done.stderr


def counted(path, *options):
    code, lines, stderr = run(path, *options)
    assert (code, stderr, len(lines)) == (0, b"", 1), lines
    assert lines[0]["error"] is None
    return lines[0]


def refused(path, *options):
    code, lines, stderr = run(path, *options)
    assert (code, stderr, len(lines)) == (1, b"", 1), lines
    assert list(lines[0]) == KEYS
    assert [lines[0][key] for key in KEYS[1:-1]] == [None] * 5
    assert lines[0]["file"] == str(path)
    return lines[0]["error"]


def text_of(projects, ballots, budget="100", vote_type="approval", meta=(), columns="voter_id;vote"):
    """A small file. `projects` is "id cost id cost ..."; each ballot is a row without the voter."""
    words = projects.split()
    rows = [f"{words[place]};{words[place + 1]}" for place in range(0, len(words), 2)]
    lines = ["META", "key;value", f"num_projects;{len(rows)}", f"num_votes;{len(ballots)}"]
    lines += [f"budget;{budget}", f"vote_type;{vote_type}", *meta, "PROJECTS", "project_id;cost", *rows]
    lines += ["VOTES", columns, *(f"v{number};{ballot}" for number, ballot in enumerate(ballots, 1))]
    return "\n".join(lines) + "\n"


@pytest.fixture
def file(tmp_path):
    def make(*arguments, **settings):
        path = tmp_path / "ballots.pb"
        path.write_bytes(text_of(*arguments, **settings).encode())
        return path

    return make


@pytest.fixture
def decisions(tmp_path):
    def make(stated):
        path = tmp_path / "decisions.json"
        path.write_text(stated if isinstance(stated, str) else json.dumps(stated))
        return path

    return make


# --- The rules of rank ------------------------------------------------------------------------------------------------

LADDER = ("a 60 b 50 c 40", ["a,b,c", "a,b", "a"])  # tallies 3, 2, 1


@pytest.mark.parametrize(
    ("rule", "winners", "left"),
    [
        ("greedy", ["a", "c"], 0),
        ("greedy-threshold", ["a", "c"], 0),
        ("greedy-exclusive", ["a", "c"], 0),
        ("unknown", ["a", "c"], 0),
        ("greedy-no-skip", ["a"], 4000),
        ("greedy-custom", ["a", "b"], -1000),  # 40 is exactly 80 % of 50
    ],
)
def test_rules_of_rank(file, rule, winners, left):
    line = counted(file(*LADDER, meta=[f"rule;{rule}"]))
    assert (line["rule"], line["winners"], line["left_minor"]) == (rule, winners, left)
    assert line["spent_minor"] == 10000 - left
    assert counted(file(*LADDER), "--rule", rule) == line


def test_no_rule_stated_is_greedy_and_stays_unknown(file):
    line = counted(file(*LADDER))
    assert (line["rule"], line["winners"]) == ("unknown", ["a", "c"])


@pytest.mark.parametrize(
    ("percent", "winners"), [("80", ["a", "b"]), ("80.01", ["a"]), ("100", ["a"]), ("0", ["a", "b"])]
)
def test_top_up_share(file, percent, winners):
    assert counted(file(*LADDER), "--rule", "greedy-custom", "--top-up", percent)["winners"] == winners


def test_top_up_funds_only_the_project_it_stops_at(file):
    line = counted(file("a 60 b 50 c 1", ["a,b,c", "a,b", "a"]), "--rule", "greedy-custom")
    assert line["winners"] == ["a", "b"]


def test_winners_are_in_the_order_of_the_file(file):
    assert counted(file("a 50 b 50", ["b", "a,b"]))["winners"] == ["a", "b"]


def test_equal_tallies_keep_the_recorded_order_or_cheaper_first(file):
    path = file("z 70 a 60", ["a,z"])
    assert counted(path)["winners"] == ["z"]
    assert counted(path, "--cheaper-first")["winners"] == ["a"]


# --- Decisions and threshold ------------------------------------------------------------------------------------------


def test_threshold_of_the_file_and_of_the_command_line(file):
    plain = file("a 10 b 10 c 10", ["a,b,c", "a,b", "a"])
    assert counted(plain, "--threshold", "2")["winners"] == ["a", "b"]
    assert counted(plain, "--threshold", "2,5")["winners"] == ["a"]
    path = file("a 10 b 10 c 10", ["a,b,c", "a,b", "a"], meta=["min_project_score_threshold;3", "rule;equalshares"])
    assert counted(path)["winners"] == ["a"]
    assert counted(path, "--threshold", "0")["winners"] == ["a", "b", "c"]


@pytest.mark.parametrize(("share", "winners"), [("33%", ["a"]), ("33.34%", [])])
def test_threshold_as_a_share_of_the_ballots_that_are_not_blank(file, share, winners):
    # Three valid ballots of four: 33 % are 0.99, 33.34 % are 1.0002.
    path = file("a 10 c 990", ["a", "c", "c", ""])
    assert counted(path, "--threshold", share)["winners"] == winners


def test_no_skip_passes_over_what_takes_no_part(file, decisions):
    path = file("a 60 b 50 c 40", ["a,b,c", "a,b", "a"])
    for stated in ({"withdrawn": ["b"]}, {"ruled_out": ["b"]}, {"exclusive": [["a", "b"]]}):
        line = counted(path, "--rule", "greedy-no-skip", "--decisions", decisions(stated))
        assert line["winners"] == ["a", "c"], stated


def test_the_mark_of_a_withdrawn_project_never_stops_no_skip(file):
    line = counted(file("a 60 b 999999999 c 40", ["a,b,c", "a,b", "b"]), "--rule", "greedy-no-skip")
    assert (line["winners"], line["tally"]) == (["a", "c"], {"a": 2, "b": 3, "c": 1})
    # One cent less is no mark: it does stop.
    assert counted(file("a 60 b 999999998.99", ["b"]), "--rule", "greedy-no-skip")["winners"] == []


def test_kept_projects_come_first_whatever_their_tally(file, decisions):
    path = file(*LADDER)
    line = counted(path, "--decisions", decisions({"kept": ["c"]}), "--threshold", "2")
    assert line["winners"] == ["a", "c"]
    line = counted(path, "--decisions", decisions({"kept": ["b"]}))  # leaves 50: a does not fit, c does
    assert (line["winners"], line["left_minor"]) == (["b", "c"], 1000)
    assert counted(path, "--decisions", decisions({"kept": ["a", "c"]}))["winners"] == ["a", "c"]
    assert "budget" in refused(path, "--decisions", decisions({"kept": ["a", "b"]}))


def test_kept_projects_lessen_the_money_of_equal_shares(file, decisions):
    # Kept k leaves 40, so two ballots have 20 each: a (20) can be bought, b (21) cannot.
    path = file("k 60 a 20 b 21", ["a", "b"])
    line = counted(path, "--rule", "equalshares", "--decisions", decisions({"kept": ["k"]}))
    assert line["winners"] == ["k", "a"]


def test_exclusive_groups(file, decisions):
    path = file("a 10 b 10 c 10", ["a,b,c", "a,b", "a"])
    groups = decisions({"exclusive": [["b", "c"], ["a", "c"]]})
    for rule in ("greedy", "greedy-no-skip", "greedy-custom", "equalshares"):
        assert counted(path, "--rule", rule, "--decisions", groups)["winners"] == ["a", "b"], rule
    kept = decisions({"exclusive": [["c", "a"]], "kept": ["c"]})
    assert counted(path, "--decisions", kept)["winners"] == ["b", "c"]


def test_a_project_that_does_not_fit_does_not_put_its_group_out(file, decisions):
    path = file("a 110 b 10", ["a,b", "a"])
    assert counted(path, "--decisions", decisions({"exclusive": [["a", "b"]]}))["winners"] == ["b"]


@pytest.mark.parametrize(
    "stated",
    [
        {"removed": []},
        {"kept": ["d"]},
        {"kept": [1]},
        {"kept": "a"},
        {"kept": ["a", "a"]},
        {"withdrawn": ["a"], "ruled_out": ["a"]},
        {"withdrawn": ["a"], "kept": ["a"]},
        {"exclusive": ["a", "b"]},
        {"exclusive": [["a", "x"]]},
        [],
        "no JSON",
        '{"kept": ["a"], "kept": ["b"]}',
        "[" * 100000,
        "",
    ],
)
def test_wrong_decisions_are_refused(file, decisions, stated):
    assert "deci" in refused(file(*LADDER), "--decisions", decisions(stated))


def test_missing_decisions_are_an_error(file, tmp_path):
    assert "decisions" in refused(file(*LADDER), "--decisions", tmp_path / "nothing.json")
    assert "decisions" in refused(file(*LADDER), "--decisions", tmp_path)


# --- Tally ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vote_type", ["approval", "knapsack", "choose-1"])
def test_a_ballot_that_names_a_project_twice_counts_twice(file, vote_type):
    line = counted(file("a 10 b 10", ["a,a, b", "", "b"], vote_type=vote_type))
    assert line["tally"] == {"a": 2, "b": 2}


def test_but_in_equal_shares_it_supports_once(file):
    # a: two supporters, 2 x 30 >= 60 at r = 1/2. If v1 counted twice, r of a would be 1/3 and a would come before b.
    path = file("b 20 a 60", ["a,a,b", "a,b", ""], budget="90")
    assert counted(path, "--rule", "equalshares")["winners"] == ["b"]


def test_ordinal_is_borda_by_the_length_of_the_ballot(file):
    line = counted(file("a 10 b 10 c 10", ["a,b,c", "c,a", "b"], vote_type="ordinal"))
    assert line["tally"] == {"a": 4, "b": 3, "c": 3}


def test_ordinal_points_replace_borda(file):
    path = file("a 10 b 10", ["a,b;5,4.5", "b;1"], vote_type="ordinal", columns="voter_id;vote;points")
    assert counted(path)["tally"] == {"a": 5, "b": 5.5}


def test_cumulative_adds_decimals_exactly(file):
    ballots = ["a,b;0.1,1.5", "a,b;0.2,2.5", "a;100000000000.000001"]
    path = file("a 10 b 10", ballots, vote_type="cumulative", columns="voter_id;vote;points")
    raw = subprocess.run([sys.executable, str(SCRIPT), str(path)], capture_output=True, check=True).stdout
    assert b'"tally": {"a": 100000000000.300001, "b": 4},' in raw


def test_scoring_has_negative_points_and_a_default(file):
    ballots = ["a,b;3,-2", "b;1.5", ";"]
    path = file("a 10 b 10 c 10", ballots, vote_type="scoring", columns="voter_id;vote;points")
    assert counted(path)["tally"] == {"a": 3, "b": -0.5, "c": 0}
    settings = {"vote_type": "scoring", "columns": "voter_id;vote;points", "meta": ["default_score;-0.5"]}
    # a: 3 - 0.5 - 0.5, b: -2 + 1.5 - 0.5, c: three times -0.5
    assert counted(file("a 10 b 10 c 10", ballots, **settings))["tally"] == {"a": 2, "b": -1, "c": -1.5}
    # Negative points and the default are no support.
    assert counted(path, "--rule", "equalshares")["winners"] == ["a", "b"]


# --- Equal shares -----------------------------------------------------------------------------------------------------


def test_equal_shares_and_its_completions(file):
    # E = 25. a costs each of four 10, which leaves 15 each: three of them have 45 for b, which costs 46.
    path = file("a 40 b 46 c 30", ["a,b", "a,b", "a,b", "a,c"])
    assert counted(path, "--rule", "equalshares")["winners"] == ["a"]
    assert counted(path, "--rule", "equalshares", "--completion", "utilitarian")["winners"] == ["a", "b"]
    # E = 26 buys b, E = 40 would buy c as well: 116 of 100.
    assert counted(path, "--rule", "equalshares/add1")["winners"] == ["a", "b"]
    assert counted(path, "--rule", "equalshares", "--completion", "add1")["winners"] == ["a", "b"]


def test_add1u_spends_what_add1_leaves(file):
    # As above, with d (14) that nobody supports: add1 ends with 14 left.
    path = file("a 40 b 46 c 30 d 14", ["a,b", "a,b", "a,b", "a,c"])
    assert counted(path, "--rule", "equalshares", "--completion", "add1")["left_minor"] == 1400
    assert counted(path, "--rule", "equalshares", "--completion", "add1u")["winners"] == ["a", "b", "d"]


def test_blank_ballots_get_a_share_too(file):
    assert counted(file("a 50", ["a", ""]), "--rule", "equalshares")["winners"] == ["a"]
    assert counted(file("a 51", ["a", ""]), "--rule", "equalshares")["winners"] == []


def test_who_has_less_than_the_price_gives_all_there_is(file):
    # E = 10. b (r = 1/2) takes 6 from v1 and v2. d: v2 has 4, so v3 pays 9 of its 10. Then v3 has 1: not enough for g.
    path = file("b 12 d 13 g 1.01 f 1", ["b", "b,d", "d,f,g"], budget="30")
    assert counted(path, "--rule", "equalshares")["winners"] == ["b", "d", "f"]


def test_who_has_given_all_owes_nothing(file):
    # E = 10. b leaves v2 with 1. d (r = 8/9) takes that and 8 from v3; then v4 alone has exactly the 10 for h.
    path = file("b 18 d 9 h 10", ["b", "b,d,h", "d", "h"], budget="40")
    assert counted(path, "--rule", "equalshares")["winners"] == ["b", "d", "h"]


def test_shares_are_exact(file):
    # Each of three ballots has a third of 1.00; 7 projects of a seventh each leave nothing and lack nothing.
    names = "a 0.01 b 0.01 c 0.01 d 0.02 e 0.02 f 0.03 g 0.90"
    path = file(names, ["a,b,c,d,e,f,g"] * 3, budget="1")
    line = counted(path, "--rule", "equalshares")
    assert (line["winners"], line["left_minor"]) == (list("abcdefg"), 0)


def test_equal_prices_go_by_the_recorded_order_or_cheaper_first_not_by_tally(file):
    # E = 10 and r is 1/2 for both, but v2 cannot pay twice. v1 names y twice: a higher tally, and yet one supporter.
    path = file("z 20 y 18", ["y,y", "z,y", "z", "", ""], budget="50")
    line = counted(path, "--rule", "equalshares")
    assert (line["winners"], line["tally"]) == (["z"], {"z": 2, "y": 3})
    assert counted(path, "--rule", "equalshares", "--cheaper-first")["winners"] == ["y"]


def test_points_utility_and_cost_utility(file):
    settings = {"vote_type": "cumulative", "columns": "voter_id;vote;points", "budget": "20"}
    # E = 10. Points: r = 3 for both; a first, v1 keeps 1; b: 1 + 2r = 9, r = 4. Cost: b (r = 1/2) leaves v1 5.5 of 9.
    path = file("a 9 b 9", ["a,b;3,1", "b;2"], **settings)
    assert counted(path, "--rule", "equalshares")["winners"] == ["a", "b"]
    assert counted(path, "--rule", "equalshares", "--utility", "points")["winners"] == ["a", "b"]
    assert counted(path, "--rule", "equalshares", "--utility", "cost")["winners"] == ["b"]
    # Zero points are no points utility.
    path = file("a 9", ["a;0", "a;0"], **settings)
    assert counted(path, "--rule", "equalshares")["winners"] == []
    assert counted(path, "--rule", "equalshares", "--utility", "cost")["winners"] == ["a"]


def test_a_free_project_needs_a_supporter_in_equal_shares(file):
    path = file("a 0 b 0 c 50", ["a,c", "c"])
    assert counted(path, "--rule", "equalshares")["winners"] == ["a", "c"]
    assert counted(path)["winners"] == ["a", "b", "c"]


# s: three supporters, 9 each from E = 9 on, and then before q (r 1/3 and 1/2). E = 8: only q. E = 9: only s, as v1 and
# v2 together lack something for q until E = 10.5: then both, 39 of 32.
SWITCH = ("q 12 s 27", ["q", "q,s", "s", "s"])


def test_add1_goes_on_until_it_would_overspend(file):
    path = file(*SWITCH, budget="32", meta=["rule;equalshares/add1"])
    assert counted(path)["winners"] == ["s"]
    assert counted(path, "--no-stop-when-exhaustive")["winners"] == ["s"]
    assert counted(path, "--completion", "none")["winners"] == ["q"]


def test_add1_may_spend_all_of_the_money(file):
    # E = 25 pays for a; E = 50 pays for b as well: 100 of 100.
    assert counted(file("a 50 b 50", ["a", "a", "a", "b"], meta=["rule;equalshares/add1"]))["winners"] == ["a", "b"]


def test_add1_stops_when_nothing_more_fits_if_asked_to(file):
    path = file(*SWITCH, budget="32", meta=["rule;equalshares/add1"])
    assert counted(path, "--stop-when-exhaustive")["winners"] == ["q"]


@pytest.mark.parametrize(
    ("increment", "winners"), [("1", ["s"]), ("0,5", ["s"]), ("3", ["q"]), ("2.49", ["s"]), ("2.5", ["q"])]
)
def test_add1_increment(file, increment, winners):
    path = file(*SWITCH, budget="32", meta=["rule;equalshares/add1"])
    assert counted(path, "--increment", increment)["winners"] == winners


def test_add1_integral_start(file):
    # E = 8.5 pays for s (8.4 each), E = 8 does not; what is left fits nothing, so the first run is the last.
    path = file("q 12 s 25.2", SWITCH[1], budget="34", meta=["rule;equalshares/add1"])
    assert counted(path, "--stop-when-exhaustive")["winners"] == ["s"]
    assert counted(path, "--stop-when-exhaustive", "--integral-start")["winners"] == ["q"]


def test_add1_ends_when_all_that_has_supporters_is_bought(file):
    path = file("a 10 b 10 c 10", ["a", "b"], meta=["rule;equalshares/add1"])
    assert counted(path)["winners"] == ["a", "b"]
    assert counted(path, "--stop-when-exhaustive")["winners"] == ["a", "b"]


def test_add1_does_not_leap_over_the_one_run_that_matters(file):
    # From E = 8000 by ones: only q. E = 9000: s, and v1 is 1 short of q. E = 9001: both, 36001 of 32000.
    path = file("q 9001 s 27000", SWITCH[1], budget="32000", meta=["rule;equalshares/add1"])
    assert counted(path)["winners"] == ["s"]


def test_add1_does_not_leap_over_a_change_within_an_exclusive_group(file, decisions):
    # From E = 8000 by ones: q. From E = 9000: s comes first and q is out. E = 16000: t as well, 43000 of 40000.
    path = file("q 12000 s 27000 t 16000", [*SWITCH[1], "t"], budget="40000", meta=["rule;equalshares/add1"])
    assert counted(path, "--decisions", decisions({"exclusive": [["q", "s"]]}))["winners"] == ["s"]


def test_add1_with_very_many_raises(file):
    path = file("a 600000000 b 700000000", ["a", "b"], budget="1000000000", meta=["rule;equalshares/add1"])
    assert counted(path)["winners"] == ["a"]


def test_comparison_takes_greedy_only_if_strictly_more_ballots_prefer_it(file):
    # E = 5 buys q and not s; greedy takes s. Two ballots prefer s and one q.
    path = file("s 11 q 5", ["q", "s", "s"], budget="15")
    assert counted(path, "--rule", "equalshares")["winners"] == ["q"]
    assert counted(path, "--rule", "equalshares", "--comparison")["winners"] == ["s"]
    # One against one: equal shares stays.
    path = file("s 10 q 5", ["q", "s"], budget="10")
    assert counted(path)["winners"] == ["s"]
    assert counted(path, "--rule", "equalshares", "--comparison")["winners"] == ["q"]


def test_comparison_by_points(file):
    # E = 5: q. Greedy by tally: s (9), 11 of 15. v1 has 4 points in q and 5 in s: it prefers s, v2 as well.
    settings = {"vote_type": "cumulative", "columns": "voter_id;vote;points", "budget": "15"}
    path = file("s 11 q 5", ["q,s;4,5", "s;4", ""], **settings)
    assert counted(path, "--rule", "equalshares")["winners"] == ["q"]
    assert counted(path, "--rule", "equalshares", "--comparison")["winners"] == ["s"]


def test_comparison_by_name_of_the_rule_and_switched_off(file):
    # add1 goes from E = 5 (q) to E = 5.5 and beyond: 16 of 15 is too much, so q stays; greedy has s.
    path = file("s 11 q 5", ["q", "s", "s"], budget="15", meta=["rule;equalshares/add1-comparison"])
    assert counted(path)["winners"] == ["s"]
    assert counted(path, "--no-comparison")["winners"] == ["q"]
    assert counted(path, "--rule", "equalshares/add1")["winners"] == ["q"]


# --- The file ---------------------------------------------------------------------------------------------------------


def test_the_whole_line(tmp_path):
    path = tmp_path / "é.pb"
    path.write_text(text_of("ż 60.5 b 10", ["ż", "ż,b"], meta=["currency;PLN"]), encoding="utf-8")
    done = subprocess.run([sys.executable, str(SCRIPT), "é.pb"], capture_output=True, check=True, cwd=tmp_path)
    expected = (
        r'{"file": "\u00e9.pb", "rule": "unknown", "winners": ["\u017c", "b"], "tally": {"\u017c": 2, "b": 1}, '
        r'"spent_minor": 7050, "left_minor": 2950, "error": null}'
    )
    assert done.stdout.decode("ascii").splitlines() == [expected]


def test_explanation_has_a_sentence_for_each_project(file):
    line = counted(file(*LADDER), "--explain")
    assert list(line) == [*KEYS[:-1], "explanation", "error"]
    assert [sentence.split()[0] for sentence in line["explanation"]] == ["a", "b", "c"]
    assert ["not funded" in sentence for sentence in line["explanation"]] == [False, True, False]
    assert list(counted(file(*LADDER))) == KEYS
    code, lines, _stderr = run("missing.pb", "--explain")
    assert (code, list(lines[0]), lines[0]["explanation"]) == (1, [*KEYS[:-1], "explanation", "error"], None)


FORMS = text_of("a 60 b 50 c 40", ["a,b,c", "a,b", "a"])


@pytest.mark.parametrize(
    "text",
    [
        FORMS.replace("\n", "\r\n"),
        "\ufeff" + FORMS,
        "\n \n" + FORMS.replace("\n", "\n\n"),
        FORMS[:-1],
        FORMS.replace("META", "meta").replace("PROJECTS", "Projects").replace("VOTES", " votes "),
        FORMS.replace("META", '"META"').replace("VOTES", '"Votes" '),
        FORMS.replace("key;value", " Key ; VALUE ").replace("project_id;cost", "PROJECT_ID ;Cost"),
        FORMS.replace("a;60", '"a"; " 60 "').replace("v1;a,b,c", 'v1;"a , b,c"'),
        FORMS.replace("key;value", 'key;value\ncomment;"a;b ""c""\nVOTES\n;d"'),
        FORMS.replace("key;value", 'key;value\ncomment;5" pipes; '.rstrip("; ")),
        FORMS.replace("key;value", "key;value\nrule;\\N\ndescription;None"),
        FORMS.replace("budget;100", "budget;1e+02"),
        FORMS.replace("budget;100", "budget;100,00"),
        FORMS.replace("budget;100", "budget;100.009"),  # cut to the minor unit
        FORMS.replace("a;60", "a;6E1").replace("b;50", "b;50.000"),
        FORMS.replace("project_id;cost", "name;cost;project_id")
        .replace("a;60", "A;60;a")
        .replace("b;50", ";50;b")
        .replace("c;40", "C;40;c"),
        FORMS.replace("voter_id;vote", "voter_id;vote;age;sex").replace("v1;a,b,c", "v1;a,b,c;77;K"),
    ],
)
def test_forms_of_the_same_file(tmp_path, text):
    path = tmp_path / "form.pb"
    path.write_bytes(text.encode())
    line = counted(path)
    assert (line["rule"], line["winners"], line["tally"]) == ("unknown", ["a", "c"], {"a": 3, "b": 2, "c": 1})
    assert (line["spent_minor"], line["left_minor"]) == (10000, 0)


@pytest.mark.parametrize(
    "empty", ["\\N", "none", "NONE", '""', "  ", pytest.param("", id="nothing"), pytest.param(None, id="short row")]
)
def test_blank_ballots(file, empty):
    path = file("a 10", ["a", "@"])
    path.write_text(path.read_text().replace(";@", "" if empty is None else f";{empty}"))
    assert counted(path)["tally"] == {"a": 1}


@pytest.mark.parametrize(
    ("currency", "spent"),
    [("EUR", 1000), ("JPY", 10), ("jpy", 10), ("KWD", 10000), ("CLF", 100000), ("HUF", 1000), ("XYZ", 1000)],
)
def test_minor_units_by_currency(file, currency, spent):
    assert counted(file("a 10", ["a"], meta=[f"currency;{currency}"]))["spent_minor"] == spent


def test_ids_are_strings(file):
    assert counted(file("01 10 1 20", ["01", "01", "1"]))["tally"] == {"01": 2, "1": 1}
    assert "line 12" in refused(file("1 20", ["01"]))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # 1 META, 2 key;value, 3 num_projects, 4 num_votes, 5 budget, 6 vote_type,
        # 7 PROJECTS, 8 project_id;cost, 9 a, 10 b, 11 c, 12 VOTES, 13 voter_id;vote, 14 v1, 15 v2, 16 v3
        ("num_projects;3", "num_projects;4", 3),
        ("num_projects;3", "num_projects;2", 11),
        ("num_projects;3", "num_projects;three", 3),
        ("num_votes;3", "num_votes;4", 4),
        ("num_votes;3", "num_votes;2", 16),
        ("num_votes;3\n", "", 6),
        ("budget;100", "budget;0", 5),
        ("budget;100", "budget;0.004", 5),
        ("budget;100", "budget;-5", 5),
        ("budget;100", "budget;1000000000000000", 5),
        ("budget;100", "budget;1e99", 5),
        ("budget;100", "budget;much", 5),
        ("budget;100", "budget;", 5),
        ("budget;100", "budget;1.5.2", 5),
        ("budget;100", "budget;" + "9" * 5000, 5),
        ("budget;100", "budget;100\nbudget;100", 6),
        ("vote_type;approval", "vote_type;maximum", 6),
        ("vote_type;approval", "vote_type;approval;x", 6),
        ("vote_type;approval", "vote_type;approval\nrule;lottery", 7),
        ("vote_type;approval", "vote_type;approval\nmin_project_score_threshold;few", 7),
        ("vote_type;approval", "vote_type;scoring\ndefault_score;x", 7),
        ("key;value", "key;name", 2),
        ("project_id;cost", "project_id;price", 8),
        ("project_id;cost", "project_id;cost;Cost", 8),
        ("project_id;cost\n", "", 8),
        ("a;60", "a;60;x", 9),
        ("a;60", "a;", 9),
        ("a;60", "a", 9),
        ("a;60", ";60", 9),
        ("a;60", "\\N;60", 9),
        ("a;60", "a;-60", 9),
        ("a;60", "a;60.001", 9),
        ("a;60", "a;1e15", 9),
        ("a;60", "a;\u0661", 9),
        ("a;60", 'a;"60" x', 9),
        ("a;60", 'a;"60', 9),
        ("b;50", "a;50", 10),
        ("voter_id;vote", "voter;vote", 13),
        ("v1;a,b,c", "v1;a,d", 14),
        ("v1;a,b,c", "v1;a,,b", 14),
        ("v1;a,b,c", ";a", 14),
        ("v1;a,b,c", "v1;a;b", 14),
        ("v2;a,b", "v1;a,b", 15),
        ("v2;a,b", "META", 15),
        ("v3;a\n", "v3", 16),
        ("VOTES\n", "", 12),
        ("META\n", "", 1),
        ("META\n", "PROJECTS\n", 1),
    ],
)
def test_faults_name_their_line(file, old, new, line):
    path = file(*LADDER)
    assert path.read_text().count(old) == 1 or old == "META\n"
    path.write_text(path.read_text().replace(old, new), encoding="utf-8")
    assert f"line {line}:" in refused(path)


@pytest.mark.parametrize(
    ("vote_type", "ballot"),
    [
        ("cumulative", "a,b;1"),
        ("cumulative", "a;1,1"),
        ("cumulative", "a;-1"),
        ("cumulative", "a;"),
        ("cumulative", ";1"),
        ("cumulative", "a;one"),
        ("cumulative", "a;0.0000001"),
        ("ordinal", "a;-1"),
        ("ordinal", "a,b;1"),
        ("scoring", "a,b;1,"),
        ("scoring", "a;--1"),
    ],
)
def test_faults_of_points(file, vote_type, ballot):
    path = file("a 1 b 1", [ballot], vote_type=vote_type, columns="voter_id;vote;points")
    assert "line 13:" in refused(path)


@pytest.mark.parametrize(
    ("begin", "line"),
    [
        ("META", 1),
        ("ETA", 1),
        ("ojects;3", 3),
        ("vote_type", 5),
        (";approval", 6),
        ("a;60", 8),
        (";50", 10),
        ("v1", 4),
    ],
)
def test_a_file_that_was_cut_off(tmp_path, begin, line):
    path = tmp_path / "cut.pb"
    path.write_text(FORMS[: FORMS.index(begin)])
    assert f"line {line}:" in refused(path)


def test_every_cut_is_refused(tmp_path):
    # All but the last two: a row cut inside its last cell cannot be told from a whole one, if the counts are right.
    paths = []
    for at in range(len(FORMS) - 2):
        paths.append(tmp_path / f"{at}.pb")
        paths[-1].write_text(FORMS[:at])
    code, lines, _stderr = run(*paths)
    assert (code, len(lines)) == (1, len(FORMS) - 2)
    assert [line["file"] for line in lines if line["error"] is None] == []


def test_a_fault_is_told_in_one_short_sentence(file):
    path = file(*LADDER)
    path.write_text(path.read_text().replace("v1;a,b,c", "v1;" + "x" * 100000))
    assert len(refused(path)) < 400


def test_a_row_of_very_many_columns(file):
    path = file(*LADDER)
    path.write_text(path.read_text().replace("voter_id;vote", "voter_id;vote;" + ";".join(map(str, range(150000)))))
    assert counted(path)["winners"] == ["a", "c"]


def sparse(path, size):
    with path.open("wb") as stream:
        stream.truncate(size)


@pytest.mark.parametrize(
    "fill",
    [
        lambda path: sparse(path, 1 << 30),
        lambda path: path.write_bytes(b"\n" * 3000000),
        lambda path: path.write_bytes(b"a" * 3000000),
        lambda path: path.write_bytes(bytes(range(256)) * 1000),
        lambda path: path.write_bytes(FORMS.encode().replace(b"budget;100", b"budget;100\0")),
        lambda path: path.write_bytes(FORMS.encode("utf-16")),
        lambda path: path.write_bytes(FORMS.encode().replace(b"key;value", b"key;value\nunit;\xf3\xb1")),
        lambda path: path.write_bytes(b'META\nkey;value\nx;"' + b"\n" * 3000000),
        lambda path: path.write_bytes(b"META\nkey;value\n" + b'x;"\n' * 3000000),
        lambda path: None,
    ],
)
def test_hostile_files(tmp_path, fill):
    path = tmp_path / "x.pb"
    fill(path)
    assert refused(path)


# --- Command line -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        ["--rule", "greedy", "--completion", "add1"],
        ["--rule", "greedy", "--comparison"],
        ["--rule", "greedy-no-skip", "--utility", "cost"],
        ["--rule", "greedy", "--top-up", "80"],
        ["--rule", "equalshares", "--top-up", "80"],
        ["--rule", "greedy-custom", "--increment", "1"],
        ["--completion", "none"],
    ],
)
def test_an_option_that_does_not_go_with_the_rule(file, options):
    assert options[-1 if options[-1].startswith("--") else -2] in refused(file(*LADDER), *options)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["x.pb", "--rule", "lottery"],
        ["x.pb", "--rule"],
        ["x.pb", "--threshold", "many"],
        ["x.pb", "--threshold", "10%%"],
        ["x.pb", "--increment", "0"],
        ["x.pb", "--increment", "1e99"],
        ["x.pb", "--top-up", "x"],
        ["x.pb", "--top-up", "101"],
        ["x.pb", "--threshold", "-1"],
        ["x.pb", "--threshold", "1e1"],
        ["x.pb", "--completion", "add2"],
        ["x.pb", "--utility", "joy"],
        ["x.pb", "--verbose"],
    ],
)
def test_a_wrong_command_line(arguments):
    code, lines, stderr = run(*arguments)
    assert (code, lines) == (2, [])
    assert stderr


def test_the_other_files_are_still_counted(file, tmp_path):
    good = file(*LADDER)
    code, lines, stderr = run(good, tmp_path / "none.pb", "--rule", "greedy", good)
    assert (code, stderr) == (1, b"")
    assert [line["error"] is None for line in lines] == [True, False, True]
    assert run(good, good)[0] == 0


def test_a_reader_that_has_gone_is_no_fault(file):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(file(*LADDER))], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert done.stderr == b""


# --- The script itself ------------------------------------------------------------------------------------------------

STANDARD = {
    "argparse",
    "base64",
    "collections",
    "csv",
    "fractions",
    "hashlib",
    "heapq",
    "json",
    "math",
    "os",
    "re",
    "sys",
}


def test_it_stands_alone_and_runs_on_old_versions():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported.update(alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module.split(".")[0])
    assert imported
    assert imported <= set(sys.stdlib_module_names)
    assert imported <= STANDARD
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called.isdisjoint({"__import__", "eval", "exec", "compile", "float", "round"})


def test_it_decides_nothing_by_floating_point():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert not [number for number in numbers if isinstance(number, float)]


def test_it_says_what_it_is():
    text = ast.get_docstring(ast.parse(SCRIPT.read_text(encoding="utf-8")))
    for words in ("python3 recount.py", "GNU Affero General Public License", "no code with the platform"):
        assert words in text


# --- Real elections ---------------------------------------------------------------------------------------------------


def official():
    """Files with their official winners, where these are known."""
    manifest = PABULIB / "MANIFEST.tsv"
    if not manifest.exists():
        return []
    head, *rows = [line.split("\t") for line in manifest.read_text(encoding="utf-8").splitlines()]
    entries = [dict(zip(head, row, strict=True)) for row in rows]
    return [(entry["file"], entry["official_winners"]) for entry in entries if entry["official_winners"] != "-"]


@pytest.mark.parametrize(("name", "winners"), official())
def test_official_winners(name, winners):
    assert ",".join(counted(PABULIB / name)["winners"]) == winners
