#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recount a participatory budget from its published ballots.

This program is for anybody who wants to check a result: a citizen, a journalist, an auditor. It reads a file of
ballots in Pabulib's `.pb` format, counts it under the rule the file names (or the one you ask for), and prints one
line of JSON for each file:

    python3 recount.py ballots.pb
    python3 recount.py ballots.pb --explain
    python3 recount.py ballots.pb --rule equalshares/add1 --decisions decisions.json
    python3 recount.py BUNDLE_DIR
    python3 recount.py --help

A folder is checked as the published bundle of a whole vote: hashes, receipts, acts, rules, ballots, papers and result.

It needs Python 3.8 or later and nothing else: no other program, no network. It shares no code with the platform that
ran the vote; both were written from the same text, "How ballots are counted" (docs/counting.md), and must agree on
every file. The functions below stand in the order of that text. Amounts are whole cents and shares of cents are exact
fractions: nothing here is rounded, and no decision rests on a floating-point number.

Exit code: 0 if every file was counted, 1 if any had an error (its line says which), 2 if the command line was wrong.

Licence: GNU Affero General Public License, version 3 or (at your option) any later version. There is no warranty.
"""

# This file must run on Python 3.8 and stand alone, so some newer ways of writing are left out on purpose:
# ruff: noqa: B905, SIM905

import argparse
import base64
import csv
import hashlib
import heapq
import json
import math
import os
import re
import sys
from collections import Counter
from fractions import Fraction


class RecountError(Exception):
    """The file, a decision or an option is wrong; the message is one sentence for the reader."""

    def __init__(self, sentence, line=None):
        short = sentence if len(sentence) <= 300 else sentence[:300] + "..."
        super().__init__(short if line is None else f"line {line}: {short}")


# --- Amounts --------------------------------------------------------------------------------------------------------

DECIMALS_OF_CURRENCY = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
WITHDRAWN_MARK = 999999999
TOO_MUCH = 10**15
AMOUNT = re.compile(r"([0-9]{1,40})(?:[.,]([0-9]{1,40}))?(?:[eE]\+?([0-9]{1,2}))?\Z")
POINTS = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?\Z")
MILLION = 10**6  # points and tallies are whole numbers of millionths


def read_amount(text):
    """The exact number of whole units that `text` states, or None if it is not an amount."""
    match = AMOUNT.match(text)
    if not match:
        return None
    whole, decimals, exponent = match.group(1), match.group(2) or "", int(match.group(3) or 0)
    return Fraction(int(whole + decimals) * 10**exponent, 10 ** len(decimals))


def read_number(text):
    """As an amount, but without an exponent."""
    return None if "e" in text.lower() else read_amount(text)


def read_points(text):
    """The millionths that `text` states, or None if it is not a number of points."""
    match = POINTS.match(text)
    if not match:
        return None
    millionths = int(match.group(2) + (match.group(3) or "").ljust(6, "0"))
    return -millionths if match.group(1) else millionths


def show_points(millionths):
    """Whole numbers without decimals, others with as many as they need."""
    whole, rest = divmod(abs(millionths), MILLION)
    sign = "-" if millionths < 0 else ""
    return f"{sign}{whole}" + (f".{rest:06d}".rstrip("0") if rest else "")


# --- The file -------------------------------------------------------------------------------------------------------

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("choose-1", "approval", "knapsack", "ordinal", "cumulative", "scoring")
# Bounds that no honest file meets, so that a wrong or hostile one is refused quickly and without filling the memory.
LONGEST_ROW = 1 << 20
MOST_LINES_IN_A_ROW = 1000
MOST_BLANK_LINES = 10000
MOST_META_ROWS = 10000
QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?!")')
PLAIN = re.compile(r"[^;]*")


class Election:
    """One file: its statements, its projects in the order of the file, and its ballots, equal ones grouped."""

    def __init__(self):
        self.meta = {}  # key -> text
        self.meta_line = {}  # key -> line number
        self.ids = []
        self.costs = []  # minor units
        self.number = {}  # id -> place in the two lists above
        self.marked = set()  # projects whose cost is the mark of a withdrawn one
        self.voters = set()  # ids, only to find one that is there twice
        self.ballots = Counter()  # ((project, its points in millionths), ...) in the order of the file -> how many
        self.budget = 0
        self.cast = 0  # all ballots
        self.valid = 0  # those that are not blank


def lines_of(stream):
    """Line numbers and lines, with their line ends."""
    number = 0
    while True:
        raw = stream.readline(LONGEST_ROW + 1)
        if not raw:
            return
        number += 1
        if len(raw) > LONGEST_ROW:
            raise RecountError("the line is too long", number)
        if b"\0" in raw:
            raise RecountError("this is not a text file (it has NUL bytes)", number)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise RecountError("this is not UTF-8 text", number) from None
        yield number, text[1:] if number == 1 and text.startswith("\ufeff") else text


def split_cells(text, number):
    """The cells of one row; None if a quoted cell goes on in the next line."""
    if '"' not in text:
        cells = text.split(";")
    else:
        cells, place = [], 0
        while True:
            while text[place : place + 1] in (" ", "\t"):
                place += 1
            quoted = text.startswith('"', place)
            match = (QUOTED if quoted else PLAIN).match(text, place)
            if not match:
                return None
            cells.append(match.group(1).replace('""', '"') if quoted else match.group())
            rest = PLAIN.match(text, match.end())
            if rest.group().strip():
                raise RecountError("there is text after a closing quote", number)
            if rest.end() == len(text):
                break
            place = rest.end() + 1
    cells = [cell.strip() for cell in cells]
    return ["" if cell.lower() in ("\\n", "none") else cell for cell in cells]


def rows_of(stream):
    """The rows that are not blank: line number, heading (or None), cells, and whether the row has a line end."""
    blank = 0
    lines = lines_of(stream)
    for first, text in lines:
        if not text.strip():
            blank += 1
            if blank > MOST_BLANK_LINES:
                raise RecountError("there are too many blank lines", first)
            continue
        cells = split_cells(text.rstrip("\r\n"), first)
        parts = 1
        while cells is None:
            _number, more = next(lines, (None, None))
            parts += 1
            if more is None or parts > MOST_LINES_IN_A_ROW or len(text) > LONGEST_ROW:
                raise RecountError("a quoted cell is never closed", first)
            text += more  # noqa: PLW2901
            cells = split_cells(text.rstrip("\r\n"), first)
        heading = cells[0].upper() if len(cells) == 1 and cells[0].upper() in SECTIONS else None
        yield first, heading, cells, text.endswith("\n")


def read_election(path):
    """Read one file. It is refused as a whole if anything in it is wrong."""
    election = Election()
    section, columns, number = None, None, 1
    with open(path, "rb") as stream:
        for number, heading, cells, ended in rows_of(stream):
            if heading:
                begin_section(election, section, columns, heading, number)
                section, columns = heading, None
            elif section is None:
                raise RecountError("the file does not begin with META", number)
            elif columns is None:
                columns = read_columns(cells, section, election.meta.get("vote_type"), number)
            else:
                row = read_row(columns, cells, ended, number)
                {"META": read_meta, "PROJECTS": read_project, "VOTES": read_ballot}[section](election, row, number)
    if section != "VOTES" or columns is None:
        raise RecountError("the file ends before the ballots", number)
    check_count(election, "num_votes", election.cast)
    return election


def begin_section(election, section, columns, heading, number):
    """Check the order of the sections, and the one that ends here."""
    if section is not None and columns is None:
        raise RecountError(f"the section {section} has no column names", number)
    if {None: "META", "META": "PROJECTS", "PROJECTS": "VOTES"}.get(section) != heading:
        raise RecountError(f"the section {heading} is not expected here", number)
    if heading == "PROJECTS":
        check_meta(election, number)
    if heading == "VOTES":
        check_count(election, "num_projects", len(election.ids))


def read_columns(cells, section, vote_type, number):
    """The names of the columns, after a check that none is missing or there twice."""
    columns = [cell.lower() for cell in cells]
    needed = {"META": ["key", "value"], "PROJECTS": ["project_id", "cost"], "VOTES": ["voter_id", "vote"]}[section]
    if section == "VOTES" and vote_type in ("cumulative", "scoring"):
        needed = [*needed, "points"]
    for name in needed:
        if name not in columns:
            raise RecountError(f"the section {section} has no column {name}", number)
    for name, times in Counter(columns).items():
        if times > 1:
            raise RecountError(f"the column {name} is there twice", number)
    return columns


def read_row(columns, cells, ended, number):
    """One row as a mapping from column to cell."""
    if len(cells) > len(columns):
        raise RecountError("the row has more cells than there are columns", number)
    if len(cells) < len(columns) and not ended:
        raise RecountError("the file was cut off in this row", number)
    return dict(zip(columns, cells + [""] * (len(columns) - len(cells))))


def read_meta(election, row, number):
    key = row["key"]
    if not key:
        raise RecountError("the key is empty", number)
    if key in election.meta:
        raise RecountError(f"the key {key} is there twice", number)
    if len(election.meta) >= MOST_META_ROWS:
        raise RecountError("there are too many keys", number)
    election.meta[key] = row["value"]
    election.meta_line[key] = number


def check_meta(election, number):
    """Everything a count needs from the section META."""
    meta = election.meta
    for key in ("num_projects", "num_votes", "budget", "vote_type"):
        if not meta.get(key):
            raise RecountError(f"the section META does not state {key}", election.meta_line.get(key, number))
    for key in ("num_projects", "num_votes"):
        if not re.match(r"[0-9]{1,15}\Z", meta[key]):
            raise RecountError(f"{key} is not a whole number", election.meta_line[key])
    if meta["vote_type"] not in VOTE_TYPES:
        raise RecountError(f"the vote_type {meta['vote_type']} is not known", election.meta_line["vote_type"])
    budget = read_amount(meta["budget"])
    if budget is None or budget >= TOO_MUCH:
        raise RecountError(f"the budget {meta['budget']} is not an amount", election.meta_line["budget"])
    election.budget = math.floor(budget * minor_units(election))
    if election.budget == 0:
        raise RecountError("the budget is zero", election.meta_line["budget"])
    if meta.get("default_score") and read_points(meta["default_score"]) is None:
        raise RecountError("the default_score is not a number", election.meta_line["default_score"])
    if meta.get("min_project_score_threshold") and read_threshold(meta["min_project_score_threshold"]) is None:
        line = election.meta_line["min_project_score_threshold"]
        raise RecountError("the min_project_score_threshold is not a number", line)


def minor_units(election):
    """How many minor units make one whole unit of the currency."""
    return 10 ** DECIMALS_OF_CURRENCY.get(election.meta.get("currency", "").upper(), 2)


def check_count(election, key, found):
    if found != int(election.meta[key]):
        raise RecountError(f"{key} is {election.meta[key]}, but there are {found}", election.meta_line[key])


def read_project(election, row, number):
    project_id = row["project_id"]
    if not project_id:
        raise RecountError("the project_id is empty", number)
    if project_id in election.number:
        raise RecountError(f"the project {project_id} is there twice", number)
    if len(election.ids) >= int(election.meta["num_projects"]):
        raise RecountError(f"there are more projects than num_projects ({election.meta['num_projects']})", number)
    cost = read_amount(row["cost"])
    if cost is None or cost >= TOO_MUCH:
        raise RecountError(f"the cost {row['cost'] or '(empty)'} is not an amount", number)
    minor = cost * minor_units(election)
    if minor.denominator != 1:
        raise RecountError(f"the cost {row['cost']} is finer than the currency", number)
    project = election.number[project_id] = len(election.ids)
    election.ids.append(project_id)
    election.costs.append(int(minor))
    if cost == WITHDRAWN_MARK:
        election.marked.add(project)


def read_ballot(election, row, number):
    """Add one ballot: the projects it names, each with the points the ballot gives it."""
    voter = row["voter_id"]
    if not voter:
        raise RecountError("the voter_id is empty", number)
    if voter in election.voters:
        raise RecountError(f"the voter {voter} is there twice", number)
    election.voters.add(voter)
    if election.cast >= int(election.meta["num_votes"]):
        raise RecountError(f"there are more ballots than num_votes ({election.meta['num_votes']})", number)
    named = [member.strip() for member in row["vote"].split(",")] if row["vote"] else []
    for project_id in named:
        if project_id not in election.number:
            raise RecountError(f"the ballot names an unknown project ({project_id})", number)
    given = {}
    for project_id, points in zip(named, points_of(election.meta["vote_type"], named, row, number)):
        project = election.number[project_id]
        given[project] = given.get(project, 0) + points
    election.ballots[tuple(sorted(given.items()))] += 1
    election.cast += 1
    election.valid += 1 if named else 0


# --- Tally ----------------------------------------------------------------------------------------------------------


def points_of(vote_type, named, row, number):
    """What a ballot gives to each of the projects it names, in millionths of a point."""
    if vote_type in ("choose-1", "approval", "knapsack"):
        return [MILLION] * len(named)
    if vote_type == "ordinal" and "points" not in row:
        return [MILLION * place for place in range(len(named), 0, -1)]
    texts = [member.strip() for member in row["points"].split(",")] if row["points"] else []
    if len(texts) != len(named):
        raise RecountError(f"the ballot names {len(named)} projects but has {len(texts)} points", number)
    points = [read_points(text) for text in texts]
    for text, value in zip(texts, points):
        if value is None:
            raise RecountError(f"{text or '(empty)'} is not a number of points", number)
        if value < 0 and vote_type != "scoring":
            raise RecountError("points must not be negative", number)
    return points


def tally_of(election):
    """The tally of every project, in millionths."""
    default = 0
    if election.meta["vote_type"] == "scoring" and election.meta.get("default_score"):
        default = read_points(election.meta["default_score"])
    tally = [default * election.cast] * len(election.ids)
    for ballot, count in election.ballots.items():
        for project, points in ballot:
            tally[project] += (points - default) * count
    return tally


# --- Order of rank --------------------------------------------------------------------------------------------------


def tie_order(election, project, cheaper_first):
    """What decides between equals: cheaper first if the rule says so, then the recorded order."""
    return (election.costs[project] if cheaper_first else 0, project)


def rank_order(case, projects):
    return sorted(projects, key=lambda project: (-case.tally[project], case.tie[project]))


# --- Decisions, for every rule --------------------------------------------------------------------------------------


class Case:
    """One count: the election, what was decided about it, and what the rule has to choose from."""

    def __init__(self, election, settings, decisions):
        self.election = election
        self.costs = election.costs
        self.tally = tally_of(election)
        self.tie = [tie_order(election, project, settings["cheaper_first"]) for project in range(len(election.ids))]
        self.reason = {}  # project -> why it won or lost, in words
        self.rivals = {}  # project -> the projects that are out once it is funded
        for group in decisions["exclusive"]:
            for project in group:
                self.rivals.setdefault(project, set()).update(other for other in group if other != project)
        self.kept = decisions["kept"]
        if election.marked.intersection(self.kept):
            raise RecountError("a kept project is marked in the file as withdrawn")
        self.money = election.budget - self.cost(self.kept)
        if self.money < 0:
            raise RecountError("the kept projects together cost more than the budget")
        self.eligible = []
        least = threshold_of(election, settings["threshold"])
        for project in range(len(election.ids)):
            reason = self.decided(project, decisions, least)
            if reason:
                self.reason[project] = reason
            else:
                self.eligible.append(project)

    def decided(self, project, decisions, least):
        """Why the rule has nothing to say about a project; None if it has."""
        if project in decisions["withdrawn"] or project in self.election.marked:
            return "not funded: it was withdrawn"
        if project in decisions["ruled_out"]:
            return "not funded: it was ruled out by decision"
        if project in self.kept:
            return "funded: it was kept by decision"
        if least is not None and self.tally[project] < least:
            return "not funded: its tally is under the threshold"
        return RIVAL_FUNDED if self.beaten(project, self.kept) else None

    def beaten(self, project, funded):
        """Is another project of one of its exclusive groups funded?"""
        return not self.rivals.get(project, set()).isdisjoint(funded)

    def cost(self, projects):
        return sum(self.costs[project] for project in projects)


RIVAL_FUNDED = "not funded: another project of its exclusive group is funded"


def read_decisions(path, election):
    """The file of decisions, with projects as places in the file. Without a file nothing was decided."""
    found = {"withdrawn": [], "ruled_out": [], "kept": [], "exclusive": []}
    for key, value in load_decisions(path).items() if path is not None else ():
        if key not in found:
            raise RecountError(f"the decisions have an unknown key ({key})")
        groups = value if key == "exclusive" else [value]
        if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
            raise RecountError(f"the decision {key} is not a list as it should be")
        for project_id in (project_id for group in groups for project_id in group):
            if not isinstance(project_id, str) or project_id not in election.number:
                raise RecountError(f"the decision {key} names an unknown project ({json.dumps(project_id)})")
        numbers = [[election.number[project_id] for project_id in group] for group in groups]
        found[key] = numbers if key == "exclusive" else numbers[0]
    once = Counter(found["withdrawn"] + found["ruled_out"] + found["kept"])
    for project, times in once.items():
        if times > 1:
            raise RecountError(f"the project {election.ids[project]} is decided upon twice")
    return found


def load_decisions(path):
    try:
        with open(path, "rb") as stream:
            decisions = json.loads(stream.read(10 * LONGEST_ROW).decode("utf-8-sig"), object_pairs_hook=pairs_once)
    except OSError as problem:
        raise RecountError(f"the decisions cannot be read: {problem.strerror or problem}") from None
    except (ValueError, RecursionError):
        raise RecountError("the decisions are not a JSON file") from None
    if not isinstance(decisions, dict):
        raise RecountError("the decisions are not a JSON object")
    return decisions


def pairs_once(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def read_threshold(text):
    """A threshold as (number, whether it is a share in percent), or None if it is neither."""
    share = text.endswith("%")
    number = read_number(text[:-1].strip() if share else text)
    return None if number is None else (number, share)


def threshold_of(election, stated):
    """The least tally, in millionths, with which a project takes part; None if there is no threshold."""
    if stated is None and election.meta.get("min_project_score_threshold"):
        stated = read_threshold(election.meta["min_project_score_threshold"])
    if stated is None:
        return None
    number, share = stated
    return MILLION * (number * election.valid / 100 if share else number)


# --- Rules: each returns the projects it funds, in the order it funds them ------------------------------------------


def greedy(case, projects, funded):
    """In order of rank: fund what fits into the money left, skip what does not, go on."""
    chosen = []
    left = case.money - case.cost(funded)
    for project in rank_order(case, projects):
        if case.beaten(project, funded + chosen):
            case.reason[project] = RIVAL_FUNDED
        elif case.costs[project] <= left:
            left -= case.costs[project]
            chosen.append(project)
            case.reason[project] = "funded in order of rank"
        else:
            cost, rest = show_money(case.election, case.costs[project]), show_money(case.election, left)
            case.reason[project] = f"not funded: it costs {cost} and {rest} was left"
    return chosen


def greedy_no_skip(case, top_up=None):
    """In order of rank, until the first eligible project that does not fit; `top_up` may still fund that one."""
    funded = []
    left = case.money
    stopped = False
    for project in rank_order(case, case.eligible):
        if stopped:
            case.reason[project] = "not funded: the money ran out before its turn"
        elif case.beaten(project, funded):
            case.reason[project] = RIVAL_FUNDED
        elif case.costs[project] <= left:
            left -= case.costs[project]
            funded.append(project)
            case.reason[project] = "funded in order of rank"
        else:
            stopped = True
            cost, rest = show_money(case.election, case.costs[project]), show_money(case.election, left)
            if top_up is not None and left * 100 >= top_up * case.costs[project]:
                funded.append(project)
                case.reason[project] = f"funded with a top-up: it costs {cost} and {rest} was left"
            else:
                case.reason[project] = f"not funded: it costs {cost} and {rest} was left; the count stopped here"
    return funded


def supporters_of(case, utility):
    """The supporters of each eligible project: (utility, number of equal ballots) -> groups of equal ballots."""
    supporters = {project: {} for project in case.eligible}
    for group, (ballot, count) in enumerate(case.election.ballots.items()):
        for project, points in ballot:
            if project in supporters and (utility == "cost" or points > 0):
                gain = case.costs[project] if utility == "cost" else points
                supporters[project].setdefault((gain, count), []).append(group)
    return {project: kinds for project, kinds in supporters.items() if kinds}


def equal_shares_run(case, supporters, share):
    """One run in which every ballot starts with `share`. Returns the projects bought with their prices, in that order.

    Ballots with the same money left share a *purse*: `purse_of` says which purse each group of equal ballots has,
    `purses` how much is in it, in units of 1/`unit` of a minor unit, so that all of it stays whole numbers. Purse 0 is
    the empty one. Prices only rise during a run, so the last known price of a project is a least price; a project is
    looked at again only when no other has a lower one. `waiting` is the heap of these: least price, order of ties,
    project, and how many projects had been bought when the price was found.
    """
    bought = {}
    purse_of = [1] * len(case.election.ballots)
    purses, unit = [0, share.numerator], share.denominator
    waiting = []
    for project, kinds in supporters.items():
        if case.costs[project] > 0:
            gain = sum(utility * count * len(groups) for (utility, count), groups in kinds.items())
            waiting.append((Fraction(case.costs[project], gain), case.tie[project], project, None))
        elif not case.beaten(project, bought):
            bought[project] = Fraction(0)
    heapq.heapify(waiting)
    while waiting:
        price, tie, project, known = heapq.heappop(waiting)
        if case.beaten(project, bought):
            continue
        if known != len(bought):
            owners = owners_of(supporters[project], purse_of)
            price = price_per_utility(case.costs[project] * unit, owners, purses, unit, price)
            if price is not None:
                heapq.heappush(waiting, (price, tie, project, len(bought)))
            continue
        bought[project] = price
        finer = price.denominator // math.gcd(unit, price.denominator)
        if finer > 1:
            unit *= finer
            purses = [money * finer for money in purses]
        step = price.numerator * (unit // price.denominator)
        pay(supporters[project], purse_of, purses, lambda money, utility, step=step: max(money - step * utility, 0))
    return bought


def owners_of(kinds, purse_of):
    """Who the supporters of a project are now: utility -> purse -> number of ballots."""
    owners = {}
    for (utility, count), groups in kinds.items():
        owned = owners.setdefault(utility, {})
        for purse, number in Counter(map(purse_of.__getitem__, groups)).items():
            owned[purse] = owned.get(purse, 0) + number * count
    return owners


def pay(kinds, purse_of, purses, left_of):
    """Give every supporter the purse that holds what is left to it."""
    become = {}
    for (utility, _count), groups in kinds.items():
        for group in groups:
            purse = purse_of[group]
            if purse:
                if (purse, utility) not in become:
                    left = left_of(purses[purse], utility)
                    become[purse, utility] = len(purses) if left else 0
                    if left:
                        purses.append(left)
                purse_of[group] = become[purse, utility]


def price_per_utility(cost, owners, purses, unit, rate):
    """The least r for which min(money left, r * utility), summed over the supporters, is the cost; None if no r does.

    `rate` is an r that is certainly not above the one we look for. Who cannot pay more than `rate` asks gives all there
    is; the rest of the cost, divided by the utility of the others, is the next rate. It never passes the true one, and
    it stays the same as soon as it is the true one.
    """
    rich = [(utility, [(purses[purse], n) for purse, n in owned.items() if purse]) for utility, owned in owners.items()]
    if sum(money * n for _utility, owned in rich for money, n in owned) < cost:
        return None
    missing = cost
    while True:
        gain = 0
        still = []
        for utility, owned in rich:
            limit = rate.numerator * utility * unit // rate.denominator
            missing -= sum(money * n for money, n in owned if money <= limit)
            richer = [(money, n) for money, n in owned if money > limit]
            still.append((utility, richer))
            gain += utility * sum(n for _money, n in richer)
        if not gain:
            return rate
        rich, last, rate = still, rate, Fraction(missing, gain * unit)
        if rate == last:
            return rate


def room_to_raise(case, supporters, share, bought):
    """How much more than `share` every ballot could start with before a run might differ from the one given.

    This only saves time: `add1` need not repeat runs that must end in the same way. The run is followed with a share
    that grows: next to the money in each purse stands how much that money grows with it. The price of a purchase falls
    if those who give all they have got more. The purchase is certainly the same while they stay below the price and
    while, at that price, the supporters of every other project give less than its cost. What each gives is the lesser
    of two straight lines, and so never above the one it follows at first.
    """
    limits = []
    purse_of = [1] * len(case.election.ballots)
    purses, unit = [(0, 0), (share.numerator, share.denominator)], share.denominator
    done = [project for project, price in bought.items() if price == 0]
    for project in [project for project, price in bought.items() if price > 0]:
        owners = owners_of(supporters[project], purse_of)
        price, fall = bought[project], fall_of_price(owners, purses, unit, bought[project])
        if fall is None:
            return Fraction(0)
        finer = price.denominator * fall.denominator // math.gcd(unit, price.denominator * fall.denominator)
        unit *= finer
        purses = [(money * finer, growth * finer) for money, growth in purses]
        asked, falling = int(price * unit), int(fall * unit)
        for utility, owned in owners.items():
            poor = [purses[purse] for purse in owned if purse and purses[purse][0] <= asked * utility]
            limits += [Fraction(asked * utility - money, growth + falling * utility) for money, growth in poor]
        others = rest_of(case, supporters, done) - {project}  # those of its own exclusive group among them
        limits += limits_of(case, supporters, others, purse_of, purses, unit, (asked, falling))
        done.append(project)
        pay(
            supporters[project],
            purse_of,
            purses,
            lambda purse, utility, a=asked, f=falling: spend(purse, utility, a, f),
        )
    others = rest_of(case, supporters, done)
    return min(limits + limits_of(case, supporters, others, purse_of, purses, unit, None), default=Fraction(0))


def fall_of_price(owners, purses, unit, price):
    """By how much a price falls for each unit the share grows; None if all supporters give all they have."""
    gain = given = 0
    for utility, owned in owners.items():
        limit = price.numerator * utility * unit // price.denominator
        gain += utility * sum(n for purse, n in owned.items() if purses[purse][0] > limit)
        given += sum(purses[purse][1] * n for purse, n in owned.items() if purses[purse][0] <= limit)
    return Fraction(given, gain * unit) if gain else None


def spend(purse, utility, asked, falling):
    """A purse after a purchase, with its growth; None if it is empty."""
    money, growth = purse
    return (money - asked * utility, growth + falling * utility) if money > asked * utility else None


def rest_of(case, supporters, done):
    """The projects that could be bought when those in `done` have been."""
    return {project for project in supporters if project not in done and not case.beaten(project, done)}


def limits_of(case, supporters, others, purse_of, purses, unit, price):
    """How much the share can grow before the supporters of each of these pay for it, at this price or at any."""
    limits = []
    for other in others:
        distance, speed = case.costs[other] * unit, 0
        for utility, owned in owners_of(supporters[other], purse_of).items():
            for purse, n in owned.items():
                money, growth = purses[purse]
                if price is not None and money > price[0] * utility:
                    money, growth = price[0] * utility, -price[1] * utility
                distance -= money * n
                speed += growth * n
        if speed > 0:
            limits.append(Fraction(distance, speed))
    return limits


def equal_shares(case, settings):
    """Equal shares with its completion and comparison."""
    utility = settings["utility"] or utility_of(case.election.meta["vote_type"])
    supporters = supporters_of(case, utility)
    completion = settings["completion"]
    share = Fraction(case.money, max(case.election.cast, 1))
    if completion in ("add1", "add1u"):
        funded = add_one(case, supporters, share, settings)
    else:
        funded = list(equal_shares_run(case, supporters, share))
    for project in case.eligible:
        case.reason[project] = "not funded: its supporters had too little money left"
        if project in funded:
            case.reason[project] = "funded by the shares of its supporters"
        elif case.beaten(project, funded):
            case.reason[project] = RIVAL_FUNDED
        elif project not in supporters:
            case.reason[project] = "not funded: nobody supports it"
    if completion in ("utilitarian", "add1u"):
        funded += greedy(case, [project for project in case.eligible if project not in funded], funded)
    if settings["comparison"]:
        funded = compare_with_greedy(case, funded, utility)
    return funded


def utility_of(vote_type):
    return "cost" if vote_type in ("choose-1", "approval", "knapsack") else "points"


def add_one(case, supporters, share, settings):
    """Repeat the run with higher shares; the last run that the money can pay for is the outcome."""
    minor = minor_units(case.election)
    increment = Fraction(minor) if settings["increment"] is None else settings["increment"] * minor
    if settings["integral_start"]:
        share = share // increment * increment
    run = equal_shares_run(case, supporters, share)
    alike, patience = 0, 3  # how many runs in a row bought the same; how many must, before it pays to look further
    while True:
        open_to_all = [p for p in case.eligible if p not in run and not case.beaten(p, run)]
        if not any(project in supporters for project in open_to_all):
            return list(run)
        left = case.money - case.cost(run)
        if settings["stop_when_exhaustive"] and not any(case.costs[project] <= left for project in open_to_all):
            return list(run)
        if alike >= patience:
            needless = max(math.ceil(room_to_raise(case, supporters, share, run) / increment) - 1, 0)
            share += increment * needless
            patience = 3 if needless else patience * 4
        share += increment
        more = equal_shares_run(case, supporters, share)
        if case.cost(more) > case.money:
            return list(run)
        alike = alike + 1 if list(more) == list(run) else 0
        run = more


def compare_with_greedy(case, funded, utility):
    """The outcome of greedy instead, but only if strictly more ballots prefer it."""
    reasons = dict(case.reason)
    other = greedy(case, case.eligible, [])
    ours, theirs = set(case.kept + funded), set(case.kept + other)
    balance = 0
    for ballot, count in case.election.ballots.items():
        worth = [(project, 1 if utility == "cost" else points) for project, points in ballot]
        with_ours = sum(value for project, value in worth if project in ours)
        with_theirs = sum(value for project, value in worth if project in theirs)
        balance += count * ((with_theirs > with_ours) - (with_theirs < with_ours))
    if balance > 0:
        return other
    case.reason = reasons
    return funded


# --- Names of rules in files ----------------------------------------------------------------------------------------

RULES = {
    "greedy": {"method": "greedy"},
    "greedy-threshold": {"method": "greedy"},
    "greedy-exclusive": {"method": "greedy"},
    "greedy-no-skip": {"method": "no-skip"},
    "greedy-custom": {"method": "top-up"},
    "equalshares": {"method": "equal shares"},
    "equalshares/add1": {"method": "equal shares", "completion": "add1"},
    "equalshares/add1-comparison": {"method": "equal shares", "completion": "add1", "comparison": True},
    "unknown": {"method": "greedy"},
}
ADD1_OPTIONS = ("stop_when_exhaustive", "integral_start", "increment")
EQUAL_SHARES_OPTIONS = ("completion", "comparison", "utility", *ADD1_OPTIONS)


def settings_of(election, options):
    """The rule's name and its switches: those the rule stands for, changed by the options that were given."""
    name = options["rule"] or election.meta.get("rule") or "unknown"
    if name not in RULES:
        raise RecountError(f"the rule {name} is not known", election.meta_line["rule"])
    settings = dict.fromkeys(EQUAL_SHARES_OPTIONS)
    settings.update({"completion": "none", "threshold": None, "cheaper_first": False, "top_up": Fraction(80)})
    settings.update(RULES[name])
    given = {key: value for key, value in options.items() if value is not None and key in settings}
    settings.update(given)
    if options["increment"] is not None and (options["increment"] * minor_units(election)).denominator != 1:
        raise RecountError("the increment is finer than the currency")
    for key in given:
        if (
            (key == "top_up" and settings["method"] != "top-up")
            or (key in EQUAL_SHARES_OPTIONS and settings["method"] != "equal shares")
            or (key in ADD1_OPTIONS and settings["completion"] not in ("add1", "add1u"))
        ):
            raise RecountError(f"the option --{key.replace('_', '-')} does not go with the rule {name}")
    return name, settings


