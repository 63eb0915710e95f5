"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.models import Proposal, ProposalPhoto, ProposalVersion, Support
from tests.factories.proposals import make_draft, make_open_budget, make_proposal

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refuses(proposal: Proposal, **changed) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "adopted"},
        {"status": "draft"},
        {"public_number": None},
        {"submitted_at": None},
        {"published_at": None},
        {"title": ""},
        {"status": "hidden"},
        {"status": "hidden", "hidden_because": "Rude."},
        {"cost_band": "cheap"},
        {"cost_minor": 100},
        {"cost_band": "small", "cost_minor": 0},
        {"cost_band": "small", "cost_minor": -1},
        {"latitude": 1.0},
        {"latitude": 91.0, "longitude": 0.0},
        {"latitude": 0.0, "longitude": 181.0},
        {"whole_area": True},
        {"support_count": -1},
    ],
)
def test_of_a_proposal(changed):
    refuses(make_proposal(make_open_budget()), **changed)


@pytest.mark.parametrize("changed", [{"public_number": 1}, {"status": "published"}, {"status": "submitted"}])
def test_of_a_draft(changed):
    refuses(make_draft(make_open_budget()), **changed)


def test_a_number_is_there_once_in_a_budget():
    budget = make_open_budget()
    make_proposal(budget)
    refuses(make_proposal(budget), public_number=1)


def photo(proposal: Proposal, **fields) -> ProposalPhoto:
    values = {"alt": "A tree", "may_publish": True, "sha256": "0", "width": 1, "height": 1, "added_at": NOW}
    return ProposalPhoto(proposal=proposal, **{**values, **fields})


@pytest.mark.parametrize("fields", [{"may_publish": False}, {"alt": ""}])
def test_of_a_photo(fields):
    with pytest.raises(IntegrityError):
        photo(make_proposal(make_open_budget()), **fields).save()


def test_the_same_photo_version_and_support_are_there_once():
    proposal = make_proposal(make_open_budget())
    photo(proposal).save()
    support = {"proposal": proposal, "person": proposal.author}
    Support.objects.create(**support)
    version = ProposalVersion(proposal=proposal, number=1, at=NOW, language="en")
    for twice in (photo(proposal), Support(**support), version):
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save()
