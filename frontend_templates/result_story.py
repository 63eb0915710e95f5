"""A result as the page tells it: the winners, the line where the money ran out, and why."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from frontend_templates.charts.bars import Bar, bars
from frontend_templates.charts.strip import Block, strip
from frontend_templates.taking_part import TakingPart, taking_part
from participation.choices import BoxState, Channel
from participation.counting.outcome import Reason
from participation.counting.rules import Rule
from participation.counting.switches import Completion, Kind
from participation.explanations import explain
from participation.exports.doubts import papers_could_change
from participation.exports.pabulib import is_recountable
from participation.exports.recount_command import command
from participation.models import Result, ResultLine


@dataclass(frozen=True)
class TellingLine:
    """A line of the result with its sentence and how long its bar is."""

    line: ResultLine
    sentence: str
    bar: Bar


class ResultStory:
    def __init__(self, result: Result) -> None:
        self.result = result
        self.envelope = result.envelope
        self.facts = result.facts

    @cached_property
    def lines(self) -> list[TellingLine]:
        lines = list(self.result.lines.with_projects())
        lengths = bars((str(line.project), line.tally) for line in lines)
        return [TellingLine(line, explain(line), bar) for line, bar in zip(lines, lengths, strict=True)]

    @property
    def winners(self) -> list[TellingLine]:
        return [one for one in self.lines if one.line.funded]

    @property
    def added(self) -> list[TellingLine]:
        """What the council funds beside the winners."""
        return [one for one in self.unfunded if one.line.is_added]

    @property
    def losers(self) -> list[TellingLine]:
        return [one for one in self.unfunded if not one.line.is_added]

    @property
    def unfunded(self) -> list[TellingLine]:
        """By the count, those with most votes first."""
        return sorted((one for one in self.lines if not one.line.funded), key=lambda one: -one.line.tally)

    @cached_property
    def next_in_line(self) -> ResultLine | None:
        """The project with most votes among those that only the money kept out."""
        short = [one.line for one in self.unfunded if "missing_minor" in one.line.reason_facts]
        return short[0] if short else None

    @property
    def missing_minor(self) -> int:
        """How much more money the next project in line would have needed when its turn came."""
        return int(Decimal(self.next_in_line.reason_facts["missing_minor"])) if self.next_in_line else 0

    @property
    def money(self) -> list[Block]:
        amounts = [(one.line.project.cost_minor, str(one.line.project)) for one in self.winners]
        return strip(amounts, self.envelope.amount_minor)

    @cached_property
    def rounds(self) -> list[dict[str, object]]:
        titles = {one.line.project.public_number: str(one.line.project) for one in self.lines}
        rounds = self.result.rounds
        lengths = bars((titles[one["project"]], Decimal(one["effective_votes"])) for one in rounds)
        return [
            {**one, "title": titles[one["project"]], "price": int(Decimal(one["price_minor"])), "bar": bar}
            for one, bar in zip(rounds, lengths, strict=True)
        ]

    @cached_property
    def turnout(self) -> list[Bar]:
        channels = self.facts.get("channels", {})
        return bars((str(Channel(name).label), ballots) for name, ballots in channels.items())

    @property
    def tells_channels(self) -> bool:
        return set(self.facts.get("channels", {})) - {Channel.UNKNOWN} != set()

    @cached_property
    def categories(self) -> list[dict[str, object]]:
        """Votes against spending: each category's part of all votes and of the money spent, in percent."""
        votes, spent = defaultdict(Decimal), defaultdict(int)
        for one in self.lines:
            for category in one.line.project.categories.all():
                votes[str(category)] += one.line.tally
                spent[str(category)] += one.line.project.cost_minor if one.line.funded else 0
        all_votes, all_spent = sum(votes.values()), sum(spent.values())
        return [
            {"name": name, "votes": percent(votes[name], all_votes), "spent": percent(spent[name], all_spent)}
            for name in sorted(votes, key=lambda name: -votes[name])
        ]

    @cached_property
    def who(self) -> TakingPart | None:
        return taking_part(self.envelope.ballot_box)

    @cached_property
    def papers_could_change(self) -> bool:
        return papers_could_change(self.result)

    @property
    def valid_ballots(self) -> int:
        return self.facts.get("valid_ballots", 0)

    @property
    def percent_without_funded(self) -> float:
        return percent(self.facts.get("ballots_without_funded", 0), self.valid_ballots)

    @property
    def average_funded(self) -> Decimal:
        named = Decimal(self.facts.get("funded_named", 0))
        return (named / self.valid_ballots).quantize(Decimal("0.1")) if self.valid_ballots else Decimal(0)

    @property
    def topped_up(self) -> bool:
        return any(one.line.reason == Reason.TOPPED_UP for one in self.lines)

    @property
    def rule_in_words(self) -> list[str]:
        return list(rule_sentences(Rule.from_json(self.result.rule)))

    @cached_property
    def is_recountable(self) -> bool:
        return is_recountable(self.envelope)

    @property
    def bundle(self) -> UUID | None:
        """The ballot box whose bundle holds this result; None for an imported election."""
        box = self.envelope.ballot_box
        return box.uuid if box and box.state == BoxState.PUBLISHED else None

    @property
    def recount_command(self) -> str:
        in_order = sorted((one.line.project for one in self.lines), key=lambda project: project.recorded_order)
        return command(self.result, in_order)

    @property
    def needs_decisions(self) -> bool:
        return "--decisions" in self.recount_command


def percent(part, whole) -> float:
    return round(float(part) / float(whole) * 100, 1) if whole else 0.0


def rule_sentences(rule: Rule):
    """The counting rule, a sentence for each thing it says."""
    yield {
        Kind.GREEDY: _("Projects are funded in the order of their votes; one that does not fit is skipped."),
        Kind.GREEDY_NO_SKIP: _("Projects are funded in the order of their votes, up to the first that does not fit."),
        Kind.TOP_UP: _(
            "Projects are funded in the order of their votes; the first that does not fit is still funded "
            "when nearly all of its cost is left."
        ),
        Kind.EQUAL_SHARES: _(
            "Equal shares: every ballot gets the same part of the money, and a project is funded when its supporters "
            "can pay for it together. What they pay is gone from their part."
        ),
    }[rule.kind]
    if rule.completion in {Completion.ADD1, Completion.ADD1U}:
        yield _("The parts are raised step by step until one step more would cost too much.")
    if rule.completion in {Completion.UTILITARIAN, Completion.ADD1U}:
        yield _("Money that is left goes to further projects in the order of their votes.")
    if rule.comparison:
        yield _("The outcome gives way to the one by votes alone if more ballots prefer that one.")
    if rule.threshold:
        # Translators: threshold is a number of votes or of points, as the rules have it; name both if you need a noun.
        yield _("Only projects with at least %(threshold)s take part.") % {"threshold": rule.threshold}
    if rule.cheaper_first:
        yield _("Of projects with equal votes the cheaper one goes first.")
