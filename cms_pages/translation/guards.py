"""Routes of the translation tool that ask too little of who calls them, or of what is sent: here they ask."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation, snippets_api, submit_translations, update_translations

from cms_pages.machines.failures import MachineFailed
from cms_pages.translation import po_file
from cms_pages.translation.access import Access, permission_to
from cms_pages.translation.po_file import FaultyFile, Known
from cms_pages.translation.timing import is_settled, keep_time, pages_with_an_hour

View = Callable[..., HttpResponse]
submit_page: View = submit_translations.SubmitPageTranslationView.as_view()
submit_snippet: View = submit_translations.SubmitSnippetTranslationView.as_view()
update: View = update_translations.UpdateTranslationsView.as_view()
list_snippets: View = snippets_api.SnippetViewSet.as_view({"get": "list"})
one_snippet: View = snippets_api.SnippetViewSet.as_view({"get": "retrieve"})


def back(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("translations"))


def page_submission(request: HttpRequest, page_id: int) -> HttpResponse:
    """For whoever may write the page. Others begin from the list, in their own languages alone."""
    if not get_object_or_404(Page, pk=page_id).permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return submit_page(request, page_id=page_id)


def snippet_submission(request: HttpRequest, app_label: str, model_name: str, pk: str) -> HttpResponse:
    if not request.user.has_perm(permission_to("change", get_snippet_model_from_url_params(app_label, model_name))):
        raise PermissionDenied
    return submit_snippet(request, app_label=app_label, model_name=model_name, pk=pk)


def update_of_all(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """It writes into every language, and may publish there: only for whoever may do so in each."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    targets = [one.get_target_instance() for one in source.translations.filter(enabled=True)]
    access = Access(request.user)
    may = access.may_publish if "publish_translations" in request.POST else access.may_edit
    if not access.may_edit(source.get_source_instance()) or not all(may(target) for target in targets):
        raise PermissionDenied
    try:
        return update(request, translation_source_id=translation_source_id)
    except MachineFailed as failure:
        messages.error(request, str(failure))
    return back(request)


def publication(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before the tool's own editor publishes a translation: not before its source is public, nor earlier."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    named = {"source__object_id": page.translation_key, "target_locale": page.locale_id, "enabled": True}
    translation = Translation.objects.select_related("source").filter(**named).first()
    if translation is None or not page.permissions_for_user(request.user).can_publish():
        return None
    source = translation.source.get_source_instance()
    if not is_settled(source, pages_with_an_hour()):
        messages.error(request, _("What this translates is not published: approve that first."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    keep_time(page, source)
    return None


def conversion(request: HttpRequest, page_id: int) -> HttpResponse:
    """It puts the source's words before readers in place of the translation's."""
    if not get_object_or_404(Page, pk=page_id).permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert.convert_to_alias(request, page_id)


def names_of_snippets(request: HttpRequest, app_label: str, model_name: str, pk: str | None = None) -> HttpResponse:
    model = get_snippet_model_from_url_params(app_label, model_name)
    if not any(request.user.has_perm(permission_to(verb, model)) for verb in ("view", "add", "change", "delete")):
        raise PermissionDenied
    named = {"app_label": app_label, "model_name": model_name}
    return one_snippet(request, **named, pk=pk) if pk else list_snippets(request, **named)


def report(request: HttpRequest) -> HttpResponse:
    """The tool's own report names everything to everybody."""
    return redirect("translations")


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A file for one page or snippet, as strictly as one for all."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    if not edit_translation.user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    try:
        po = po_file.read(request.FILES.get("file"))
        known = Known.of([translation], translation.target_locale)
        changed = po_file.changes(po_file.places_in_one(po, translation), known)
        po_file.import_changes(actor=request.user, known=known, changed=changed)
    except FaultyFile as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The translations are taken in."))
    return back(request)


@require_POST
def by_machine(request: HttpRequest, translation_id: int) -> HttpResponse:
    """What the machine does not answer in time, or at all, changes nothing."""
    try:
        return edit_translation.machine_translate(request, translation_id)
    except MachineFailed as failure:
        messages.error(request, str(failure))
    return back(request)
