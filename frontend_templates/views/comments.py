"""The discussion of a proposal. Its public pages hold links only; each form stands on an address of its own."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend_templates.discussion.access import discussed, public_comment, seen_comment, shown_to
from frontend_templates.discussion.forms import CommentForm, EditForm
from frontend_templates.discussion.threads import Asked, page_of_threads
from frontend_templates.group_forms import chosen_group
from frontend_templates.paging import CountingPaginator
from frontend_templates.proposing.pages import for_the_signed_in, sent
from frontend_templates.proposing.steps import as_key
from frontend_templates.voting.identity import person_of
from participation.actions.comments import comment_on, edit_comment, rate_comment
from participation.actions.proposals import refuse
from participation.choices import CommentState
from participation.eligibility import (
    refusal_to_comment,
    refusal_to_edit_comment,
    refusal_to_rate,
)
from participation.models import Comment, CommentVote
from participation.standing import voice_of

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
NEWEST, REPLIES_ON_A_PAGE = 50, 50
VALUES = {"up": 1, "down": -1, "none": 0}


@require_safe
def comment_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    person, proposal, asked = person_of(request), discussed(slug, number), Asked.of(request.GET)
    context = {
        **shown_to(person, proposal),
        "asked": asked,
        "address": asked.address,
        "page": page_of_threads(proposal, person, asked, request.GET.get("page")),
    }
    return render(request, "participation/discussion/list.html", context)


@require_safe
def thread(request: HttpRequest, slug: str, number: int, uuid: UUID) -> HttpResponse:
    """One comment with all its replies."""
    person, proposal = person_of(request), discussed(slug, number)
    root = seen_comment(proposal, uuid, person)
    if root.root is not None:
        address = reverse("comment_thread", args=[slug, number, root.root.uuid])
        return redirect(f"{address}#comment-{root.uuid}")
    replies = root.thread.seen_by(person).with_everything().in_tree_order()
    page = CountingPaginator(replies, REPLIES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {**shown_to(person, proposal), "root": root, "page": page}
    return render(request, "participation/discussion/thread.html", context)


@require_safe
def feed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The fifty newest, for everybody."""
    proposal = discussed(slug, number)
    address = request.build_absolute_uri(reverse("comments", args=[slug, number]))
    rss = Rss201rev2Feed(
        title=_("Comments on: %(proposal)s") % {"proposal": proposal},
        link=address,
        description=_("What people say about it, as it comes in."),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in proposal.comments.published().with_everything().newest()[:NEWEST]:
        own = f"{address}{one.uuid}/"
        rss.add_item(one.author_name, own, one.body, pubdate=one.posted_at, unique_id=own)
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@for_the_signed_in
@READ_AND_WRITE
def write(request: HttpRequest, slug: str, number: int, uuid: UUID | None = None) -> HttpResponse:
    """A comment on the proposal, or a reply to the comment `uuid`. The key in the form makes one comment of it."""
    proposal, at = discussed(slug, number), timezone.now()
    parent = public_comment(proposal, uuid) if uuid else None
    key = as_key(request.POST.get("key")) or uuid4()
    voice = voice_of(request.user, proposal.budget, at)
    if request.method != "POST":
        refuse(refusal_to_comment(proposal, parent, voice, at))
    form = CommentForm(sent(request), person=request.user, may_be_official=voice.is_official)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        comment = comment_on(
            actor=request.user,
            proposal=proposal,
            parent=parent,
            key=key,
            body=said["body"],
            language=said["language"],
            officially=said.get("officially", False),
            group=chosen_group(request.user, said.get("group", "")),
            at=at,
        )
        return after(request, comment)
    context = {"budget": proposal.budget, "proposal": proposal, "parent": parent, "form": form, "key": key}
    return render(request, "participation/discussion/write.html", context)


def after(request: HttpRequest, comment: Comment) -> HttpResponse:
    if comment.state == CommentState.WAITING:
        messages.success(request, _("A moderator looks at your comment first. Until then only you see it."))
    proposal = comment.proposal
    where = [proposal.budget.slug, proposal.public_number, (comment.root or comment).uuid]
    return redirect(f"{reverse('comment_thread', args=where)}#comment-{comment.uuid}")


@for_the_signed_in
@READ_AND_WRITE
def change(request: HttpRequest, slug: str, number: int, uuid: UUID) -> HttpResponse:
    proposal, at = discussed(slug, number), timezone.now()
    comment = seen_comment(proposal, uuid, request.user)
    refuse(refusal_to_edit_comment(comment, voice_of(request.user, proposal.budget, at), at))
    form = EditForm(sent(request), person=request.user, initial={"body": comment.body})
    if request.method == "POST" and form.is_valid():
        edit_comment(actor=request.user, comment=comment, body=form.cleaned_data["body"], at=at)
        return after(request, comment)
    context = {"budget": proposal.budget, "proposal": proposal, "comment": comment, "form": form}
    return render(request, "participation/discussion/change.html", context)


@for_the_signed_in
@READ_AND_WRITE
def rate(request: HttpRequest, slug: str, number: int, uuid: UUID) -> HttpResponse:
    proposal, at = discussed(slug, number), timezone.now()
    comment = seen_comment(proposal, uuid, request.user)
    if request.method == "POST":
        if (value := VALUES.get(request.POST.get("do", ""))) is not None:
            rate_comment(actor=request.user, comment=comment, value=value, at=at)
        return redirect("comment_rate", slug, number, uuid)
    vote = CommentVote.objects.filter(comment=comment, person=request.user).first()
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "comment": comment,
        "value": vote.value if vote else 0,
        "refusal": refusal_to_rate(comment, voice_of(request.user, proposal.budget, at), at),
    }
    return render(request, "participation/discussion/rate.html", context)
