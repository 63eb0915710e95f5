"""The mails that remind people of a vote, each in its reader's language."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from cms_pages.mails.writing import mail_to
from frontend_templates.ends import said_end
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
        values = {
            "budget": box.budget,
            "question": box,
            "until": said_end(box.closes_at),
            "vote": settings.SITE_ADDRESS + reverse("vote", args=[box.budget.slug]),
            "profile": settings.SITE_ADDRESS + reverse("profile"),
        }
        mail = mail_to(person.email, "reminder", values)
    try:
        mail.send()
    except (SMTPException, OSError):
        forget_reminder(box, person)
        logger.warning("A reminder of the vote %s could not be sent", box.uuid)
