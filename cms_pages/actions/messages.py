"""Messages that people write on pages of the town."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from cms_pages.mails.writing import mail_to
from cms_pages.models import ContactMessage
from cms_pages.models.content import FormPage


def keep_message(
    *, page: FormPage, name: str, email: str, organisation: str, words: str, language: str, at: datetime
) -> ContactMessage:
    return ContactMessage.objects.create(
        page=page.translation_key,
        page_title=page.title,
        at=at,
        name=name,
        organisation=organisation,
        email=email,
        words=words,
        language=language,
    )


def tell_staff(message: ContactMessage, recipient: str) -> None:
    """By mail, in the town's language; an answer goes to whoever wrote. Raises what the mail server raises."""
    with override(settings.LANGUAGE_CODE):
        who = ", ".join(filter(None, (message.name, message.organisation, message.email)))
        values = {"page": message.page_title, "who": who, "message": message.words}
        mail_to(recipient, "contact", values, reply_to=[message.email]).send()


def erase_messages(at: datetime, kept: timedelta) -> int:
    return ContactMessage.objects.filter(at__lt=at - kept).delete()[0]
