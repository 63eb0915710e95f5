"""Proposals as everybody sees them: the list, one of them, the same as files, and photos."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend_templates.discussion.access import shown_to
from frontend_templates.discussion.threads import latest
from frontend_templates.districts import has_map
from frontend_templates.paging import LongPaginator
from frontend_templates.proposal_filters import ProposalFilters
from frontend_templates.proposing.access import budget_for_proposals, seen_proposal
from frontend_templates.views.downloads import attached
from frontend_templates.voting.identity import person_of
from participation.choices import DecisionOnWords, ProposalStatus
from participation.eligibility import (
    leads,
    refusal_to_edit,
    refusal_to_enter_sheet,
    refusal_to_propose,
    refusal_to_support,
    refusal_to_withdraw,
)
from participation.exports import proposals_csv, proposals_geojson
from participation.models import Person, Proposal, ProposalDocument, ProposalPhoto, ProposalVersion
from participation.models.proposal import give_categories
from participation.refusals import Refusal
from participation.standing import NOBODY, standing_of, standings_of

PAGE_SIZE, NEWEST = 24, 50
SIZES = ("large", "small")
PHOTO_SECONDS = 300


@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_for_proposals(slug)
    filters = ProposalFilters(request.GET, budget)
    shown = budget.proposals.annotate(first_photo=ProposalPhoto.first_of_each())
    page = LongPaginator(filters.long_list(shown), PAGE_SIZE).get_page(request.GET.get("page"))
    give_categories(list(page))
    context = {
        "budget": budget,
        "filters": filters,
        "page": page,
        "address": filters.address(without=("page",)),
        "takes_proposals": refusal_to_propose(budget, NOBODY, timezone.now()) is Refusal.NOT_SIGNED_IN,
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
    }
    return render(request, "participation/proposals/list.html", context)


@require_safe
def proposal_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everybody sees what is public; its author and moderators see theirs before and after that."""
    person, at = person_of(request), timezone.now()
    proposal = seen_proposal(slug, number, person)
    standing = standings_of(person, [proposal.budget_id], counting=False).get(proposal.budget_id, NOBODY)
    is_own = person is not None and proposal.author_id == person.pk
    discussion = shown_to(person, proposal)
    support_refusal = refusal_to_support(proposal, standing, at)
    context = {
        **discussion,
        "comments": latest(proposal, person),
        "comments_refusal": discussion["refusal"],
        "versions": versions_shown(proposal, person, moderates=standing.moderates),
        "support_refusal": support_refusal,
        "can_support": support_refusal in {None, Refusal.NOT_SIGNED_IN},
        "supports": proposal.pk in standing.supported,
        "is_own": is_own,
        "is_co_author": not is_own and proposal.is_written_by(person),
        "can_edit": refusal_to_edit(proposal, standing, at) is None,
        "can_withdraw": refusal_to_withdraw(proposal, standing, at) is None,
        "moderates": standing.moderates,
        "enters_sheets": person is not None and refusal_to_enter_sheet(proposal, person, at) is None,
        "leads": standing.moderates and leads(person, proposal.budget),
        **map_of(proposal),
        "why_hidden": why_hidden(proposal),
        "merged_from": proposal.merged_from.public().select_related("author", "group") if proposal.took_others else [],
    }
    return render(request, "participation/proposals/page.html", context)


def why_hidden(proposal: Proposal) -> str:
    """In the language of the reader, where it is a reason of the list."""
    if proposal.status != ProposalStatus.HIDDEN:
        return ""
    decision = proposal.decisions.filter(kind=DecisionOnWords.HIDE, undone_at=None).order_by("-pk").first()
    return decision.because if decision else proposal.hidden_because


def map_of(proposal: Proposal) -> dict[str, object]:
    """For a proposal with a point, where something can be drawn around it."""
    if proposal.latitude is None or not has_map(proposal.budget):
        return {}
    return {"has_map": True, "tile_url": settings.TILE_URL, "tile_attribution": settings.TILE_ATTRIBUTION}


def versions_shown(proposal: Proposal, person: Person | None, *, moderates: bool) -> list[ProposalVersion]:
    """None where there is one alone: a history begins with the second."""
    return list(proposal.versions_seen_by(person, moderates=moderates)) if proposal.was_changed else []


@require_safe
def versions(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What it said before, with its photos and documents of then, to whoever may read that."""
    person = person_of(request)
    proposal = seen_proposal(slug, number, person)
    standing = standing_of(person, proposal.budget)
    shown = list(proposal.versions_seen_by(person, moderates=standing.moderates))
    if not shown:
        raise Http404
    there = {str(one.uuid): one for one in (*proposal.photos.all(), *proposal.documents.all())}
    history = [
        {"version": one, "files": [{**file, "there": there.get(file["uuid"])} for file in one.files]} for one in shown
    ]
    context = {"budget": proposal.budget, "proposal": proposal, "history": history[::-1]}
    return render(request, "participation/proposals/versions.html", context)


def address_in(request: HttpRequest, slug: str) -> Callable[[Proposal], str]:
    """Whole addresses, built from one that Django made."""
    start = request.build_absolute_uri(reverse("proposals", args=[slug]))
    return lambda proposal: f"{start}{proposal.public_number}/"


@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    found = ProposalFilters(request.GET, budget_for_proposals(slug)).apply()
    return attached(proposals_csv.lines(found, address_in(request, slug)), "text/csv", f"{slug}-proposals.csv")


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    found = ProposalFilters(request.GET, budget_for_proposals(slug)).apply()
    pieces = proposals_geojson.pieces(found, address_in(request, slug))
    return StreamingHttpResponse(pieces, content_type="application/geo+json")


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The first fifty of the same list, the newest unless another order is asked for."""
    budget = budget_for_proposals(slug)
    filters, address_of = ProposalFilters(request.GET, budget), address_in(request, slug)
    rss = Rss201rev2Feed(
        title=_("Proposals of %(budget)s") % {"budget": budget},
        link=request.build_absolute_uri(reverse("proposals", args=[slug])),
        description=_("What people propose, as it comes in."),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in filters.long_list(budget.proposals.select_related("author", "group")).between(0, NEWEST):
        address = address_of(one)
        rss.add_item(one.title, address, one.what_and_why, pubdate=one.published_at, unique_id=address)
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@require_safe
def photo(request: HttpRequest, slug: str, uuid: UUID, size: str) -> HttpResponse:
    """A file of a photo, for whoever may see the proposal."""
    photos = ProposalPhoto.objects.select_related("proposal__budget")
    found = get_object_or_404(photos, uuid=uuid, proposal__budget__slug=slug)
    if size not in SIZES or not (found.proposal.is_public or may_see(request, found.proposal)):
        raise Http404
    response = FileResponse(getattr(found, size).open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={PHOTO_SECONDS}" if found.proposal.is_public else "no-store"
    return response


@require_safe
def document(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """A PDF to keep, never to show inside the site, for whoever may see the proposal."""
    rows = ProposalDocument.objects.select_related("proposal__budget")
    found = get_object_or_404(rows, uuid=uuid, proposal__budget__slug=slug)
    if not (found.proposal.is_public or may_see(request, found.proposal)):
        raise Http404
    name = f"{slugify(found.title)[:60] or 'document'}.pdf"
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = f"public, max-age={PHOTO_SECONDS}" if found.proposal.is_public else "no-store"
    return response


def may_see(request: HttpRequest, proposal: Proposal) -> bool:
    person = person_of(request)
    return person is not None and proposal.is_seen_by(person, moderates=standing_of(person, proposal.budget).moderates)
