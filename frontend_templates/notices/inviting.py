"""Mails to addresses that were invited to a proposal. Their code is made here, and stands in this one mail alone."""

import logging
from datetime import datetime
from smtplib import SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from cms_pages.mails.writing import mail_to
from frontend_templates.notices.sending import MAILS_AT_ONCE, whole
from participation.actions.co_authors import code_for, invitations_to_send, settle_invitation
from participation.ballot_box.receipts import grouped
from participation.choices import MailState
from participation.locales import active_languages
from participation.models import Invitation

logger = logging.getLogger(__name__)


def send_invitations(at: datetime) -> int:
    """Nothing is claimed while the mail server is out of reach. What breaks on the way is not sent again."""
    ids, sent = invitations_to_send(MAILS_AT_ONCE), 0
    if not ids:
        return 0
    with get_connection() as connection:
        for pk in ids:
            if code := code_for(invitation=pk, at=at):
                sent += deliver(pk, code, connection)
    return sent


def deliver(pk: int, code: str, connection) -> int:
    try:
        invitation_mail(pk, code, connection).send()
    except SMTPServerDisconnected:
        raise
    except SMTPException:
        settle_invitation(invitation=pk, state=MailState.FAILED)
        return 0
    settle_invitation(invitation=pk, state=MailState.SENT)
    return 1


def invitation_mail(pk: int, code: str, connection) -> EmailMessage:
    """In the language of the proposal, since nobody knows that of the reader. The code is in the fragment."""
    invitation = Invitation.objects.select_related("proposal__budget", "inviter").get(pk=pk)
    language = invitation.proposal.language
    with override(language if language in active_languages() else settings.LANGUAGE_CODE):
        address = whole(reverse("invitations"))
        values = {
            "name": invitation.inviter.public_name,
            "proposal": invitation.proposal,
            "code": grouped(code),
            "link": f"{address}#{code}",
            "address": address,
            "until": date_format(localtime(invitation.expires_at), "DATE_FORMAT"),
        }
        return mail_to(invitation.email, "invitation", values, connection=connection)
