"""Proposals as a table for spreadsheets, in the order they are given."""

import csv
from collections.abc import Callable, Iterator

from participation.counting.money import exponent_of, from_minor
from participation.exports.cells import Line, safe
from participation.models import Proposal
from participation.models.proposal import ProposalQuerySet

CHUNK = 500
COLUMNS = (
    *("number", "title", "what_and_why", "who_benefits", "language", "envelope", "categories", "place", "whole_area"),
    *("latitude", "longitude", "cost_band", "cost", "currency", "status", "author", "published", "supports", "address"),
)


def lines(proposals: ProposalQuerySet, address_of: Callable[[Proposal], str]) -> Iterator[str]:
    """RFC 4180 lines in UTF-8. Names of envelopes and categories are in the language now active."""
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    for proposal in proposals.with_everything().iterator(chunk_size=CHUNK):
        yield writer.writerow(row(proposal, address_of(proposal)))


def row(proposal: Proposal, address: str) -> list[object]:
    currency, exact = proposal.budget.currency, proposal.cost_minor
    return [
        proposal.public_number,
        *map(safe, (proposal.title, proposal.what_and_why, proposal.who_benefits, proposal.language)),
        safe(str(proposal.envelope or "")),
        safe(", ".join(map(str, proposal.categories.all()))),
        safe(proposal.address),
        "yes" if proposal.whole_area else "no",
        proposal.latitude,
        proposal.longitude,
        proposal.cost_band,
        "" if exact is None else from_minor(exact, exponent_of(currency)),
        currency,
        proposal.status,
        safe(proposal.author_name),
        proposal.published_at.isoformat(),
        proposal.shown_supports,
        address,
    ]
