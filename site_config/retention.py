"""What is erased by the clock. How long each thing is kept stands in the settings, `RETENTION`."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings

from cms_pages.actions.messages import erase_messages
from cms_pages.actions.sign_ups import erase_sign_ups
from participation.actions.erasure import remove_account
from participation.actions.machine_translations import erase_machine_translations
from participation.actions.personal_data import remove_personal_data
from participation.models import Person


def remove_unconfirmed_accounts(at: datetime) -> None:
    """Of sign-ups that nobody ever confirmed. Whoever the administration gave a task is left alone."""
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    never_confirmed = Person.objects.filter(
        date_joined__lt=at - settings.RETENTION["unconfirmed accounts"],
        erased_at=None,
        is_staff=False,
        is_superuser=False,
        roles=None,
        groups=None,
    ).exclude(pk__in=confirmed)
    for person in never_confirmed:
        remove_account(actor=None, person=person, at=at)


def remove_old_downloads(at: datetime) -> None:
    remove_personal_data(before=at - settings.RETENTION["downloads of personal data"])


def remove_written(at: datetime) -> None:
    """What people wrote on pages: messages, and sign-ups for events that are over."""
    erase_messages(at, settings.RETENTION["messages"])
    erase_sign_ups(at, settings.RETENTION["sign-ups for events"])


def remove_machine_translations(at: datetime) -> None:
    erase_machine_translations(at, settings.RETENTION["machine translations"])
