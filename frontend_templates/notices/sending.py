"""Mails of notifications, each in the language of its reader. Jobs call this; a run twice sends nothing twice."""

import logging
from datetime import datetime
from smtplib import SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms_pages.mails.marks import Link
from cms_pages.mails.writing import mail_to
from frontend_templates.notices.unsubscribing import unsubscribe_address
from frontend_templates.notices.words import address, is_there, quote, sentence
from participation.actions.mails import claim, claim_week, settle, waiting_at_once, waiting_for_a_week
from participation.choices import MailState
from participation.locales import active_languages
from participation.models import Notification, Person
from participation.money import format_number

logger = logging.getLogger(__name__)
MAILS_AT_ONCE = 500


def send_at_once(at: datetime) -> int:
    """One mail for each notification that waits. Nothing is claimed while the mail server is out of reach."""
    ids, sent = waiting_at_once(MAILS_AT_ONCE), 0
    if not ids:
        return 0
    with get_connection() as connection:
        for pk in ids:
            if claim(notification=pk):
                sent += deliver([pk], "notice", connection)
    return sent


def send_weekly(at: datetime) -> int:
    """One mail for each person whose oldest news is a week old, with all of it."""
    ids, sent = waiting_for_a_week(at, MAILS_AT_ONCE), 0
    if not ids:
        return 0
    with get_connection() as connection:
        for person in Person.objects.filter(pk__in=ids).order_by("pk"):
            if claimed := claim_week(person=person):
                sent += deliver(claimed, "weekly", connection)
    return sent


def deliver(claimed: list[int], code: str, connection) -> int:
    """Returns 1 for a mail that went out. Raises what breaks the connection: the rest waits, this one is unknown."""
    try:
        mail = message(claimed, code, connection)
        if mail is None:
            settle(notifications=claimed, state=MailState.NONE)
            return 0
        mail.send()
    except SMTPServerDisconnected:
        raise
    except SMTPException:
        return failed(claimed)
    except OSError:
        raise
    except Exception:
        logger.exception("A mail of notifications could not be written")
        return failed(claimed)
    settle(notifications=claimed, state=MailState.SENT)
    return 1


def failed(claimed: list[int]) -> int:
    settle(notifications=claimed, state=MailState.FAILED)
    return 0


def message(claimed: list[int], code: str, connection) -> EmailMessage | None:
    """None where all that it would tell of is not public any more, or nobody is there to read it."""
    notices = Notification.objects.filter(pk__in=claimed).with_everything().order_by("pk")
    notices = notices.select_related("person", "comment__proposal__budget", "comment__parent", "comment__root")
    told = [notice for notice in notices if is_there(notice) and notice.person.is_active]
    if not told:
        return None
    person = told[0].person
    with override(language_of(person)):
        unsubscribe = unsubscribe_address(person)
        headers = {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        values = {
            "event": sentence(told[0]),
            "amount": amount(len(told)),
            "greeting": greeting(person),
            "news": [said(one) for one in told],
            "unsubscribe": unsubscribe,
        }
        return mail_to(person.email, code, values, headers=headers, connection=connection)


def amount(pieces: int) -> str:
    words = ngettext("%(shown)s piece of news", "%(shown)s pieces of news", pieces)
    return words % {"shown": format_number(pieces)}


def greeting(person: Person) -> str:
    return _("Good day, %(name)s") % {"name": person.display_name} if person.display_name else _("Good day")


def said(notice: Notification) -> list:
    """What happened, the words it is about where there are any, and where to read on."""
    words = quote(notice)
    quoted = ["\n\n", words, "\n"] if words else []
    return [sentence(notice), *quoted, "\n", Link(whole(address(notice))), "\n\n"]


def language_of(person: Person) -> str:
    return person.language if person.language in active_languages() else settings.LANGUAGE_CODE


def whole(path: str) -> str:
    return settings.SITE_ADDRESS + path
