"""Drafts shown outside the workspace, to whoever has a signed link: other front ends, people who proofread."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db import models
from wagtail.models import Page

from cms_pages.models import SiteFrame

VALID_FOR = timedelta(days=1)
KINDS: dict[str, type[models.Model]] = {"page": Page, "frame": SiteFrame}
signer = TimestampSigner(salt="draft", sep=".")


def token_for(draft: models.Model) -> str:
    """Opens what is now the latest draft, and those that follow, for a day."""
    kind = next(name for name, model in KINDS.items() if isinstance(draft, model))
    return signer.sign_object([kind, draft.pk])


def draft_named(token: str) -> models.Model | None:
    """The latest revision of what the token opens; None for a token that is not ours or too old."""
    try:
        kind, pk = signer.unsign_object(token, max_age=VALID_FOR)
    except BadSignature:
        return None
    found = KINDS[kind].objects.filter(pk=pk).first()
    return found and found.get_latest_revision_as_object()
