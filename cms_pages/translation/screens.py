"""The translators' list, and what is done from there: one file for all, and many works at once."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Locale

from cms_pages.translation import doing, po_file
from cms_pages.translation.access import SUBMIT, Allowed
from cms_pages.translation.po_file import FaultyFile, Known
from cms_pages.translation.works import OPEN, Catalogue, State, Work, percent_of

ROWS = 50
# Translators: in a list to choose from: all kinds, all states.
ALL = pgettext_lazy("filter of the translators", "All")
UNTRANSLATED = "open"


class FilterForm(forms.Form):
    """What means nothing is passed over: a list is always shown."""

    locale = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", ALL), (UNTRANSLATED, gettext_lazy("Untranslated or outdated")), *State.choices],
    )

    def __init__(self, query, catalogue: Catalogue) -> None:
        super().__init__(query, auto_id="filter-%s")
        self.catalogue = catalogue
        self.fields["locale"].choices = [(one.language_code, one.get_display_name()) for one in catalogue.locales]
        self.locale = chosen_locale(query.get("locale", ""), catalogue.locales)
        self.works = catalogue.works(self.locale) if self.locale else []
        kinds = sorted({(work.kind, work.kind_name) for work in self.works}, key=lambda one: one[1])
        self.fields["kind"].choices = [("", ALL), *kinds]
        if self.locale:
            self.initial["locale"] = self.locale.language_code
        self.is_valid()

    def asked(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    @property
    def shown(self) -> list[Work]:
        kind, state = self.asked("kind"), self.asked("state")
        states = set(OPEN) if state == UNTRANSLATED else {state} if state else set(State)
        return [work for work in self.works if work.state in states and kind in {"", work.kind}]


class ImportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Filled PO file"))
    leave_out_old = forms.BooleanField(
        label=gettext_lazy("Pass over entries whose words the source no longer has"), required=False
    )


def chosen_locale(code: str, locales: list[Locale]) -> Locale | None:
    """The one asked for, else the first that is not the town's own."""
    by_code = {one.language_code: one for one in locales}
    others = [one for one in locales if one.language_code != Locale.get_default().language_code]
    return by_code.get(code) or next(iter(others or locales), None)


def allow(request: HttpRequest) -> None:
    if not request.user.has_perm(SUBMIT):
        raise PermissionDenied


@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    allow(request)
    catalogue = Catalogue(request.user)
    filters = FilterForm(request.GET or {}, catalogue)
    page, allowed = Paginator(filters.shown, ROWS).get_page(request.GET.get("page")), Allowed()
    context = {
        "filters": filters,
        "locale": filters.locale,
        "page": page,
        "rows": [(work, allowed.for_record(work.target or work.record)) for work in page],
        "progress": [(one, percent_of(catalogue.works(one))) for one in catalogue.locales],
        "counts": counts(filters.works),
        "address": f"?{urlencode({name: filters.asked(name) for name in ('kind', 'state')} | here(filters.locale))}",
        "form": ImportForm(),
        "can_export": any(work.may_edit and work.translation for work in filters.works),
    }
    return render(request, "cms_pages/admin/translations.html", context)


def counts(works: list[Work]) -> dict[str, int]:
    """How many each button would touch."""
    return {
        "begin": sum(work.state == State.NOT_BEGUN and work.may_begin for work in works),
        "take_over": sum(work.state == State.OUTDATED and work.may_edit for work in works),
        "publish": sum(work.state == State.READY and work.may_publish for work in works),
    }


def here(locale: Locale | None) -> dict[str, str]:
    return {"locale": locale.language_code} if locale else {}


def works_asked_for(request: HttpRequest) -> tuple[Locale, list[Work]]:
    allow(request)
    catalogue = Catalogue(request.user)
    code = request.GET.get("locale") or request.POST.get("locale", "")
    locale = next((one for one in catalogue.locales if one.language_code == code), None)
    if locale is None:
        raise PermissionDenied
    return locale, catalogue.works(locale)


def back_to(locale: Locale) -> HttpResponse:
    return redirect(f"{reverse('translations')}?{urlencode(here(locale))}")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    locale, works = works_asked_for(request)
    response = HttpResponse(str(po_file.exported(works, locale)), content_type="text/x-gettext-translation")
    response["Content-Disposition"] = f'attachment; filename="translations-{locale.language_code}.po"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    locale, works = works_asked_for(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a PO file to import."))
        return back_to(locale)
    try:
        many = take_in_file(request, form, locale, works)
    except FaultyFile as fault:
        messages.error(request, str(fault))
    else:
        words = ngettext("%(many)s translation taken in.", "%(many)s translations taken in.", many)
        messages.success(request, words % {"many": many})
    return back_to(locale)


def take_in_file(request: HttpRequest, form: ImportForm, locale: Locale, works: list[Work]) -> int:
    po = po_file.read(form.cleaned_data["file"])
    known = Known.of(po_file.translations_in(works), locale)
    places = po_file.places_in_all(po, locale)
    changed = po_file.changes(places, known, leave_out_old=form.cleaned_data["leave_out_old"])
    return po_file.import_changes(actor=request.user, known=known, changed=changed)


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    locale, works = works_asked_for(request)
    what = request.POST.get("do", "")
    if what == "begin":
        many = doing.begin(request.user, works)
        said(request, ngettext("%(many)s translation begun.", "%(many)s translations begun.", many), many)
    elif what == "take_over":
        many = doing.take_over(works)
        said(request, ngettext("%(many)s source taken over.", "%(many)s sources taken over.", many), many)
    elif what == "publish":
        many, failed = doing.publish(request.user, works)
        said(request, ngettext("%(many)s translation published.", "%(many)s translations published.", many), many)
        for title in failed[:5]:
            messages.error(request, _("“%(title)s” could not be published: open it to see why.") % {"title": title})
    return back_to(locale)


def said(request: HttpRequest, words: str, many: int) -> None:
    messages.success(request, words % {"many": many})
