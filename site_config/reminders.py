"""The mails that remind people of a vote, each in its reader's language."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from participation.actions.reminders import boxes_to_remind_of, forget_reminder, people_to_remind
from participation.models import BallotBox, Person

logger = logging.getLogger(__name__)


def send_reminders(at: datetime) -> None:
    for box in boxes_to_remind_of(at).select_related("budget").prefetch_related("texts", "budget__texts"):
        for person in people_to_remind(box):
            send(box, person)


def send(box: BallotBox, person: Person) -> None:
    """One that the mail server does not take is tried again by the next run."""
    with override(person.language or settings.LANGUAGE_CODE):
        subject = _("The vote closes soon: %(question)s") % {"question": box}
        addresses = {"vote": reverse("vote", args=[box.budget.slug]), "profile": reverse("profile")}
        links = {name: settings.SITE_ADDRESS + address for name, address in addresses.items()}
        body = render_to_string("emails/reminder.txt", {"box": box, **links})
    try:
        send_mail(" ".join(subject.split()), body, None, [person.email])
    except (SMTPException, OSError):
        forget_reminder(box, person)
        logger.warning("A reminder of the vote %s could not be sent", box.uuid)