# --- The JSON line --------------------------------------------------------------------------------------------------


def show_money(election, minor):
    unit = minor_units(election)
    decimals = len(str(unit)) - 1
    currency = election.meta.get("currency", "")
    return (f"{minor // unit}" + (f".{minor % unit:0{decimals}d}" if decimals else "") + f" {currency}").strip()


def decide(election, options, decisions):
    """The case and the projects that the rule funds beside the kept ones."""
    _name, settings = settings_of(election, options)
    case = Case(election, settings, decisions)
    if settings["method"] == "greedy":
        funded = greedy(case, case.eligible, [])
    elif settings["method"] == "no-skip":
        funded = greedy_no_skip(case)
    elif settings["method"] == "top-up":
        funded = greedy_no_skip(case, settings["top_up"])
    else:
        funded = equal_shares(case, settings)
    return case, funded


def count(path, options):
    """Count one file. Returns the values of the JSON line, each already written as JSON."""
    election = read_election(path)
    name, _settings = settings_of(election, options)
    case, funded = decide(election, options, read_decisions(options["decisions"], election))
    winners = sorted(case.kept + funded)
    spent = case.cost(winners)
    tally = (f"{json.dumps(i)}: {show_points(t)}" for i, t in zip(election.ids, case.tally))
    sentences = [
        f"{project_id} (tally {show_points(case.tally[project])}): {case.reason[project]}."
        for project, project_id in enumerate(election.ids)
    ]
    return {
        "rule": json.dumps(name),
        "winners": json.dumps([election.ids[project] for project in winners]),
        "tally": "{" + ", ".join(tally) + "}",
        "spent_minor": json.dumps(spent),
        "left_minor": json.dumps(election.budget - spent),
        "explanation": json.dumps(sentences),
        "error": "null",
    }


