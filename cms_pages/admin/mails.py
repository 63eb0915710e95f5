"""The staff's screens of the words of mails: the list of all, and the form that begins with the words as they are."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale
from wagtail.snippets.views.snippets import CreateView, PreviewOnCreateView, SnippetViewSet

from cms_pages.mails.registry import MAILS, Mail
from cms_pages.models import MailWords
from participation.locales import active_languages

PERMISSION = "cms_pages.change_mailwords"


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    written = {(one.mail, one.locale.language_code): one for one in MailWords.objects.select_related("locale")}
    languages = [{"code": code, "name": get_language_info(code)["name_local"]} for code in active_languages()]
    rows = [
        (mail, [cell(mail, one["code"], one["name"], written.get((code, one["code"]))) for one in languages])
        for code, mail in MAILS.items()
    ]
    return render(request, "cms_pages/admin/mails.html", {"rows": rows, "languages": languages})


def cell(mail: Mail, language: str, name: str, words: MailWords | None) -> dict[str, str]:
    """One mail in one language: whose words stand, and where they are written."""
    if words is None:
        query = urlencode({"locale": language, "mail": mail.code})
        address, state = f"{reverse(viewset.get_url_name('add'))}?{query}", _("As it comes")
    else:
        address = reverse(viewset.get_url_name("edit"), args=[words.pk])
        state = _("Own words") if words.live else _("Own words, a draft")
    return {"address": address, "state": state, "language": name}


class WriteView(CreateView):
    """Begins with the words that stand now, in the language they are to be written in."""

    def get_initial_form_instance(self) -> MailWords:
        words = super().get_initial_form_instance() or MailWords(locale=Locale.get_default())
        if (mail := MAILS.get(self.request.GET.get("mail", ""))) is not None:
            words.mail = mail.code
            with override(words.locale.language_code):
                words.subject, words.body = mail.default()
        return words

    def get_preview_url(self) -> str:
        """With the language, which is no field of the form."""
        return self._set_locale_query_param(super().get_preview_url())


class PreviewOfNew(PreviewOnCreateView):
    def get_object(self) -> MailWords:
        language = self.request.GET.get("locale", "")
        return MailWords(locale=Locale.objects.filter(language_code=language).first() or Locale.get_default())


class MailWordsViewSet(SnippetViewSet):
    model = MailWords
    add_view_class = WriteView
    preview_on_add_view_class = PreviewOfNew
    copy_view_enabled = False
    icon = "mail"
    list_display = ["__str__", "subject", "live"]
    list_filter = ["mail"]


viewset = MailWordsViewSet()
