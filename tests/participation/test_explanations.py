"""Every line of a result has its sentence, in every language of the interface."""

import re

import pytest
from django.conf import settings
from django.utils import timezone, translation

from participation.actions.elections import import_election
from participation.counting.outcome import Reason
from participation.explanations import SENTENCES, explain
from participation.models import Budget, Envelope, Result, ResultLine
from tests.participation.counting.builders import DATA

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
SUPPORTED = {"price_minor": "1.5", "left_minor": 40_000}
CASES = {
    "kept": (Reason.KEPT, {"left_minor": 0}, "Funded first, by an official decision."),
    "funded": (
        Reason.FUNDED,
        {"left_minor": 123_450},
        "Funded: it fitted into the money left. Afterwards €1,234.50 was left.",
    ),
    "funded by one": (
        Reason.FUNDED,
        SUPPORTED | {"supporters": 1},
        "Funded by the share of its one supporter. Afterwards €400 was left.",
    ),
    "funded by many": (
        Reason.FUNDED,
        SUPPORTED | {"supporters": 1_250},
        "Funded by the shares of its 1,250 supporters. Afterwards €400 was left.",
    ),
    "topped up": (
        Reason.TOPPED_UP,
        {"added_minor": 5_000},
        "Funded although the money left did not suffice: €50 is added, as the rule provides.",
    ),
    "completed": (
        Reason.COMPLETED,
        {"left_minor": 0},
        "Funded from the money that the shares left over. Afterwards €0 was left.",
    ),
    "withdrawn": (Reason.WITHDRAWN, {}, "Withdrawn, so it took no part in the count."),
    "ruled out": (Reason.RULED_OUT, {}, "Ruled out by an official decision, so it took no part in the count."),
    "below the threshold": (
        Reason.BELOW_THRESHOLD,
        {"threshold": "17.5"},
        "Not funded: it needed at least 17.5 and got 1,204.",
    ),
    "excluded": (
        Reason.EXCLUDED_BY_GROUP,
        {"winner": 17},
        "Not funded: of projects that exclude each other only the first is, and that was number 17.",
    ),
    "did not fit": (
        Reason.DID_NOT_FIT,
        {"left_minor": 4_000, "missing_minor": 1_001},
        "Not funded: €40 was left when its turn came, and it needed €10.01 more.",
    ),
    "after the stop": (
        Reason.AFTER_THE_STOP,
        {"stopped_by": 4},
        "Not funded: the count ended at number 4, the first project that the money did not suffice for.",
    ),
    "not affordable": (
        Reason.NOT_AFFORDABLE,
        {"behind_minor": "99900", "missing_minor": "100"},
        "Not funded: its supporters together had €999 left, and it needed €1 more.",
    ),
    "not affordable by less than a cent": (
        Reason.NOT_AFFORDABLE,
        {"behind_minor": "99999.666667", "missing_minor": "0.333333"},
        "Not funded: its supporters together had €999.99 left, and it needed €0.01 more.",
    ),
}
IN_FRENCH = {
    "funded": f"Financé : l’argent restant suffisait. Il restait ensuite 1{NARROW}234,50{NBSP}€.",
    "funded by one": (f"Financé par la part de la seule personne qui a voté pour lui. Il restait ensuite 400{NBSP}€."),
    "funded by many": (
        f"Financé par les parts des 1{NARROW}250 personnes qui ont voté pour lui. Il restait ensuite 400{NBSP}€."
    ),
    "below the threshold": (f"Non financé : il lui fallait au moins 17,5 voix ou points, il en a obtenu 1{NARROW}204."),
    "did not fit": f"Non financé : il restait 40{NBSP}€ quand son tour est venu, et il lui manquait 10,01{NBSP}€.",
}
LANGUAGES = sorted(folder.name for folder in (settings.BASE_DIR / "site_config" / "locale").iterdir())


def line_of(name: str) -> ResultLine:
    """A line as it is loaded, without a database."""
    reason, facts, _ = CASES[name]
    result = Result(envelope=Envelope(budget=Budget(currency="EUR")))
    return ResultLine(result=result, tally=1_204, funded=False, reason=reason, reason_facts=facts)


def alike(text: str) -> str:
    """Translators may use either kind of space that does not break."""
    return re.sub(f"[{NBSP}{NARROW}]", " ", text)


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_of_each_reason(name):
    with translation.override("en"):
        assert explain(line_of(name)) == CASES[name][2]


@pytest.mark.parametrize("name", IN_FRENCH)
def test_the_same_in_french(name):
    with translation.override("fr"):
        assert alike(explain(line_of(name))) == alike(IN_FRENCH[name])


def test_every_reason_has_a_sentence_and_is_tried_here():
    assert set(SENTENCES) == set(Reason) == {reason for reason, _, _ in CASES.values()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_language_has_every_sentence_of_its_own(name, language):
    with translation.override(language):
        sentence = explain(line_of(name))
    assert sentence != CASES[name][2]
    assert "%(" not in sentence


def test_a_line_with_an_unknown_reason_is_an_error():
    line = line_of("kept")
    line.reason = "whim"
    with pytest.raises(ValueError, match="whim"):
        explain(line)


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(DATA.glob("*.pb")), ids=lambda path: path.name)
def test_every_line_of_a_real_election_is_explained(path, django_assert_num_queries):
    result = import_election(path=path, actor=None, at=timezone.now()).budget.envelopes.get().result
    lines = list(result.lines.with_projects())
    with django_assert_num_queries(0):
        sentences = [explain(line) for line in lines]
    assert all(sentence.startswith("Funded") for sentence, line in zip(sentences, lines, strict=True) if line.funded)
    assert all(sentence.endswith(".") and "None" not in sentence and "%" not in sentence for sentence in sentences)
