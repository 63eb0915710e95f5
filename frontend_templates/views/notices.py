"""A person's inbox, what they follow, and how often they hear of it by mail."""

from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from frontend_templates.discussion.access import discussed
from frontend_templates.notices.forms import AnswerForm, FollowForm, MailsForm
from frontend_templates.notices.pages import for_oneself
from frontend_templates.notices.unsubscribing import person_named
from frontend_templates.notices.words import address
from frontend_templates.paging import CountingPaginator
from frontend_templates.proposing.access import budget_for_proposals
from frontend_templates.proposing.pages import for_the_signed_in, sent
from frontend_templates.proposing.steps import as_key
from participation.actions.decisions import answer_decision
from participation.actions.follows import choose_mails, follow, stop_following
from participation.actions.mails import mark_read
from participation.choices import Mails
from participation.eligibility import refusal_to_answer
from participation.models import Follow, Notification

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
ROWS = 30


@for_oneself
@READ_AND_WRITE
def inbox(request: HttpRequest) -> HttpResponse:
    own = Notification.objects.filter(person=request.user)
    if request.method == "POST":
        return marked(request, own)
    shown = own.with_everything().order_by("-at", "-pk")
    page = CountingPaginator(shown, ROWS).get_page(request.GET.get("page"))
    return render(request, "participation/notices/inbox.html", {"page": page, "unread": own.unread().count()})


def marked(request: HttpRequest, own) -> HttpResponse:
    do, at = request.POST.get("do", ""), timezone.now()
    if do == "all":
        mark_read(actor=request.user, notifications=None, at=at)
        return redirect("inbox")
    notice = get_object_or_404(own.with_everything(), uuid=as_key(request.POST.get("notice")))
    if do in {"open", "read", "unread"}:
        mark_read(actor=request.user, notifications=[notice.pk], at=None if do == "unread" else at)
    return redirect(address(notice) if do == "open" else "inbox")


@for_oneself
@READ_AND_WRITE
def notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A decision about one's own words: why, and the one answer to it."""
    own = get_object_or_404(Notification.objects.filter(person=request.user).with_everything(), uuid=uuid)
    if own.decision is None:
        return redirect(address(own))
    form, at = AnswerForm(sent(request)), timezone.now()
    if request.method == "POST" and form.is_valid():
        answer_decision(actor=request.user, decision=own.decision, words=form.cleaned_data["words"], at=at)
        mark_read(actor=request.user, notifications=[own.pk], at=at)
        return redirect("notice", uuid)
    context = {
        "notice": own,
        "decision": own.decision,
        "form": form,
        "may_answer": refusal_to_answer(own.decision, request.user) is None,
    }
    return render(request, "participation/notices/decision.html", context)


@for_oneself
@READ_AND_WRITE
def following(request: HttpRequest) -> HttpResponse:
    own = Follow.objects.filter(person=request.user).order_by("-since", "-pk")
    own = own.select_related("proposal__budget", "budget", "category", "district")
    is_choice = request.POST.get("do") == "mails"
    form = MailsForm(request.POST if is_choice else None, initial={"mails": request.user.mails})
    if is_choice and form.is_valid():
        choose_mails(actor=request.user, mails=Mails(form.cleaned_data["mails"]), at=timezone.now())
        return redirect("following")
    if request.method == "POST" and not is_choice:
        stop(request, own)
        return redirect("following")
    shown = own.prefetch_related("budget__texts", "category__texts")
    return render(request, "participation/notices/following.html", {"follows": shown, "form": form})


def stop(request: HttpRequest, own) -> None:
    number = request.POST.get("follow", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 18
    found = own.filter(pk=int(number)).first() if is_number else None
    if found is not None:
        stop_following(actor=request.user, subject=found.subject, at=timezone.now())


@for_the_signed_in
@READ_AND_WRITE
def follow_budget(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_for_proposals(slug)
    prefetch_related_objects([budget], "texts")
    form = FollowForm(sent(request), budget=budget, person=request.user)
    if request.method == "POST" and form.is_valid():
        wanted, at = set(form.cleaned_data["follow"]), timezone.now()
        for name in sorted(form.before - wanted):
            stop_following(actor=request.user, subject=form.subjects[name], at=at)
        for name in sorted(wanted - form.before):
            follow(actor=request.user, subject=form.subjects[name], at=at)
        return redirect("following")
    return render(request, "participation/notices/follow_budget.html", {"budget": budget, "form": form})


@for_the_signed_in
@READ_AND_WRITE
def follow_proposal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal, at = discussed(slug, number), timezone.now()
    if request.method == "POST":
        if action := {"follow": follow, "stop": stop_following}.get(request.POST.get("do", "")):
            action(actor=request.user, subject=proposal, at=at)
        return redirect("proposal_follow", slug, number)
    follows = Follow.objects.filter(person=request.user, proposal=proposal).exists()
    context = {"budget": proposal.budget, "proposal": proposal, "follows": follows}
    return render(request, "participation/notices/follow_proposal.html", context)


@csrf_exempt
@READ_AND_WRITE
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """For people, in two steps; for mail programs, by one POST. The token alone says who it is."""
    person = person_named(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        choose_mails(actor=person, mails=Mails.NONE, at=timezone.now())
    response = render(request, "participation/notices/unsubscribe.html", {"done": request.method == "POST"})
    response["Cache-Control"] = "no-store"
    return response
