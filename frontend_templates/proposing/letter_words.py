"""In which words a letter about a proposal on paper is written, and where it sends its reader."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from participation.models import Proposal


def language_of_letter(proposal: Proposal, offered: Collection[str]) -> str:
    """That of the proposal, where the town offers it."""
    return proposal.language if proposal.language in offered else settings.LANGUAGE_CODE


def address_to_claim(proposal: Proposal, language: str) -> str:
    """Where the code of the letter is typed."""
    with override(language):
        return settings.SITE_ADDRESS + reverse("proposal_claim", args=[proposal.budget.slug])
