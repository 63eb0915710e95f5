"""The list of mails whose words staff may write: all that goes to one person because something happened.

The words that stand until somebody writes others are in the templates `emails/CODE_subject.txt` and `emails/CODE.txt`.
What a checkpoint tells observers is read by machines, and what the CMS tells staff about approvals has its own words:
both are not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from cms_pages.mails.marks import Value, in_one_line
from cms_pages.mails.placeholders import (
    BUDGET,
    CHILD,
    COMMON,
    EMAIL,
    EVENT,
    NEW_PASSWORD,
    NEWS,
    PROPOSAL,
    PROVIDER,
    QUESTION,
    WHAT_HAPPENED,
    Form,
    Placeholder,
    link,
)


@dataclass(frozen=True)
class Mail:
    """`title` says in plain words when it is sent."""

    code: str
    title: str
    own_placeholders: tuple[Placeholder, ...] = ()

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        return self.own_placeholders + COMMON

    def default(self) -> tuple[str, str]:
        """Subject and body with their marks, in the language now active."""
        marks = {one.name: one.mark for one in self.placeholders}
        subject = render_to_string(f"emails/{self.code}_subject.txt", marks)
        return in_one_line(subject), render_to_string(f"emails/{self.code}.txt", marks).strip()

    def shaped(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Each value in the form of its placeholder. KeyError where one is missing."""
        return {one.name: one.shaped(values[one.name]) for one in self.placeholders}

    def examples(self) -> dict[str, Value]:
        return self.shaped({one.name: one.example for one in self.placeholders})


ACCOUNT_MAILS = (
    Mail("email_confirmation", _("Confirm an e-mail address"), (EMAIL, link(_("the link to confirm"), "accounts/"))),
    Mail("account_already_exists", _("Sign-up with an address that has an account"), (EMAIL, NEW_PASSWORD)),
    Mail(
        "unknown_account",
        _("Sign-in with an address that has no account"),
        (EMAIL, link(_("the link to create an account"), "accounts/signup/")),
    ),
    Mail("login_code", _("The code to sign in"), (Placeholder("code", _("the code"), "2XHK7P", True),)),
    Mail("password_reset_key", _("The link to a new password"), (NEW_PASSWORD,)),
    Mail("password_changed", _("The password was changed")),
    Mail("password_set", _("A password was set")),
    Mail("email_confirm", _("An address was confirmed")),
    Mail(
        "email_changed",
        _("The address of an account was changed"),
        (
            Placeholder("old_email", _("the address before"), "amina@example.org"),
            Placeholder("new_email", _("the address now"), "amina@example.com"),
        ),
    ),
    Mail("email_deleted", _("An address was removed"), (EMAIL,)),
    Mail("totp_activated", _("An authenticator app was set up")),
    Mail("totp_deactivated", _("An authenticator app was removed")),
    Mail("recovery_codes_generated", _("New recovery codes were made")),
    Mail("account_connected", _("Another way to sign in"), (PROVIDER,)),
    Mail("account_disconnected", _("Another way to sign in was removed"), (PROVIDER,)),
)
OTHER_MAILS = (
    Mail(
        "notice",
        _("News of what somebody follows or wrote, at once"),
        (Placeholder("event", _("what happened, in one sentence"), WHAT_HAPPENED), *NEWS),
    ),
    Mail(
        "weekly",
        _("News of a week"),
        (Placeholder("amount", _("how many pieces of news"), _("3 pieces of news")), *NEWS),
    ),
    Mail(
        "invitation",
        _("Invitation to be co-author"),
        (
            Placeholder("name", _("the name of whoever invites"), "Amina"),
            PROPOSAL,
            Placeholder("code", _("the code"), "7K2M9 QX4TB"),
            link(_("the link to answer"), "invitations/#7K2M9QX4TB"),
            link(_("where the code can be entered"), "invitations/", "address", is_required=False),
            Placeholder("until", _("the last day"), "2027-03-31"),
        ),
    ),
    Mail(
        "reminder",
        _("Reminder that a vote closes soon"),
        (
            BUDGET,
            QUESTION,
            Placeholder("until", _("when the vote closes"), "2027-03-31, 20:00"),
            link(_("the link to vote"), "budgets/green/vote/", "vote"),
            link(_("where one ends the reminders"), "profile/", "profile"),
        ),
    ),
    Mail(
        "guardian_asked",
        _("A parent or guardian is asked to agree"),
        (
            CHILD,
            link(_("the link to answer"), "guardian/"),
            Placeholder("days", _("how long the link works"), _("14 days")),
        ),
    ),
    Mail(
        "guardian_agreed",
        _("A young person hears that their guardian has agreed"),
        (link(_("where one reads the answer"), "profile/age/", is_required=False),),
    ),
    Mail(
        "guardian_refused",
        _("A young person hears that their guardian has not agreed"),
        (link(_("where one names somebody else"), "profile/age/"),),
    ),
    Mail(
        "guardian_thanked",
        _("A parent or guardian has agreed"),
        (CHILD, link(_("the link to take the agreement back"), "guardian/end/")),
    ),
    Mail("event_place", _("A place at an event"), EVENT),
    Mail(
        "event_waiting",
        _("A place on the waiting list of an event"),
        (*EVENT, Placeholder("number", _("the number on the waiting list"), "3")),
    ),
    Mail(
        "contact",
        _("A message from the site, to staff"),
        (
            Placeholder("page", _("the title of the page"), _("Contact")),
            Placeholder("who", _("name, organisation and address of whoever wrote"), "Amina, amina@example.org"),
            Placeholder("message", _("the message"), _("When is the next workshop?"), True, Form.LINES),
        ),
    ),
)
MAILS: dict[str, Mail] = {mail.code: mail for mail in (*ACCOUNT_MAILS, *OTHER_MAILS)}


def key_of(code: str) -> UUID:
    """What the words of a mail have in common in all languages."""
    return uuid5(NAMESPACE_URL, f"urn:osp-budget:mail:{code}")


def mail_choices() -> list[tuple[str, str]]:
    return [(mail.code, mail.title) for mail in MAILS.values()]
