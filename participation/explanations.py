"""Why a project was funded or not, in one sentence for people, in the language now active."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.counting.outcome import Reason
from participation.models import ResultLine
from participation.money import format_money, format_number


def explain(line: ResultLine) -> str:
    """The sentence for a line, and one more where the council funds it. Reads the line's result, envelope and budget:
    load them with the lines."""
    sentence = SENTENCES[Reason(line.reason)](line)
    return f"{sentence} {added(line)}" if line.is_added else sentence


def added(line: ResultLine) -> str:
    if not line.added_minor:
        return _("The council funds it from the money that was left.")
    return _("The council adds %(amount)s, so that it is built.") % {
        "amount": format_money(line.added_minor, line.result.envelope.budget.currency)
    }


def money(line: ResultLine, fact: str, rounding: str = ROUND_FLOOR) -> str:
    """Shares may be finer than the minor unit."""
    minor = Decimal(line.reason_facts.get(fact, 0)).to_integral_value(rounding)
    return format_money(int(minor), line.result.envelope.budget.currency)


def number(line: ResultLine, fact: str) -> str:
    return format_number(Decimal(line.reason_facts.get(fact, 0)))


def kept(line: ResultLine) -> str:
    return _("Funded first, by an official decision.")


def funded(line: ResultLine) -> str:
    if "supporters" in line.reason_facts:
        return shared(line)
    return _("Funded: it fitted into the money left. Afterwards %(left)s was left.") % {
        "left": money(line, "left_minor")
    }


def shared(line: ResultLine) -> str:
    supporters = int(line.reason_facts["supporters"])
    # Translators: left is an amount of money with its currency.
    return ngettext(
        "Funded by the share of its one supporter. Afterwards %(left)s was left.",
        "Funded by the shares of its %(supporters)s supporters. Afterwards %(left)s was left.",
        supporters,
    ) % {"supporters": format_number(supporters), "left": money(line, "left_minor")}


def topped_up(line: ResultLine) -> str:
    return _("Funded although the money left did not suffice: %(added)s is added, as the rule provides.") % {
        "added": money(line, "added_minor")
    }


def completed(line: ResultLine) -> str:
    return _("Funded from the money that the shares left over. Afterwards %(left)s was left.") % {
        "left": money(line, "left_minor")
    }


def withdrawn(line: ResultLine) -> str:
    return _("Withdrawn, so it took no part in the count.")


def ruled_out(line: ResultLine) -> str:
    return _("Ruled out by an official decision, so it took no part in the count.")


def below_threshold(line: ResultLine) -> str:
    # Translators: both are numbers of votes or of points, as the rules have it; name both if you need a noun.
    return _("Not funded: it needed at least %(threshold)s and got %(tally)s.") % {
        "threshold": number(line, "threshold"),
        "tally": format_number(line.tally),
    }


def excluded_by_group(line: ResultLine) -> str:
    # Translators: winner is the number of a project, not how many there are.
    return _("Not funded: of projects that exclude each other only the first is, and that was number %(winner)s.") % {
        "winner": line.reason_facts["winner"]
    }


def did_not_fit(line: ResultLine) -> str:
    return _("Not funded: %(left)s was left when its turn came, and it needed %(missing)s more.") % {
        "left": money(line, "left_minor"),
        "missing": money(line, "missing_minor"),
    }


def after_the_stop(line: ResultLine) -> str:
    # Translators: stopper is the number of a project, not how many there are.
    return _(
        "Not funded: the count ended at number %(stopper)s, the first project that the money did not suffice for."
    ) % {"stopper": line.reason_facts["stopped_by"]}


def not_affordable(line: ResultLine) -> str:
    # Translators: behind and missing are amounts of money with their currency.
    return _("Not funded: its supporters together had %(behind)s left, and it needed %(missing)s more.") % {
        "behind": money(line, "behind_minor"),
        "missing": money(line, "missing_minor", ROUND_CEILING),
    }


SENTENCES: dict[Reason, Callable[[ResultLine], str]] = {
    Reason.KEPT: kept,
    Reason.FUNDED: funded,
    Reason.TOPPED_UP: topped_up,
    Reason.COMPLETED: completed,
    Reason.WITHDRAWN: withdrawn,
    Reason.RULED_OUT: ruled_out,
    Reason.BELOW_THRESHOLD: below_threshold,
    Reason.EXCLUDED_BY_GROUP: excluded_by_group,
    Reason.DID_NOT_FIT: did_not_fit,
    Reason.AFTER_THE_STOP: after_the_stop,
    Reason.NOT_AFFORDABLE: not_affordable,
}
