"""Proposals that have a point, as GeoJSON (RFC 7946), in the order they are given."""

import json
from collections.abc import Callable, Iterator

from participation.models import Proposal
from participation.models.proposal import ProposalQuerySet

CHUNK = 500


def pieces(proposals: ProposalQuerySet, address_of: Callable[[Proposal], str]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    placed = proposals.filter(latitude__isnull=False).with_everything()
    for number, proposal in enumerate(placed.iterator(chunk_size=CHUNK)):
        yield (",\n" if number else "\n") + json.dumps(feature(proposal, address_of(proposal)))
    yield "\n]}\n"


def feature(proposal: Proposal, address: str) -> dict[str, object]:
    properties = {
        "number": proposal.public_number,
        "title": proposal.title,
        "language": proposal.language,
        "envelope": proposal.envelope.slug if proposal.envelope else None,
        "categories": [category.slug for category in proposal.categories.all()],
        "status": proposal.status,
        "supports": proposal.shown_supports,
        "url": address,
    }
    point = {"type": "Point", "coordinates": [proposal.longitude, proposal.latitude]}
    return {"type": "Feature", "geometry": point, "properties": properties}
