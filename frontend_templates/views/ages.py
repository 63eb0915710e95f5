"""One's age, and the guardian of whoever is young: asked when a budget has a rule on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend_templates.ages import BornForm, GuardianForm, way_back
from frontend_templates.guardians.links import consent_named
from frontend_templates.views.profile import ones_own
from participation.actions.guardians import answer_for, name_guardian, say_born, take_consent_back
from participation.eligibility import OF_AGE, age_on
from participation.models import GuardianConsent
from participation.refusals import ActionRefused

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@ones_own
@READ_AND_WRITE
def own_age(request: HttpRequest) -> HttpResponse:
    """First the date of birth, then, for whoever is under age, a guardian. It leads back to where it was asked."""
    person, at = request.user, timezone.now()
    form = (BornForm if person.born is None else GuardianForm)(request.POST if request.method == "POST" else None)
    is_young = person.born is not None and age_on(person.born, timezone.localdate(at)) < OF_AGE
    if form.is_bound and (person.born is None or is_young) and form.is_valid() and is_kept(request, form, at):
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "person": person,
        "is_young": is_young,
        "asked": GuardianConsent.objects.of(person).first(),
        "back": way_back(request),
    }
    return render(request, "account/age.html", context)


def is_kept(request: HttpRequest, form: BornForm | GuardianForm, at) -> bool:
    [name] = form.fields
    act = say_born if name == "born" else name_guardian
    try:
        act(actor=request.user, at=at, **form.cleaned_data)
    except ActionRefused as refused:
        form.add_error(name, refused.refusal.label)
        return False
    return True


@READ_AND_WRITE
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """For a guardian, without signing in: the link says who it is about, and works once."""
    consent = consent_named("guardian", token)
    if consent is None or not consent.can_be_answered(timezone.now()):
        return told(request, "participation/guardians/over.html", {}, status=410)
    answer = request.POST.get("answer")
    if request.method != "POST" or answer not in {"yes", "no"}:
        text = f"participation/guardians/consent_{consent.text_version}.html"
        return told(request, "participation/guardians/ask.html", {"person": consent.person, "text": text})
    try:
        answer_for(consent=consent, agrees=answer == "yes", at=timezone.now())
    except ActionRefused:
        return told(request, "participation/guardians/over.html", {}, status=410)
    return told(request, "participation/guardians/answered.html", {"agrees": answer == "yes"})


@READ_AND_WRITE
def guardian_end(request: HttpRequest, token: str) -> HttpResponse:
    """For a guardian who takes a yes back."""
    consent = consent_named("guardian_end", token)
    if consent is None:
        return told(request, "participation/guardians/over.html", {}, status=410)
    if request.method == "POST":
        take_consent_back(consent=consent, at=timezone.now())
    return told(
        request, "participation/guardians/end.html", {"person": consent.person, "done": request.method == "POST"}
    )


def told(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
