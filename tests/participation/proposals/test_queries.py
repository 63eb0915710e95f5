"""Finding proposals: by every word, whatever the accents, alike on both databases; and in an order without meaning."""

import pytest

from participation.models import Proposal
from tests.factories.proposals import make_open_budget, make_proposal

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    return sorted(Proposal.objects.with_words(query).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["La Forêt", "مكتبة", "ŒUVRE d’ÉTÉ"]),
        ("foret", ["La Forêt"]),
        ("FORÊT ombre", ["La Forêt"]),
        ("foret été", []),
        ("ete", ["ŒUVRE d’ÉTÉ"]),
        ("מ", []),
        ("كتب", ["مكتبة"]),
        ("مَكْتَبَة", ["مكتبة"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("' OR 1=1 --", []),
        ("x" * 10_240, []),
        ("moulin", ["La Forêt"]),
    ],
)
def test_every_word(query, titles):
    budget = make_open_budget()
    make_proposal(budget, title="La Forêt", what_and_why="De l’ombre.", address="Rue du Moulin")
    make_proposal(budget, title="ŒUVRE d’ÉTÉ", address="Ici", who_benefits="")
    make_proposal(budget, title="مكتبة", address="هنا", who_benefits="")
    assert found(query) == sorted(titles)


def test_shuffled_is_a_circle_from_any_start():
    budget = make_open_budget()
    for number in range(6):
        proposal = make_proposal(budget)
        Proposal.objects.filter(pk=proposal.pk).update(shuffle=number / 6)
    orders = {
        start: list(Proposal.objects.shuffled_from(start).values_list("shuffle", flat=True)) for start in (0, 0.4)
    }
    assert orders[0] == sorted(orders[0])
    assert orders[0.4] == orders[0][3:] + orders[0][:3]
