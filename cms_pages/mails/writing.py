"""How the system writes to somebody: by the code of the mail, in the language now active."""

from collections.abc import Mapping

from django.core.mail import EmailMultiAlternatives

from cms_pages.mails.faults import faults_in
from cms_pages.mails.letter import letter
from cms_pages.mails.marks import Value
from cms_pages.mails.registry import MAILS, Mail
from cms_pages.models import MailWords


def mail_to(to: str, code: str, values: Mapping[str, Value], **options) -> EmailMultiAlternatives:
    """Not sent yet. `values` has one for each placeholder of the mail's own; `options` are those of Django's mails."""
    mail = MAILS[code]
    written = letter(mail, words_of(mail), values)
    message = EmailMultiAlternatives(written.subject, written.text, to=[to], **options)
    message.attach_alternative(written.html, "text/html")
    return message


def words_of(mail: Mail) -> tuple[str, str]:
    """Staff's words in this language, else those that come with the software.

    Words that cannot be sent any more, for instance since a placeholder has another name, are passed over.
    """
    own = MailWords.objects.spoken(mail)
    if own is None or faults_in(mail, own.subject, own.body):
        return mail.default()
    return own.subject, own.body