def json_line(path, options):
    """The line for one file, and whether it was counted."""
    keys = ["rule", "winners", "tally", "spent_minor", "left_minor", "explanation", "error"]
    if not options["explain"]:
        keys.remove("explanation")
    values = dict.fromkeys(keys, "null")
    try:
        values = count(path, options)
    except RecountError as fault:
        values["error"] = json.dumps(str(fault))
    except (OSError, ValueError) as problem:  # ValueError: a file name that no system can have
        values["error"] = json.dumps(f"the file cannot be read: {getattr(problem, 'strerror', None) or problem}")
    except MemoryError:
        values["error"] = json.dumps("the file is too large for the memory of this computer")
    line = [f'"file": {json.dumps(path)}'] + [f'"{key}": {values[key]}' for key in keys]
    return "{" + ", ".join(line) + "}", values["error"] == "null"


# --- The bundle -----------------------------------------------------------------------------------------------------
# "How a published vote is verified" (docs/verification-spec.md) says what a bundle holds and what each check asks.

LARGEST_DOCUMENT = 64 << 20
LARGEST_INTEGER = 1 << 53
DEEPEST = 20
HEX64 = re.compile(r"[0-9a-f]{64}\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")
FEWEST_BALLOTS = 20
UNLISTED = ("manifest.json", "manifest.sig")
ALWAYS_LISTED = ("rules.json", "key.pem", "audit.jsonl", "receipts.txt", "batches.csv", "result.json", "minutes.html")
PAPER = "paper"
OF_THE_AUDITOR = ("statement.txt", "statement.sig", "auditor.pem")
CHANNELS = ("internet", "paper", "desk", "kiosk")
LIMITS = ("min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points")
LIMITS += ("min_sum_points", "max_sum_points", "default_score")
KINDS = {
    "greedy": "greedy",
    "greedy-no-skip": "greedy-no-skip",
    "top-up": "greedy-custom",
    "equal-shares": "equalshares",
}
ED25519 = bytes.fromhex("302a300506032b6570032100")
ONCE_IN_ORDER = ["frozen", "closed", "reconciled", "sealed", "counted"]
AT_ANY_TIME = (
    "roll_imported",
    "key_made",
    "key_restored",
    "key_lost",
    "extended",
    "corrected",
    "suspended",
    "resumed",
    "published",
    "audited",
    "confirmed",
)


