"""One English sentence for each project: what became of it, and why."""

from decimal import Decimal

from participation.counting.numbers import plain
from participation.counting.outcome import Line, Outcome, Reason

SENTENCES = {
    Reason.KEPT: "{project} is funded first, for {cost}, by an official decision.",
    Reason.FUNDED: "{project} is funded for {cost} with a tally of {tally}; {left} are left.",
    Reason.TOPPED_UP: "{project} is funded for {cost} with a tally of {tally}, although {added} must be added.",
    Reason.COMPLETED: "{project} is funded for {cost} with a tally of {tally} from the money left; {left} are left.",
    Reason.WITHDRAWN: "{project} is not funded: it was withdrawn.",
    Reason.RULED_OUT: "{project} is not funded: it was ruled out by an official decision.",
    Reason.BELOW_THRESHOLD: "{project} is not funded: its tally of {tally} is below the threshold of {threshold}.",
    Reason.EXCLUDED_BY_GROUP: "{project} is not funded: only one of its group can be, and that is {winner}.",
    Reason.DID_NOT_FIT: (
        "{project} (tally {tally}) is not funded: it costs {cost}, {missing} more than the {left} left."
    ),
    Reason.AFTER_THE_STOP: "{project} (tally {tally}) is not funded: the count had stopped at {stopped_by}.",
    Reason.NOT_AFFORDABLE: (
        "{project} is not funded: it costs {cost}, {missing} more than the {behind} its supporters have left."
    ),
}
BOUGHT = (
    "{project} is bought for {cost}: its {supporters} supporters pay at most {price} {each}; "
    "{left} of the money are left."
)


def explanations(outcome: Outcome) -> list[str]:
    """A sentence for each project, in the order in which they were decided."""
    return [explain(line, outcome) for line in outcome.lines]


def explain(line: Line, outcome: Outcome) -> str:
    """Amounts are exact; where they are shares of a minor unit, they are cut at millionths of it."""
    currency, exponent = outcome.facts["currency"], outcome.facts["exponent"]
    words = {name: str(value) for name, value in line.facts.items() if not name.endswith("_minor")}
    for name, value in line.facts.items():
        if name.endswith("_minor"):
            words[name.removesuffix("_minor")] = amount(value, currency, exponent)
    words["each"] = "each" if outcome.facts.get("utility") == "cost" else "for each point"
    bought = line.reason is Reason.FUNDED and "price_minor" in line.facts
    sentence = BOUGHT if bought else SENTENCES[line.reason]
    return sentence.format(project=line.project, tally=line.tally, **words)


def amount(minor: int | str, currency: str, exponent: int) -> str:
    """Minor units as an amount of the currency."""
    units = plain(Decimal(minor).scaleb(-exponent))
    return f"{units:f} {currency}".strip()
