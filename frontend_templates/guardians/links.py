"""What a guardian gets by mail: a link to answer, and one to take a yes back. Each opens its own page alone."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from participation.models import GuardianConsent

SIGNERS = {name: Signer(salt=name, sep=".") for name in ("guardian", "guardian_end")}


def link_to(name: str, consent: GuardianConsent) -> str:
    """`name` is that of the page."""
    return settings.SITE_ADDRESS + reverse(name, args=[SIGNERS[name].sign(consent.uuid.hex)])


def consent_named(name: str, token: str) -> GuardianConsent | None:
    """None for a link that is not ours, and where the person's account is gone."""
    try:
        uuid = SIGNERS[name].unsign(token)
    except BadSignature:
        return None
    return GuardianConsent.objects.select_related("person").filter(uuid=uuid).first()
