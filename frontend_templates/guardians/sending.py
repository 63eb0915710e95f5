"""Mails to guardians, and to the young person once they have answered. The guardian's language is the young one's."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import ngettext, override

from cms_pages.mails.writing import mail_to
from frontend_templates.guardians.links import link_to
from frontend_templates.notices.sending import language_of, whole
from participation.actions.guardians import claim_mail, give_mail_back, waiting_mails
from participation.choices import ConsentState
from participation.models import GuardianConsent, Outbox
from participation.models.guardian_consent import ANSWER_WITHIN
from participation.money import format_number

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
        mail = MAKERS[row.kind](consent)
    try:
        mail.send()
    except (SMTPException, OSError):
        give_mail_back(row=row)
        logger.warning("A mail about the consent %s could not be sent", consent.uuid)
        return 0
    return 1


def asked(consent: GuardianConsent) -> EmailMessage:
    days = ngettext("%(n)s day", "%(n)s days", ANSWER_WITHIN.days) % {"n": format_number(ANSWER_WITHIN.days)}
    values = {"name": consent.person, "link": link_to("guardian", consent), "days": days}
    return mail_to(consent.contact, "guardian_asked", values)


def answered(consent: GuardianConsent) -> EmailMessage:
    code = "guardian_agreed" if consent.state == ConsentState.GIVEN else "guardian_refused"
    return mail_to(consent.person.email, code, {"link": whole(reverse("own_age"))})


def thanked(consent: GuardianConsent) -> EmailMessage:
    values = {"name": consent.person, "link": link_to("guardian_end", consent)}
    return mail_to(consent.contact, "guardian_thanked", values)


MAKERS = {"guardian_asked": asked, "guardian_answered": answered, "guardian_thanked": thanked}
