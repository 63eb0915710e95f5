"""Writing to the town, and signing up for events."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from cms_pages.actions.messages import keep_message, tell_staff
from cms_pages.actions.sign_ups import Standing, cancel, sign_up, standing
from cms_pages.feeds import calendar_text
from cms_pages.mails.writing import mail_to
from cms_pages.models import EventPage, EventSignUp
from cms_pages.models.content import FormPage
from frontend_templates.proposing.pages import READ_AND_WRITE, sent
from frontend_templates.sending_rates import count_sending
from frontend_templates.writing import ContactForm, SignUpForm
from participation.money import format_number
from participation.refusals import ActionRefused

logger = logging.getLogger(__name__)
MOST_MESSAGES, MOST_SIGN_UPS = 5, 20
signer = Signer(salt="place at an event", sep=".")


@never_cache
@READ_AND_WRITE
def contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form of a page that takes messages, whatever its language."""
    page = page_here(key)
    if not isinstance(page, FormPage) or not page.has_form:
        raise Http404
    form, at = ContactForm(sent(request), person=request.user), timezone.now()
    try:
        if request.method == "POST" and form.is_valid():
            count_sending(request, "messages", MOST_MESSAGES)
            said = {name: form.cleaned_data[name] for name in ("name", "email", "organisation", "words")}
            message = keep_message(page=page, language=get_language(), at=at, **said)
            safely(tell_staff, message, page.recipient)
            return render(request, "cms_pages/written.html", {"page": page})
    except ActionRefused as refused:
        return said_no(request, page, refused)
    return render(request, "cms_pages/contact.html", {"page": page, "form": form})


@never_cache
@READ_AND_WRITE
def event_sign_up(request: HttpRequest, key: UUID) -> HttpResponse:
    event, at = event_here(key), timezone.now()
    form = SignUpForm(sent(request), person=request.user)
    try:
        if request.method == "POST" and form.is_valid():
            count_sending(request, "sign-ups", MOST_SIGN_UPS)
            said = {name: form.cleaned_data[name] for name in ("name", "email", "needs")}
            done = sign_up(event=event, language=get_language(), at=at, **said)
            safely(tell_how_it_stands, event, done)
            return render(request, "cms_pages/signed_up.html", {"page": event, "standing": done})
    except ActionRefused as refused:
        return said_no(request, event, refused)
    if not event.takes_sign_ups(at):
        raise Http404
    return render(request, "cms_pages/sign_up.html", {"page": event, "form": form})


@never_cache
@READ_AND_WRITE
def event_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of the mail: a GET only asks, so that no program that looks at links gives a place away."""
    made = sign_up_named(token)
    event = event_here(made.event)
    if request.method == "POST":
        if moved_up := cancel(event=event, made=made):
            safely(tell_how_it_stands, event, standing(event, moved_up))
        return render(request, "cms_pages/sign_up_cancelled.html", {"page": event})
    return render(request, "cms_pages/sign_up_cancel.html", {"page": event})


def page_here(key: UUID) -> Page:
    """The public page with this translation key, in the language now active, else in any. Raises Http404."""
    pages = Page.objects.live().public().filter(translation_key=key).select_related("locale")
    found = sorted(pages, key=lambda page: (page.locale.language_code != get_language(), page.pk))
    if not found:
        raise Http404
    return found[0].specific


def event_here(key: UUID) -> EventPage:
    page = page_here(key)
    if not isinstance(page, EventPage):
        raise Http404
    return page


def sign_up_named(token: str) -> EventSignUp:
    try:
        return get_object_or_404(EventSignUp, uuid=signer.unsign(token))
    except BadSignature:
        raise Http404 from None


def said_no(request: HttpRequest, page: Page, refused: ActionRefused) -> HttpResponse:
    return render(request, "cms_pages/writing_refused.html", {"page": page, "words": refused.refusal.label}, status=409)


def tell_how_it_stands(event: EventPage, stands: Standing) -> None:
    """A mail in the language of whoever signed up, with the calendar file and the link to cancel."""
    made = stands.sign_up
    with override(made.language):
        values = {
            "event": event.title,
            "when": date_format(timezone.localtime(event.starts_at), "DATETIME_FORMAT"),
            "where": ", ".join(filter(None, (event.place, event.address))),
            "cancel": settings.SITE_ADDRESS + reverse("event_cancel", args=[signer.sign(made.uuid.hex)]),
            "number": format_number(stands.waits_as or 0),
        }
        mail = mail_to(made.email, "event_place" if stands.has_place else "event_waiting", values)
    mail.attach("event.ics", calendar_text([event]), "text/calendar")
    mail.send()


def safely(tell, *about) -> None:
    """What was kept stands, whether or not a mail could be sent about it."""
    try:
        tell(*about)
    except (SMTPException, OSError):
        logger.warning("A mail about what somebody wrote on a page could not be sent")
