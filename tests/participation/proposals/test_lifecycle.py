"""What may change when is one table: in the code, in the documentation, and nowhere else."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from participation.choices import Opening, ProposalStatus, ProposalVerb
from participation.lifecycle import ANY_TIME, CHANGES, PROPOSALS, needed

DOCS = Path(settings.BASE_DIR) / "docs" / "proposals.md"


def said(openings: frozenset[Opening] | None) -> str:
    if openings is None:
        return ""
    return " or ".join(one.value for one in Opening if one in openings) or "any time"


def test_every_status_has_its_row_and_drafts_reach_every_other():
    assert set(CHANGES) == set(ProposalStatus)


@pytest.mark.parametrize("status", ProposalStatus)
def test_the_documentation_shows_the_table(status):
    [row] = [line for line in DOCS.read_text().splitlines() if line.startswith(f"| `{status}` |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")][1:]
    assert cells == [said(needed(status, verb)) for verb in ProposalVerb]


def test_the_documentation_names_the_verbs_in_their_order():
    assert re.search(r"\| status \| " + r" \| ".join(ProposalVerb.values) + r" \|", DOCS.read_text())


@pytest.mark.parametrize(
    ("status", "verb", "expected"),
    [
        ("draft", "edit", PROPOSALS),
        ("draft", "discard", ANY_TIME),
        ("draft", "support", None),
        ("draft", "hide", None),
        ("submitted", "support", None),
        ("published", "submit", None),
        ("published", "discard", None),
        ("withdrawn", "support", None),
        ("withdrawn", "edit", None),
        ("hidden", "edit", None),
        ("hidden", "restore", ANY_TIME),
        ("merged", "support", None),
    ],
)
def test_rows_that_matter(status, verb, expected):
    assert needed(ProposalStatus(status), ProposalVerb(verb)) == expected
