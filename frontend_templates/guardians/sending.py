"""Mails to guardians, and to the young person once they have answered. The guardian's language is the young one's."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from frontend_templates.guardians.links import link_to
from frontend_templates.notices.sending import language_of, whole
from participation.actions.guardians import claim_mail, give_mail_back, waiting_mails
from participation.choices import ConsentState
from participation.models import GuardianConsent, Outbox
from participation.models.guardian_consent import ANSWER_WITHIN

logger = logging.getLogger(__name__)
MAILS_AT_ONCE = 200
WANTED = {
    "guardian_asked": {ConsentState.WAITING},
    "guardian_answered": {ConsentState.GIVEN, ConsentState.REFUSED},
    "guardian_thanked": {ConsentState.GIVEN},
}


def send_guardian_mails(at: datetime) -> int:
    return sum(send(row) for row in waiting_mails(MAILS_AT_ONCE) if claim_mail(row=row, at=at))


def send(row: Outbox) -> int:
    """Nothing where what it would say holds no more."""
    consent = GuardianConsent.objects.select_related("person").filter(uuid=row.subject).first()
    if consent is None or consent.state not in WANTED[row.kind]:
        return 0
    with override(language_of(consent.person)):
        subject, to = subject_of(row.kind, consent), address_of(row.kind, consent)
        body = render_to_string(f"emails/{row.kind}.txt", context_of(row.kind, consent))
    try:
        send_mail(" ".join(subject.split()), body, None, [to])
    except (SMTPException, OSError):
        give_mail_back(row=row)
        logger.warning("A mail about the consent %s could not be sent", consent.uuid)
        return 0
    return 1


def subject_of(kind: str, consent: GuardianConsent) -> str:
    if kind == "guardian_asked":
        return _("May %(name)s take part?") % {"name": consent.person}
    if kind == "guardian_thanked":
        return _("You have agreed that %(name)s takes part") % {"name": consent.person}
    return _("Your parent or guardian has answered")


def address_of(kind: str, consent: GuardianConsent) -> str:
    return consent.person.email if kind == "guardian_answered" else consent.contact


def context_of(kind: str, consent: GuardianConsent) -> dict[str, object]:
    common = {"person": consent.person, "site": settings.WAGTAIL_SITE_NAME}
    if kind == "guardian_asked":
        return common | {"link": link_to("guardian", consent), "days": ANSWER_WITHIN.days}
    if kind == "guardian_thanked":
        return common | {"link": link_to("guardian_end", consent)}
    return common | {"agrees": consent.state == ConsentState.GIVEN, "link": whole(reverse("own_age"))}
