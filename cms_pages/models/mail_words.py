from csp.decorators import csp_update
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms_pages.admin.mail_form import MailWordsForm
from cms_pages.mails.faults import faults_in
from cms_pages.mails.letter import letter
from cms_pages.mails.registry import MAILS, Mail, key_of, mail_choices

LONGEST_SUBJECT, LONGEST_BODY = 150, 5_000


class MailWordsQuerySet(models.QuerySet):
    def spoken(self, mail: Mail) -> "MailWords | None":
        """What staff wrote for the mail in the language now active. Drafts do not count."""
        return self.filter(mail=mail.code, live=True, locale__language_code=get_language()).first()


class MailWords(DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin):
    """The town's own words of one mail in one language, in place of those that come with the software."""

    mail = models.CharField(_("mail"), max_length=40, choices=mail_choices)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    body = models.TextField(
        _("text"), max_length=LONGEST_BODY, help_text=_("Plain text. An empty line begins a new paragraph.")
    )

    objects = MailWordsQuerySet.as_manager()
    base_form_class = MailWordsForm
    override_translatable_fields = [
        SynchronizedField("mail"),
        TranslatableField("subject"),
        TranslatableField("body"),
    ]
    panels = [
        FieldPanel("mail"),
        FieldPanel("subject"),
        FieldPanel("body"),
        HelpPanel(heading=_("Placeholders"), template="cms_pages/admin/mail_placeholders_panel.html"),
    ]
    preview_modes = [("html", _("With HTML")), ("text", _("Plain text"))]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("words of a mail"), _("words of mails")

    def __str__(self) -> str:
        return str(MAILS[self.mail].title) if self.mail in MAILS else self.mail

    def save(self, *args, **kwargs) -> None:
        """Words of one mail are each other's translations, whoever wrote them first; once in each language."""
        self.translation_key = key_of(self.mail)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.mail not in MAILS:
            return
        if self.others().exists():
            said = _("This mail has words in this language already: change those.")
            raise ValidationError({"mail": ValidationError(said, code="unique")})
        if faults := faults_in(MAILS[self.mail], self.subject, self.body):
            raise ValidationError(faults)

    def others(self) -> models.QuerySet:
        """The same mail's words in the same language, but for these."""
        return MailWords.objects.filter(mail=self.mail, locale=self.locale).exclude(pk=self.pk)

    @property
    def placeholders(self) -> tuple:
        return MAILS[self.mail].placeholders if self.mail in MAILS else ()

    @csp_update({"style-src": ["'unsafe-inline'"]})
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The mail with example data, as its reader would see it."""
        if self.mail not in MAILS:
            return HttpResponse(_("Choose a mail first."))
        mail = MAILS[self.mail]
        with override(self.locale.language_code):
            shown = letter(mail, (self.subject, self.body), mail.examples())
            if mode_name == "text":
                return TemplateResponse(request, "cms_pages/admin/mail_as_text.html", {"letter": shown}).render()
        return HttpResponse(shown.html)
