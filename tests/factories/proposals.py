"""Budgets that take proposals or supports now, and proposals in them, made through the actions."""

import io
import uuid
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone
from PIL import Image

from participation.actions.proposals import save_draft, submit
from participation.choices import PhaseKind, ProposalStatus
from participation.folding import folded
from participation.models import Budget, Person, Proposal, ProposalVersion, SearchedWords
from tests.factories.participation import make_budget, make_person, make_phase

DAY = timedelta(days=1)
_number = count(1)


def make_open_budget(kind: PhaseKind = PhaseKind.PROPOSING, **fields) -> Budget:
    """A published budget in the middle of such a phase."""
    budget = make_budget(**fields)
    make_phase(budget, kind=kind)
    return budget


def next_phase(budget: Budget, kind: PhaseKind = PhaseKind.SUPPORTING) -> Budget:
    """The phases of the budget are over, and such a one is open."""
    now = timezone.now()
    for number, phase in enumerate(budget.phases.order_by("-starts_at"), start=2):
        phase.starts_at, phase.ends_at = now - number * 30 * DAY, now - number * 30 * DAY + DAY
        phase.save()
    make_phase(budget, kind=kind)
    return Budget.objects.get(pk=budget.pk)


def answers(**changed) -> dict:
    number = next(_number)
    words = {
        "title": f"Idea {number}",
        "what_and_why": "Shade in summer.",
        "who_benefits": "Everybody.",
        "address": "1 Mill Street",
        "language": "en",
    }
    return words | changed


def make_draft(budget: Budget, author: Person | None = None, *, at: datetime | None = None, **changed) -> Proposal:
    return save_draft(
        actor=author or make_person(display_name="Ada"),
        budget=budget,
        key=uuid.uuid4(),
        answers=answers(**changed),
        at=at or timezone.now(),
    )


def make_proposal(budget: Budget, author: Person | None = None, *, at: datetime | None = None, **changed) -> Proposal:
    """Handed in, and published where no moderator comes first."""
    draft = make_draft(budget, author, at=at, **changed)
    return submit(actor=draft.author, proposal=draft, at=at or timezone.now())


def put_proposal(budget: Budget, *, title: str = "", **fields) -> Proposal:
    """A published row, whatever the phase: for lists and pages."""
    number, now = next(_number), timezone.now()
    title = title or f"Idea {number}"
    proposal = Proposal.objects.create(
        budget=budget,
        **{
            "public_number": number,
            "title": title,
            "what_and_why": "Shade in summer.",
            "address": "1 Mill Street",
            "language": "en",
            "status": ProposalStatus.PUBLISHED,
            "submitted_at": now,
            "published_at": now,
            "sort_key": folded(title),
            **fields,
        },
    )
    SearchedWords.objects.create(proposal=proposal, words=folded(f"{title} Shade in summer."))
    ProposalVersion.objects.create(proposal=proposal, number=1, at=now, title=title, language="en", was_public=True)
    return proposal


def image_bytes(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **options) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind, **options)
    return file.getvalue()