class NotChecked(Exception):
    """A check that has nothing to work on, because a file it needs cannot be read."""


class Bundle:
    """A folder of published files; each is read when a check first asks for it."""

    def __init__(self, folder):
        self.folder = folder
        self.winners = {}
        self.read = {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def document(self, name):
        """The value of a file of canonical JSON."""
        if name not in self.read:
            self.read[name] = read_document(self.path(name), name)
        return self.read[name]

    def needed(self, name):
        """As `document`, for checks that another check goes before."""
        try:
            return self.document(name)
        except RecountError:
            raise NotChecked(f"{name} cannot be used") from None

    def acts(self):
        if "acts" not in self.read:
            self.read["acts"] = read_acts(self.path("audit.jsonl"))
        return self.read["acts"]

    def act(self, kind):
        """The details of the one act of a kind."""
        try:
            return next(act["details"] for act in self.acts() if act["kind"] == kind)
        except (StopIteration, RecountError):
            raise NotChecked(f"audit.jsonl has no act {kind}") from None

    def all_envelopes(self):
        """Rules and result of each envelope."""
        results = self.needed("result.json")["envelopes"]
        rules = self.needed("rules.json")["envelopes"]
        if sorted(results) != sorted(one["slug"] for one in rules):
            raise RecountError("result.json does not hold the envelopes of the rules, each once")
        return [(one, results[one["slug"]]) for one in rules]

    def envelopes(self):
        """Rules, result and file of each envelope that can be recounted."""
        return [
            (rules, result, rules["slug"] + ".pb") for rules, result in self.all_envelopes() if result["recountable"]
        ]

    def election(self, name):
        if name not in self.read:
            refuse_strange_file(self.path(name), name)
            try:
                self.read[name] = read_election(self.path(name))
            except OSError as problem:
                raise RecountError(f"{name} cannot be read: {problem.strerror}") from None
            except RecountError as fault:
                raise RecountError(f"{name}, {fault}") from None
        return self.read[name]


def refuse_strange_file(path, name):
    """A link leads out of the folder, and a pipe never ends."""
    if os.path.islink(path) or not os.path.isfile(path):
        raise RecountError(f"{name} is missing, or no file of its own")


def read_bytes(path, name):
    refuse_strange_file(path, name)
    try:
        with open(path, "rb") as stream:
            data = stream.read(LARGEST_DOCUMENT + 1)
    except OSError as problem:
        raise RecountError(f"{name} cannot be read: {problem.strerror}") from None
    if len(data) > LARGEST_DOCUMENT:
        raise RecountError(f"{name} is too large")
    return data


def strict_json(data, name):
    """The value of canonical JSON; the text must be the only one of that value."""
    try:
        value = json.loads(data.decode("ascii"), object_pairs_hook=pairs_once, parse_float=no_number)
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        raise RecountError(f"{name} is not canonical JSON") from None
    if again.encode("ascii") != data or not small(value, DEEPEST):
        raise RecountError(f"{name} is not canonical JSON")
    return value


def no_number(text):
    raise ValueError("a number with a fraction")


def small(value, depth):
    """Whether all integers are below 2^53 and nothing is nested too deeply."""
    if depth == 0:
        return False
    if isinstance(value, int):
        return abs(value) < LARGEST_INTEGER
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(small(one, depth - 1) for one in inner)


def read_document(path, name):
    value = strict_json(read_bytes(path, name), name)
    if not isinstance(value, dict):
        raise RecountError(f"{name} is not an object")
    check_shape(value, SHAPES[name], name)
    return value


def each(shape):
    return lambda value: isinstance(value, list) and all(fits(one, shape) for one in value)


def mapping(shape):
    return lambda value: isinstance(value, dict) and all(fits(one, shape) for one in value.values())


def maybe(shape):
    return lambda value: value is None or fits(value, shape)


def is_hash(value):
    return isinstance(value, str) and bool(HEX64.match(value))


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_name(value):
    return isinstance(value, str) and bool(value.strip())


def is_hash_or_empty(value):
    return value == "" or is_hash(value)


def is_time(value):
    return isinstance(value, str) and bool(TIME.match(value))


def is_day(value):
    return isinstance(value, str) and DAY.match(value) is not None


def is_number_text(value):
    return isinstance(value, str) and read_number(value) is not None


def is_threshold_text(value):
    return isinstance(value, str) and read_threshold(value) is not None


def is_slug(value):
    return isinstance(value, str) and bool(re.match(r"[A-Za-z0-9_-]{1,80}\Z", value))


def one_of(*values):
    return lambda value: any(type(value) is type(one) and value == one for one in values)


PROJECT = {
    "number": is_whole,
    "title": str,
    "cost_minor": is_whole,
    "categories": each(str),
    "exclusive_group": str,
}
COUNTING_RULE = {
    "kind": one_of(*KINDS),
    "name": str,
    "threshold": maybe(is_threshold_text),
    "top_up_percent": is_number_text,
    "cheaper_first": bool,
    "completion": one_of("none", "utilitarian", "add1", "add1u"),
    "comparison": bool,
    "utility": maybe(one_of("cost", "points")),
    "stop_when_exhaustive": bool,
    "integral_start": bool,
    "increment": maybe(is_whole),
}
ENVELOPE = {
    "slug": is_slug,
    "district": maybe(str),
    "amount_minor": is_whole,
    "limits": mapping(str),
    "category_limits": mapping(is_whole),
    "projects": each(PROJECT),
}
COUNCIL = {"on": is_day, "words": str, "added": mapping(is_whole)}
DECISIONS = {"withdrawn": each(str), "ruled_out": each(str), "kept": each(str), "exclusive": each(each(str))}
RESULT = {
    "ballots": is_whole,
    "winners": each(is_whole),
    "spent_minor": is_whole,
    "left_minor": is_whole,
    "sha256": is_hash,
    "recountable": bool,
    "tally": mapping(str),
}
SHAPES = {
    "manifest.json": {
        "format": "osp/bundle/v1",
        "box": str,
        "budget": str,
        "slug": str,
        "rules_sha256": is_hash,
        "audit_head": is_hash,
        "public_key": is_hash,
        "receipts": is_whole,
        "lot_value": str,
        "auditor_sha256": is_hash_or_empty,
        "files": mapping({"bytes": is_whole, "sha256": is_hash}),
    },
    "rules.json": {
        "format": "osp/rules/v1",
        "box": str,
        "budget": str,
        "slug": str,
        "vote_type": lambda value: value in VOTE_TYPES,
        "currency": str,
        "opens_at": is_time,
        "closes_at": is_time,
        "counting_rule": lambda value: fits(value, COUNTING_RULE),
        "tie_order": lambda value: value in ("recorded", "lot"),
        "lot_source": str,
        "most_envelopes": maybe(is_whole),
        "roll": dict,
        "auditor": dict,
        "observers": each(str),
        "public_key": is_hash,
        "recount_sha256": is_hash,
        "envelopes": each(ENVELOPE),
    },
    "result.json": {"format": "osp/result/v1", "envelopes": mapping(RESULT)},
}


def fits(value, shape):
    if isinstance(shape, dict):
        return (
            isinstance(value, dict) and set(value) == set(shape) and all(fits(value[key], shape[key]) for key in shape)
        )
    if isinstance(shape, str):
        return value == shape
    return isinstance(value, shape) if isinstance(shape, type) else shape(value)


def check_shape(value, shape, name):
    for key in sorted(set(value) | set(shape)):
        if key not in value or key not in shape or not fits(value[key], shape[key]):
            raise RecountError(f"{name}: {key[:40]} is missing, strange or not of the stated form")


def read_acts(path):
    """The acts in the order of the file, each with the hash of its line."""
    acts = []
    lines = read_bytes(path, "audit.jsonl").split(b"\n")
    if lines.pop() != b"":
        raise RecountError("audit.jsonl does not end with a line break")
    for number, line in enumerate(lines, start=1):
        act = strict_json(line, f"audit.jsonl, line {number},")
        shape = {"seq": is_whole, "at": is_time, "kind": str, "details": dict, "prev": is_hash}
        if not fits(act, shape):
            raise RecountError(f"audit.jsonl, line {number}: this is no act")
        acts.append(dict(act, hash=hashlib.sha256(b"osp/audit/v1\0" + line).hexdigest()))
    return acts


def check_manifest(bundle):
    bundle.document("manifest.json")


def check_files(bundle):
    listed = bundle.needed("manifest.json")["files"]
    for name in sorted(os.listdir(bundle.folder)):
        if name not in listed and name not in UNLISTED:
            raise RecountError(f"{name[:80]} is not listed in the manifest")
    for name, stated in sorted(listed.items()):
        if os.path.basename(name) != name or name in UNLISTED:
            raise RecountError(f"the manifest lists {name[:80]}, which is no file of a bundle")
        size, digest = digest_of(bundle.path(name), name)
        if (size, digest) != (stated["bytes"], stated["sha256"]):
            raise RecountError(f"{name} is not the file that the manifest lists")
    expected = set(ALWAYS_LISTED)
    if not set(OF_THE_AUDITOR).isdisjoint(listed):
        expected.update(OF_THE_AUDITOR)
    for _rules, _result, name in bundle.envelopes():
        expected.update((name, name[:-3] + ".decisions.json"))
    for name in sorted(expected.symmetric_difference(listed)):
        raise RecountError(f"{name[:80]} " + ("is not listed" if name in expected else "has no place in this bundle"))


def digest_of(path, name):
    refuse_strange_file(path, name)
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as stream:
        while True:
            block = stream.read(1 << 20)
            if not block:
                return size, digest.hexdigest()
            digest.update(block)
            size += len(block)


def check_rules(bundle):
    rules = bundle.document("rules.json")
    digest = hashlib.sha256(read_bytes(bundle.path("rules.json"), "rules.json")).hexdigest()
    if digest != bundle.act("frozen").get("rules_sha256"):
        raise RecountError("rules.json is not what was fixed before the vote (the act frozen)")
    manifest = bundle.needed("manifest.json")
    if digest != manifest["rules_sha256"]:
        raise RecountError("the manifest states other rules than rules.json")
    for key in ("box", "budget", "slug", "public_key"):
        if rules[key] != manifest[key]:
            raise RecountError(f"{key} is another in rules.json than in the manifest")
    if bundle.act("frozen").get("public_key") != rules["public_key"]:
        raise RecountError("public_key is another in rules.json than in the act frozen")
    if key_in(read_bytes(bundle.path("key.pem"), "key.pem")) != rules["public_key"]:
        raise RecountError("key.pem does not hold the public key of the rules")
    if rules["opens_at"] >= rules["closes_at"]:
        raise RecountError("the vote closes before it opens")
    numbers = [one["number"] for envelope in rules["envelopes"] for one in envelope["projects"]]
    if len(set(numbers)) < len(numbers):
        raise RecountError("a project stands twice in the rules")


def key_in(pem):
    """The 32 bytes of an Ed25519 public key, as hexadecimal digits; an empty text if it is none."""
    lines = pem.split()
    if lines[:3] != [b"-----BEGIN", b"PUBLIC", b"KEY-----"] or lines[-3:] != [b"-----END", b"PUBLIC", b"KEY-----"]:
        return ""
    try:
        der = base64.b64decode(b"".join(lines[3:-3]), validate=True)
    except ValueError:
        return ""
    return der[12:].hex() if der[:12] == ED25519 and len(der) == 44 else ""


def check_audit(bundle):
    before = "0" * 64
    for number, act in enumerate(bundle.acts(), start=1):
        if act["seq"] != number or act["prev"] != before:
            raise RecountError(f"audit.jsonl, line {number}: the chain is broken here")
        before = act["hash"]
    if before != bundle.needed("manifest.json")["audit_head"]:
        raise RecountError("the last act is not the one that the manifest states")
    check_acts(bundle)


def check_acts(bundle):
    """Which acts there are, in which order, and that they agree with rules and manifest."""
    rules = bundle.needed("rules.json")
    expected = list(ONCE_IN_ORDER)
    if rules["tie_order"] == "lot":
        expected.insert(expected.index("counted"), "drawn")
    acts = bundle.acts()
    found = [act["kind"] for act in acts if act["kind"] not in AT_ANY_TIME]
    if found != expected:
        raise RecountError(f"the acts are not {', '.join(expected)} once each in this order")
    if next(act["at"] for act in acts if act["kind"] == "frozen") >= rules["opens_at"]:
        raise RecountError("the rules were fixed after the vote had begun")
    kinds = [act["kind"] for act in acts]
    extensions = [act["details"].get("closes_at") for act in acts if act["kind"] == "extended"]
    if "extended" in kinds[kinds.index("closed") :]:
        raise RecountError("the vote was extended after it had closed")
    if bundle.act("closed").get("closes_at") != [rules["closes_at"], *extensions][-1]:
        raise RecountError("the vote did not close when the rules and extensions say")
    sealed = bundle.act("sealed")
    if sealed.get("auditor_sha256", "") != bundle.needed("manifest.json")["auditor_sha256"]:
        raise RecountError("the auditor's file is another in the manifest than in the act sealed")
    if sum(sealed["proofs"].values()) != sealed["participants"]:
        raise RecountError("the kinds of proof do not add up to the participants")
    for key in ("districts", "channels"):
        told = [group["participants"] for group in sealed[key]]
        if sum(told) != sealed["participants"] or (len(told) > 1 and min(told) < FEWEST_BALLOTS):
            raise RecountError(
                f"the {key} of the act sealed do not add up, or tell of fewer than {FEWEST_BALLOTS} people"
            )


def check_statement(bundle):
    """The auditor's statement, where there is one. Its signature is checked like that of the manifest."""
    said = [act["details"] for act in bundle.acts() if act["kind"] == "audited"]
    if len(said) > 1:
        raise RecountError("there are two statements of the auditor")
    if bool(said) != ("statement.txt" in bundle.needed("manifest.json")["files"]):
        raise RecountError("there is a statement of the auditor without the act audited, or the other way round")
    if not said:
        return
    key = bundle.needed("rules.json")["auditor"].get("signing_key")
    if not key or key_in(read_bytes(bundle.path("auditor.pem"), "auditor.pem")) != key:
        raise RecountError("auditor.pem does not hold the key of the auditor in the rules")
    text = read_bytes(bundle.path("statement.txt"), "statement.txt")
    if hashlib.sha256(text).hexdigest() != said[0].get("statement_sha256"):
        raise RecountError("statement.txt is not the statement of the act audited")
    if len(read_bytes(bundle.path("statement.sig"), "statement.sig")) != 64:
        raise RecountError("statement.sig is no signature")
    manifest, sealed = bundle.needed("manifest.json"), bundle.act("sealed")
    about = ("osp/statement/v1", manifest["box"], manifest["rules_sha256"], sealed["receipts_sha256"])
    if text.split(b"\n")[0] != " ".join(about).encode("ascii", "replace"):
        raise RecountError("statement.txt is not about this vote")


def check_receipts(bundle):
    count, before, digest = 0, "", hashlib.sha256()
    refuse_strange_file(bundle.path("receipts.txt"), "receipts.txt")
    with open(bundle.path("receipts.txt"), "rb") as stream:
        while True:
            line = stream.readline(66)
            if not line:
                break
            count += 1
            receipt = line[:-1].decode("ascii", "replace")
            if not line.endswith(b"\n") or not HEX64.match(receipt):
                raise RecountError(f"receipts.txt, line {count}: this is no receipt with its line break")
            if receipt <= before:
                raise RecountError(f"receipts.txt, line {count}: it is not greater than the line before")
            before = receipt
            digest.update(line)
    sealed = bundle.act("sealed")
    if count != sealed.get("receipts") or count != bundle.needed("manifest.json")["receipts"]:
        raise RecountError(f"there are {count} receipts, which is not the stated number")
    if digest.hexdigest() != sealed.get("receipts_sha256"):
        raise RecountError("the receipts are not those that were sealed")


def check_projects(bundle):
    box = bundle.needed("rules.json")
    for rules, _result, name in bundle.envelopes():
        election = bundle.election(name)
        for key in ("vote_type", "currency"):
            if election.meta.get(key, "") != box[key]:
                raise RecountError(f"{name}: the {key} is not that of the rules")
        if election.budget != rules["amount_minor"]:
            raise RecountError(f"{name}: the budget is not that of the rules")
        stated = {str(one["number"]): one["cost_minor"] for one in rules["projects"]}
        if dict(zip(election.ids, election.costs)) != stated:
            raise RecountError(f"{name}: the projects or their costs are not those of the rules")
        titles = {str(one["number"]): cell_of(one["title"]) for one in rules["projects"]}
        if {row["project_id"]: row["name"] for row in project_rows(bundle.path(name))} != titles:
            raise RecountError(f"{name}: the names of the projects are not those of the rules")
        check_threshold(name, election, box["counting_rule"]["threshold"])
        for key in LIMITS:
            if election.meta.get(key, "") != rules["limits"].get(key, ""):
                raise RecountError(f"{name}: {key} is not that of the rules")


def check_threshold(name, election, stated):
    """A file may state the threshold of the rules and no other, for counting obeys it."""
    text = election.meta.get("min_project_score_threshold", "")
    if text and (stated is None or read_threshold(text) != read_threshold(stated)):
        raise RecountError(f"{name}: min_project_score_threshold is not that of the rules")


def cell_of(text):
    """A text as a cell of a file holds it."""
    cell = text.strip()
    return "" if cell.lower() in ("\\n", "none") else cell


def check_order(bundle):
    rules = bundle.needed("rules.json")
    value = bundle.needed("manifest.json")["lot_value"]
    drawn = bundle.act("drawn").get("value") if rules["tie_order"] == "lot" else ""
    if drawn != value:
        raise RecountError("the value of the lot in the manifest is not the one that was drawn")
    digest = hashlib.sha256(read_bytes(bundle.path("rules.json"), "rules.json")).digest()
    seed = hashlib.sha256(b"osp/lot/v1" + digest + value.encode("utf-8", "surrogatepass")).digest()
    for envelope, _result, name in bundle.envelopes():
        order = [str(one["number"]) for one in envelope["projects"]]
        if rules["tie_order"] == "lot":
            order.sort(key=lambda number: hashlib.sha256(seed + number.encode("ascii")).digest())
        if bundle.election(name).ids != order:
            raise RecountError(f"{name}: the projects do not stand in the order that decides ties")


def rows_in(path, wanted):
    """Line number and row of a section, once more, for what a count does not ask."""
    section, columns = None, None
    refuse_strange_file(path, os.path.basename(path))
    with open(path, "rb") as stream:
        for number, heading, cells, _ended in rows_of(stream):
            if heading:
                section, columns = heading, None
            elif columns is None:
                columns = [cell.lower() for cell in cells]
            elif section == wanted:
                yield number, dict(zip(columns, cells + [""] * (len(columns) - len(cells))))


def vote_rows(path):
    return rows_in(path, "VOTES")


def project_rows(path):
    return [row for _number, row in rows_in(path, "PROJECTS")]


def check_ballots(bundle):
    vote_type = bundle.needed("rules.json")["vote_type"]
    check_numbers(bundle)
    for rules, _result, name in bundle.envelopes():
        election = bundle.election(name)
        if election.cast != bundle.act("sealed")["ballots"].get(rules["slug"]):
            raise RecountError(f"{name}: it does not hold as many ballots as were sealed")
        bounds = bounds_of(vote_type, rules, election)
        projects = {str(one["number"]): one for one in rules["projects"]}
        for place, (number, row) in enumerate(vote_rows(bundle.path(name)), start=1):
            if row["voter_id"] != str(place):
                raise RecountError(f"{name}, line {number}: the ballots are not numbered 1, 2, 3, ...")
            if "points" in row and vote_type not in ("cumulative", "scoring"):
                raise RecountError(f"{name}, line {number}: a ballot of this kind has no points")
            fault = fault_of(vote_type, rules, projects, bounds, row, number)
            if fault:
                raise RecountError(f"{name}, line {number}: {fault}")


def check_numbers(bundle):
    """How many ballots each envelope has, also where they are not published."""
    sealed = bundle.act("sealed")["ballots"]
    if sorted(sealed) != sorted(rules["slug"] for rules, _result in bundle.all_envelopes()):
        raise RecountError("the act sealed does not hold the envelopes of the rules")
    for rules, result in bundle.all_envelopes():
        slug = rules["slug"]
        if result["ballots"] != sealed[slug]:
            raise RecountError(f"{slug}: result.json states another number of ballots than were sealed")
        if result["recountable"] != (result["ballots"] >= FEWEST_BALLOTS):
            raise RecountError(f"{slug}: whether it can be recounted does not follow from its number of ballots")


def bounds_of(vote_type, rules, election):
    """The limits as numbers: costs in minor units, points in millionths."""
    bounds = {}
    for key, text in rules["limits"].items():
        value = read_number(text) if key.endswith(("length", "cost")) else read_points(text)
        if key not in LIMITS or value is None:
            raise RecountError(f"{rules['slug']}: the limit {key[:40]} is not known or no number")
        bounds[key] = math.floor(value * minor_units(election)) if key.endswith("cost") else value
    if vote_type == "choose-1":
        bounds.setdefault("max_length", 1)
    if vote_type == "knapsack":
        bounds.setdefault("max_sum_cost", rules["amount_minor"])
    bounds.setdefault("min_length", 1)
    return bounds


def fault_of(vote_type, rules, projects, bounds, row, number):
    """What a ballot breaks; None if it keeps the rules. `projects` are those of the rules by number as text."""
    named = [member.strip() for member in row["vote"].split(",")] if row["vote"] else []
    if len(set(named)) < len(named):
        return "a project is named twice"
    if vote_type != "ordinal" and named != sorted(named, key=int):
        return "the projects do not stand by their numbers"
    if outside(len(named), bounds, "length"):
        return "too few or too many projects are named"
    if outside(sum(projects[one]["cost_minor"] for one in named), bounds, "sum_cost"):
        return "the projects cost more or less than the rules allow"
    categories = Counter(category for one in named for category in projects[one]["categories"])
    for category, most in rules["category_limits"].items():
        if categories[category] > most:
            return f"too many projects of the category {category} are named"
    if vote_type in ("cumulative", "scoring"):
        points = points_of(vote_type, named, row, number)
        bounds = dict({"min_points": 0}, **bounds)
        if any(outside(value, bounds, "points") for value in points) or outside(sum(points), bounds, "sum_points"):
            return "the points are outside of what the rules allow"
    return None


def outside(value, bounds, what):
    least, most = bounds.get("min_" + what), bounds.get("max_" + what)
    return (least is not None and value < least) or (most is not None and value > most)


def channel_counts(path):
    """How many ballots came through each channel; None where the file does not say."""
    counts = Counter()
    for number, row in vote_rows(path):
        if "voting_method" not in row:
            return None
        if row["voting_method"] not in CHANNELS:
            raise RecountError(f"line {number}: this channel is not known")
        counts[row["voting_method"]] += 1
    return counts


def check_channels(bundle):
    rules = bundle.needed("rules.json")
    receipts = bundle.needed("manifest.json")["receipts"]
    papers = bundle.act("reconciled")["papers"]
    most = rules["most_envelopes"] or len(rules["envelopes"])
    every, online_in_all, all_say = 0, 0, True
    for envelope, result in bundle.all_envelopes():
        slug, ballots = envelope["slug"], result["ballots"]
        every += ballots
        if ballots > receipts + papers:
            raise RecountError(f"{slug} has {ballots} ballots, but there are {receipts} receipts and {papers} papers")
        counts = channel_counts(bundle.path(slug + ".pb")) if result["recountable"] else None
        if counts is None:
            all_say = False
            continue
        if any(number < FEWEST_BALLOTS for number in counts.values()):
            raise RecountError(f"{slug}.pb tells the channels, though one has fewer than {FEWEST_BALLOTS} ballots")
        online = ballots - counts[PAPER]
        online_in_all += online
        if online > receipts:
            raise RecountError(f"{slug}.pb holds {online} ballots cast online, but there are {receipts} receipts")
        if counts[PAPER] > papers:
            raise RecountError(f"{slug}.pb holds {counts[PAPER]} papers, but {papers} were reconciled")
    if not receipts + papers <= every <= most * (receipts + papers):
        raise RecountError(f"{receipts} receipts and {papers} papers do not make {every} ballots in all envelopes")
    if all_say and not receipts <= online_in_all <= most * receipts:
        raise RecountError(f"there are {receipts} receipts, but {online_in_all} ballots cast online in all envelopes")
    if bundle.act("sealed")["participants"] < receipts:
        raise RecountError("there are more receipts than people who took part")


def check_papers(bundle):
    keyed, papers = read_batches(bundle)
    if papers > bundle.act("reconciled")["papers"]:
        raise RecountError("the batches hold more papers than were reconciled")
    shown = set()
    for rules, _result, name in bundle.envelopes():
        if channel_counts(bundle.path(name)) is None:
            continue
        votes = Counter()
        for _number, row in vote_rows(bundle.path(name)):
            if row["voting_method"] == PAPER:
                votes.update(member.strip() for member in row["vote"].split(",") if member)
        for project in rules["projects"]:
            number = str(project["number"])
            shown.add((rules["slug"], number))
            if votes[number] != keyed[rules["slug"], number]:
                raise RecountError(f"{name}: the papers for project {number} are not those of batches.csv")
    for slug, number in keyed:
        if (slug, number) not in shown:
            raise RecountError(f"batches.csv names {slug[:80]}, project {number[:20]}, which is not told by channel")


BATCH_COLUMNS = ["batch", "station", "papers", "envelope", "project", "votes"]


def read_batches(bundle):
    """Votes on paper by envelope and project, and the papers of all batches."""
    try:
        text = read_bytes(bundle.path("batches.csv"), "batches.csv").decode("utf-8")
        rows = list(csv.reader(text.splitlines(), strict=True))
    except (ValueError, csv.Error):
        raise RecountError("batches.csv is not UTF-8 text with commas") from None
    if rows[:1] != [BATCH_COLUMNS]:
        raise RecountError("batches.csv, line 1: these are not its columns")
    keyed, batches, seen = Counter(), {}, set()
    for number, row in enumerate(rows[1:], start=2):
        whole = len(row) == 6 and all(re.match(r"[0-9]{1,15}\Z", row[place]) for place in (2, 4, 5))
        if not whole or not re.match(r"[0-9]{1,15}(\+[0-9]{1,15})*\Z", row[0]):
            raise RecountError(f"batches.csv, line {number}: this is no row of it")
        batch, station, papers, slug, project, votes = row
        groups = batches.setdefault(slug, {})
        if groups.setdefault(batch, (station, papers)) != (station, papers) or int(votes) > int(papers):
            raise RecountError(f"batches.csv, line {number}: it does not fit its batch")
        if (batch, slug, project) in seen:
            raise RecountError(f"batches.csv, line {number}: this project stands twice in its batch")
        seen.add((batch, slug, project))
        keyed[slug, project] += int(votes)
    return keyed, max((papers_in(groups) for groups in batches.values()), default=0)


def papers_in(groups):
    """The papers of all batches that an envelope names, alone or joined."""
    numbers = [number for batch in groups for number in batch.split("+")]
    papers = [int(papers) for _station, papers in groups.values()]
    if len(set(numbers)) < len(numbers):
        raise RecountError("batches.csv: a batch stands twice in an envelope")
    if len(papers) > 1 and min(papers) < FEWEST_BALLOTS:
        raise RecountError(f"batches.csv tells of a batch with fewer than {FEWEST_BALLOTS} papers beside another")
    return sum(papers)


def check_result(bundle):
    rule = bundle.needed("rules.json")["counting_rule"]
    counted = bundle.act("counted")
    check_statements(bundle, counted)
    for rules, result, name in bundle.envelopes():
        election = bundle.election(name)
        stated = read_document_of_decisions(bundle, rules["slug"])
        if stated != counted["decisions"].get(rules["slug"]):
            raise RecountError(f"{rules['slug']}: the decisions are not those of the act counted")
        if sorted(map(sorted, stated["exclusive"])) != exclusive_groups(rules):
            raise RecountError(f"{rules['slug']}: the exclusive groups are not those of the rules")
        decisions = read_decisions(bundle.path(rules["slug"] + ".decisions.json"), election)
        case, funded = decide(election, options_of(rule, election), decisions)
        winners = sorted(int(election.ids[project]) for project in case.kept + funded)
        bundle.winners[rules["slug"]] = winners
        spent = case.cost(case.kept + funded)
        found = (winners, spent, election.budget - spent)
        if found != (result["winners"], result["spent_minor"], result["left_minor"]):
            raise RecountError(f"{rules['slug']}: the count gives {winners}, which is not the stated result")
        tally = {project_id: show_points(value) for project_id, value in zip(election.ids, case.tally)}
        if tally != result["tally"]:
            raise RecountError(f"{rules['slug']}: the tallies are not the stated ones")
        check_columns(bundle, name, winners, tally)


def check_statements(bundle, counted):
    """What result.json says of every envelope, also of those whose ballots are not published."""
    slugs = sorted(rules["slug"] for rules, _result in bundle.all_envelopes())
    for key in ("results", "decisions"):
        if sorted(counted[key]) != slugs:
            raise RecountError(f"the act counted does not hold the envelopes of the rules ({key})")
    for rules, result in bundle.all_envelopes():
        slug, costs = rules["slug"], {one["number"]: one["cost_minor"] for one in rules["projects"]}
        if counted["results"][slug] != result["sha256"]:
            raise RecountError(f"{slug}: result.json is not what was counted (the act counted)")
        if sorted(set(result["winners"])) != result["winners"] or not set(result["winners"]) <= set(costs):
            raise RecountError(f"{slug}: the winners are not projects of the rules, each once and in order")
        spent = sum(costs[number] for number in result["winners"])
        if (spent, rules["amount_minor"] - spent) != (result["spent_minor"], result["left_minor"]):
            raise RecountError(f"{slug}: the money is not that of the winners")
        if set(result["tally"]) != {str(number) for number in costs}:
            raise RecountError(f"{slug}: the tallies are not those of the projects")


def check_council(bundle):
    """Money that the council adds goes to projects that the count left out, and with what was left it suffices."""
    said = [act["details"] for act in bundle.acts() if act["kind"] == "confirmed"]
    if len(said) > 1:
        raise RecountError("there are two decisions of the council")
    if not said:
        return
    if not fits(said[0], COUNCIL):
        raise RecountError("the act confirmed is not of the stated form")
    added = dict(said[0]["added"])
    for rules, result in bundle.all_envelopes():
        missing = 0
        for one in rules["projects"]:
            amount = added.pop(str(one["number"]), None)
            if amount is None:
                continue
            if one["number"] in result["winners"] or amount > one["cost_minor"]:
                raise RecountError(f"the council adds money to number {one['number']}, which does not need it")
            missing += one["cost_minor"] - amount
        if missing > max(result["left_minor"], 0):
            raise RecountError(f"{rules['slug']}: what the council adds and what is left do not suffice")
    if added:
        raise RecountError(f"the council adds money to {', '.join(sorted(added))[:80]}, no projects of the rules")


def read_document_of_decisions(bundle, slug):
    name = slug + ".decisions.json"
    value = strict_json(read_bytes(bundle.path(name), name), name)
    if not fits(value, DECISIONS):
        raise RecountError(f"{name} is not of the stated form")
    return value


def exclusive_groups(rules):
    groups = {}
    for one in rules["projects"]:
        if one["exclusive_group"]:
            groups.setdefault(one["exclusive_group"], []).append(str(one["number"]))
    return sorted(map(sorted, groups.values()))


def check_columns(bundle, name, winners, tally):
    """What a file says beside the ballots is what the ballots say."""
    named = Counter(
        member.strip() for _number, row in vote_rows(bundle.path(name)) for member in row["vote"].split(",")
    )
    for row in project_rows(bundle.path(name)):
        project = row["project_id"]
        stated = (row.get("votes", ""), row.get("selected", "") in ("1", "2"), row.get("score", tally[project]))
        if stated != (str(named[project]), int(project) in winners, tally[project]):
            raise RecountError(f"{name}: votes, score or selected of project {project} are not what the ballots say")


def options_of(rule, election):
    """The switches of the rules as the options that a count takes."""
    shares = rule.get("kind") == "equal-shares"
    raising = shares and rule.get("completion") in ("add1", "add1u")
    increment = rule.get("increment") if raising else None
    return {
        "rule": KINDS.get(rule.get("kind")),
        "threshold": None if rule.get("threshold") is None else read_threshold(str(rule["threshold"])),
        "top_up": read_number(str(rule.get("top_up_percent"))) if rule.get("kind") == "top-up" else None,
        "cheaper_first": bool(rule.get("cheaper_first")),
        "completion": rule.get("completion") if shares else None,
        "comparison": rule.get("comparison") if shares else None,
        "utility": rule.get("utility") if shares else None,
        "stop_when_exhaustive": rule.get("stop_when_exhaustive") if raising else None,
        "integral_start": rule.get("integral_start") if raising else None,
        "increment": None if increment is None else Fraction(increment, minor_units(election)),
    }


CHECKS = {
    "manifest": check_manifest,
    "files": check_files,
    "rules": check_rules,
    "audit": check_audit,
    "statement": check_statement,
    "receipts": check_receipts,
    "projects": check_projects,
    "order": check_order,
    "ballots": check_ballots,
    "channels": check_channels,
    "papers": check_papers,
    "result": check_result,
    "council": check_council,
}


def check_bundle(folder):
    """Each check with `ok` or what is wrong, the winners as counted here, and the first fault."""
    bundle, said, first = Bundle(folder), {}, None
    for name, check in CHECKS.items():
        try:
            check(bundle)
            said[name] = "ok"
        except NotChecked as missing:
            said[name] = f"not checked: {missing}"
        except RecountError as fault:
            said[name] = str(fault)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, OSError):
            said[name] = "the files of this check are not of the stated form"
        except MemoryError:
            said[name] = "the files are too large for the memory of this computer"
        if said[name] != "ok" and first is None:
            first = f"{name}: {said[name]}"
    return said, bundle.winners, first


