"""Answers of an author, written into a proposal: checked against its budget, cleaned, and folded for search."""

from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Max

from participation.actions.machine_translations import forget_machine_translations
from participation.choices import ProposalStatus
from participation.cost_bands import band_of
from participation.folding import cleaned, folded
from participation.models import Category, CitizenGroup, Envelope, Proposal, ProposalVersion, SearchedWords
from participation.models.proposal import LONGEST_KEY, WORDS
from participation.refusals import ActionRefused, Refusal

MOST_CATEGORIES = 3


class Answers(TypedDict, total=False):
    """What is not there stays as it is. An exact cost has its band written by itself; amounts in minor units."""

    title: str
    what_and_why: str
    who_benefits: str
    address: str
    language: str
    latitude: float | None
    longitude: float | None
    whole_area: bool
    envelope: Envelope | None
    categories: list[Category]
    cost_band: str
    cost_minor: int | None
    group: CitizenGroup | None


def write_answers(proposal: Proposal, answers: Answers, at: datetime) -> list[str]:
    """Writes what differs and returns the names.

    Refused for an envelope elsewhere, for two kinds of place, and where something that had to be said would be gone.
    """
    values: dict[str, Any] = dict(answers)
    categories = values.pop("categories", None)
    for name in set(values) & set(WORDS):
        values[name] = cleaned(values[name])
    refuse_strangers(proposal, values.get("envelope"), categories)
    changed = [name for name, value in values.items() if getattr(proposal, name) != value]
    for name in changed:
        setattr(proposal, name, values[name])
    if categories is not None and set(categories) != set(proposal.categories.all()):
        proposal.categories.set(categories)
        changed.append("categories")
    if changed:
        keep(proposal, at)
        forget_machine_translations(proposal)
    return sorted(changed)


def refuse_strangers(proposal: Proposal, envelope: Envelope | None, categories: list[Category] | None) -> None:
    if envelope is not None and envelope.budget_id != proposal.budget_id:
        raise ActionRefused(Refusal.ENVELOPE_ELSEWHERE)
    if categories is None:
        return
    if len(set(categories)) > MOST_CATEGORIES:
        raise ActionRefused(Refusal.TOO_MANY_CATEGORIES)
    if not set(categories) <= {*proposal.categories.all(), *proposal.budget.offered_categories}:
        raise ActionRefused(Refusal.CATEGORY_ELSEWHERE)


def keep(proposal: Proposal, at: datetime) -> None:
    if proposal.whole_area and (proposal.address or proposal.latitude is not None):
        raise ActionRefused(Refusal.PLACE_TWICE)
    if proposal.status != ProposalStatus.DRAFT and not proposal.is_complete:
        raise ActionRefused(Refusal.INCOMPLETE)
    if proposal.cost_minor is not None:
        proposal.cost_band = band_of(proposal.cost_minor, proposal.budget.currency)
    words = (proposal.title, proposal.what_and_why, proposal.who_benefits, proposal.address)
    proposal.sort_key = folded(proposal.title)[:LONGEST_KEY]
    proposal.saved_at = at
    proposal.save()
    SearchedWords.objects.update_or_create(proposal=proposal, defaults={"words": folded(" ".join(words))})


def keep_version(proposal: Proposal, at: datetime) -> ProposalVersion | None:
    """The words and files as they are now, unless the last version says the same."""
    last, files = proposal.versions.last(), files_of(proposal)
    if last and last.files == files and all(getattr(last, name) == getattr(proposal, name) for name in WORDS):
        return None
    words: dict[str, Any] = {name: getattr(proposal, name) for name in WORDS} | {"files": files}
    return ProposalVersion.objects.create(proposal=proposal, number=last.number + 1 if last else 1, at=at, **words)


def files_of(proposal: Proposal) -> list[dict[str, str]]:
    """What a version keeps of photos and documents: which they were, not the files, which can be taken away."""
    photos = [{"kind": "photo", "uuid": str(one.uuid), "words": one.alt} for one in proposal.photos.all()]
    return photos + [
        {"kind": "document", "uuid": str(one.uuid), "words": one.title} for one in proposal.documents.all()
    ]


def show_version(proposal: Proposal) -> None:
    """The words as they are now were seen by everybody: they stay part of the history."""
    if proposal.status == ProposalStatus.PUBLISHED:
        last = proposal.versions.aggregate(last=Max("number"))["last"]
        proposal.versions.filter(number=last).update(was_public=True)
