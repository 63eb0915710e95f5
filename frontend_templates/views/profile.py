"""One's own account: name, language, reminders, sessions, one's data, and the end of it all."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend_templates.profile_forms import EraseForm, ProfileForm
from participation.actions.erasure import erase_account
from participation.actions.people import agree_to_reminders, change_profile, sign_out_everywhere
from participation.actions.personal_data import ask_for_personal_data
from participation.exports.personal_data import opened_file
from participation.models import PersonalDataExport
from participation.refusals import ActionRefused, Refusal

View = Callable[..., HttpResponse]
FIELDS = {Refusal.LANGUAGE_UNKNOWN: "language"}


def ones_own(view: View) -> View:
    """For a view of whoever is signed in: no cache keeps its answer."""

    @login_required
    @wraps(view)
    def answered(request: HttpRequest, **named: object) -> HttpResponse:
        response = view(request, **named)
        response["Cache-Control"] = "no-store"
        return response

    return answered


@ones_own
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and keep(request, form):
        messages.success(request, _("Your profile is kept."))
        return redirect("profile")
    exports = PersonalDataExport.objects.of(request.user)
    days_kept = settings.RETENTION["downloads of personal data"].days
    context = {"form": form, "exports": exports, "days_kept": days_kept}
    return render(request, "account/profile.html", context)


def keep(request: HttpRequest, form: ProfileForm) -> bool:
    """Whether the actions took what was typed."""
    typed, who = form.cleaned_data, {"actor": request.user, "person": request.user, "at": timezone.now()}
    try:
        change_profile(display_name=typed["display_name"], language=typed["language"], **who)
    except ActionRefused as refused:
        form.add_error(FIELDS.get(refused.refusal, "display_name"), str(refused.refusal.label))
        return False
    agree_to_reminders(agrees=typed["reminders"], **who)
    return True


@ones_own
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sign_out_everywhere(actor=request.user, person=request.user, at=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect(f"{reverse('account_login')}?language={get_language()}")


@ones_own
@require_POST
def ask_for_data(request: HttpRequest) -> HttpResponse:
    try:
        ask_for_personal_data(actor=request.user, person=request.user, at=timezone.now())
    except ActionRefused as refused:
        messages.warning(request, str(refused.refusal.label))
    return redirect("profile")


@ones_own
@require_safe
def data(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file of whoever is signed in. That of somebody else is not there."""
    file = opened_file(request.user, uuid)
    if file is None:
        raise Http404
    return FileResponse(file, as_attachment=True, filename="my-data.zip", content_type="application/zip")


@ones_own
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Only just after showing again who one is."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "account/erase.html", {"form": form})
    try:
        erase_account(actor=request.user, person=request.user, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, str(refused.refusal.label))
        return render(request, "account/erase.html", {"form": form}, status=409)
    logout(request)
    return render(request, "account/erased.html")
