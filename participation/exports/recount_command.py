"""How anybody counts a published result again: what to type, for the rule it was counted by."""

from collections.abc import Iterator

from participation.counted_election import decisions_on
from participation.counting.decisions import NO_DECISIONS
from participation.counting.money import exponent_of, from_minor
from participation.counting.rules import RULES_BY_NAME, Rule
from participation.counting.switches import RAISING, Completion, Kind
from participation.models import Project, Result

FAMILY = {
    Kind.GREEDY: "greedy",
    Kind.GREEDY_NO_SKIP: "greedy-no-skip",
    Kind.TOP_UP: "greedy-custom",
    Kind.EQUAL_SHARES: "equalshares",
}


def name_in_file(rule: Rule) -> str:
    """Pabulib's word for the rule; where it has none for it, that of the plain rule of its kind."""
    named = RULES_BY_NAME.get(rule.name)
    return rule.name if named and named.kind is rule.kind else FAMILY[rule.kind]


def command(result: Result, projects: list[Project]) -> str:
    """The command line for the downloaded files. `projects` are all of the envelope's, with their decisions."""
    rule = Rule.from_json(result.rule)
    words = ["python3 recount.py ballots.pb", *options(rule, exponent_of(result.envelope.budget.currency))]
    if decisions_on(projects) != NO_DECISIONS:
        words.append("--decisions decisions.json")
    return " ".join(words)


def options(rule: Rule, exponent: int) -> Iterator[str]:
    """What the file itself does not say: where the rule differs from the one its name stands for."""
    plain = RULES_BY_NAME[name_in_file(rule)]
    if rule.threshold and rule.threshold.is_share:
        yield f"--threshold {rule.threshold}"
    if rule.kind is Kind.TOP_UP and rule.top_up_percent != plain.top_up_percent:
        yield f"--top-up {rule.top_up_percent}"
    if rule.cheaper_first:
        yield "--cheaper-first"
    if rule.kind is Kind.EQUAL_SHARES:
        yield from options_of_shares(rule, plain, exponent)


def options_of_shares(rule: Rule, plain: Rule, exponent: int) -> Iterator[str]:
    if rule.completion != plain.completion:
        yield f"--completion {Completion(rule.completion)}"
    if rule.comparison != plain.comparison:
        yield "--comparison" if rule.comparison else "--no-comparison"
    if rule.utility:
        yield f"--utility {rule.utility}"
    if rule.completion in RAISING:
        if rule.stop_when_exhaustive:
            yield "--stop-when-exhaustive"
        if rule.integral_start:
            yield "--integral-start"
        if rule.increment:
            yield f"--increment {from_minor(rule.increment, exponent)}"