def bundle_line(folder):
    said, winners, first = check_bundle(folder)
    line = {"file": folder, "checks": said, "winners": winners, "error": first}
    return json.dumps(line), first is None


# --- Options --------------------------------------------------------------------------------------------------------


def threshold_option(text):
    threshold = read_threshold(text)
    if threshold is None:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor a share such as 10%")
    return threshold


def percent_option(text):
    percent = read_number(text)
    if percent is None or percent > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a percentage")
    return percent


def increment_option(text):
    increment = read_amount(text)
    if not increment or increment >= TOO_MUCH:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount above zero")
    return increment


def switch(parser, name, on, off):
    key = name.replace("-", "_")
    parser.add_argument("--" + name, dest=key, action="store_const", const=True, help=on)
    parser.add_argument("--no-" + name, dest=key, action="store_const", const=False, help=off)


def read_options(arguments):
    parser = argparse.ArgumentParser(
        prog="recount.py",
        allow_abbrev=False,
        description="Recount a participatory budget from its published ballots: one line of JSON for each file.",
        epilog="The signature of a bundle: openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json "
        "-sigfile manifest.sig",
    )
    parser.add_argument("files", nargs="+", metavar="FILE.pb", help="ballots, or the folder of a bundle")
    parser.add_argument("--rule", choices=list(RULES), metavar="NAME", help="not the file's: " + ", ".join(RULES))
    parser.add_argument("--threshold", type=threshold_option, metavar="N", help="least tally, or a share such as 10%%")
    parser.add_argument("--completion", choices=["none", "utilitarian", "add1", "add1u"], help="of equal shares")
    switch(parser, "stop-when-exhaustive", "add1: stop when nothing more fits", "add1: go on until it would overspend")
    switch(parser, "comparison", "take greedy if more ballots prefer it", "never take greedy instead")
    parser.add_argument("--utility", choices=["cost", "points"], help="of equal shares")
    parser.add_argument("--cheaper-first", action="store_const", const=True, help="before the recorded order")
    parser.add_argument("--integral-start", action="store_const", const=True, help="add1: round the first share down")
    parser.add_argument("--increment", type=increment_option, metavar="AMOUNT", help="add1: step, in whole units")
    parser.add_argument("--top-up", type=percent_option, metavar="PERCENT", help="greedy-custom: least share left")
    parser.add_argument("--decisions", metavar="FILE.json", help="withdrawn, ruled out, kept, exclusive")
    parser.add_argument("--explain", action="store_true", help="add a sentence for each project")
    return vars(parser.parse_intermixed_args(arguments))


def main(arguments):
    options = read_options(arguments)
    all_counted = True
    for path in options["files"]:
        line, counted = bundle_line(path) if os.path.isdir(path) else json_line(path, options)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        all_counted = all_counted and counted
    return 0 if all_counted else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:  # whoever reads the output has gone, or the disk is full
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1 if isinstance(problem, BrokenPipeError) else f"recount.py: {problem.strerror}")
