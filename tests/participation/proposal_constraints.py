"""For each constraint of the proposals' tables: what it allows, and what it refuses."""

from django.utils import timezone

from participation.models import ProposalPhoto, ProposalVersion, Support, SupportSheet
from tests.factories.participation import make_budget, make_person
from tests.factories.proposals import put_proposal


def a_proposal(**fields) -> None:
    put_proposal(make_budget(), **fields)


def numbered(*numbers: int) -> None:
    budget = make_budget()
    for number in numbers:
        put_proposal(budget, public_number=number)


def imported(*refs: str) -> None:
    budget = make_budget()
    for ref in refs:
        put_proposal(budget, imported_ref=ref)


def merged() -> None:
    budget = make_budget()
    put_proposal(budget, status="merged", merged_into=put_proposal(budget))


def sheets(*numbers: str, signatures: int = 1) -> None:
    proposal = put_proposal(make_budget())
    for number in numbers:
        SupportSheet.objects.create(
            proposal=proposal, budget=proposal.budget, number=number, signatures=signatures, entered_at=timezone.now()
        )


def photos(*digests: str, **fields) -> None:
    proposal = put_proposal(make_budget())
    whole = {"alt": "A tree", "may_publish": True, "width": 1, "height": 1, "added_at": timezone.now()}
    for digest in digests:
        ProposalPhoto.objects.create(proposal=proposal, sha256=digest, **{**whole, **fields})


def versions(*numbers: int) -> None:
    proposal = put_proposal(make_budget())
    for number in numbers:
        ProposalVersion.objects.create(proposal=proposal, number=number, at=timezone.now(), language="en")


def supports(*people) -> None:
    proposal = put_proposal(make_budget())
    for person in people:
        Support.objects.create(proposal=proposal, person=person)


def supported_twice() -> None:
    person = make_person()
    supports(person, person)


DRAFT = {"status": "draft", "public_number": None, "submitted_at": None, "published_at": None}
HIDDEN = {"status": "hidden", "hidden_from": "published"}

PROPOSALS = {
    "proposal_status_known": (lambda: a_proposal(status="withdrawn"), lambda: a_proposal(status="adopted")),
    "proposal_number_once_handed_in": (lambda: a_proposal(**DRAFT), lambda: a_proposal(**DRAFT | {"public_number": 1})),
    "proposal_published_has_time": (
        lambda: a_proposal(status="submitted", published_at=None),
        lambda: a_proposal(published_at=None),
    ),
    "proposal_hidden_has_reason": (
        lambda: a_proposal(**HIDDEN, hidden_because="Rude."),
        lambda: a_proposal(**HIDDEN),
    ),
    "proposal_cost_known_or_not": (
        lambda: a_proposal(cost_band="small", cost_minor=1),
        lambda: a_proposal(cost_minor=1),
    ),
    "proposal_place_on_earth": (
        lambda: a_proposal(latitude=-90, longitude=180),
        lambda: a_proposal(latitude=1, longitude=None),
    ),
    "proposal_place_said_once": (
        lambda: a_proposal(whole_area=True, address=""),
        lambda: a_proposal(whole_area=True),
    ),
    "proposal_merged_leads_on": (merged, lambda: a_proposal(status="merged")),
    "proposal_public_number_once": (lambda: numbered(1, 2), lambda: numbered(1, 1)),
    "proposal_imported_once": (lambda: imported("a", "b", "", ""), lambda: imported("a", "a")),
    "support_sheet_once": (lambda: sheets("1", "2"), lambda: sheets("1", "1")),
    "support_sheet_signed": (lambda: sheets("1"), lambda: sheets("1", signatures=0)),
    "proposal_photo_may_be_published": (lambda: photos("0"), lambda: photos("0", may_publish=False)),
    "proposal_photo_says_what_it_shows": (lambda: photos("0"), lambda: photos("0", alt="")),
    "proposal_photo_once": (lambda: photos("0", "1"), lambda: photos("0", "0")),
    "proposal_version_once": (lambda: versions(2, 3), lambda: versions(2, 2)),
    "support_once": (lambda: supports(make_person(), None, None), supported_twice),
}
