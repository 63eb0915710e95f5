"""The body of a page: its blocks in order, those of a kind that belong together in one group."""

import json
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from cms_pages.menus import address_here, translated
from frontend_templates.budget_facts import budget_facts, home_facts
from participation.choices import ProposalStatus
from participation.models import Budget, Proposal, ProposalPhoto
from participation.models.proposal import give_categories

register = template.Library()
GROUPED = frozenset({"accordion", "card", "document", "figure", "person", "place"})
# What a `<script>` of data must not hold, as JSON may write it instead.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
NEWEST_PROPOSALS = 3


@dataclass(frozen=True)
class Run:
    """Blocks of one kind that follow each other. `heading` is the level of the titles in them: h2, or h3 below one."""

    kind: str
    blocks: list[StreamValue.StreamChild]
    heading: str

    @property
    def template(self) -> str:
        return f"cms_pages/runs/{self.kind if self.kind in GROUPED else 'single'}.html"


@register.simple_tag(takes_context=True)
def runs_of(context: RequestContext, body: StreamValue) -> list[Run]:
    """The body in its runs. All pages that its blocks lead to are asked for at once."""
    values = [block.value for block in body]
    pages_here(context, [value["page"] for value in values if isinstance(value, StructValue) and "page" in value])
    return runs(body)


def runs(body: StreamValue) -> list[Run]:
    found, heading = [], "h2"
    for kind, blocks in groupby(body, key=lambda block: block.block_type):
        found.append(Run(kind, list(blocks), heading))
        heading = "h3" if kind == "heading" else heading
    return found


@register.simple_tag(takes_context=True)
def address_of(context: RequestContext, page: Page | None) -> str:
    """Where the reader sees a page in their language; empty for one that is gone or not public."""
    found = pages_here(context, [page]).get(page.translation_key) if page else None
    return address_here(found, context["request"]) if found else ""


def pages_here(context: RequestContext, pages: list[Page | None]) -> dict[UUID, Page | None]:
    """By their translation keys, each asked for once in a request."""
    known = context["request"].__dict__.setdefault("_pages_of_links", {})
    unknown = [page for page in pages if page and page.translation_key not in known]
    known.update(dict.fromkeys(page.translation_key for page in unknown))
    known.update(translated(unknown))
    return known


@register.filter
def host_of(address: str) -> str:
    """Whose address it is, without the rest."""
    return urlsplit(address).hostname or address


@register.filter
def holds(body: StreamValue | None, kind: str) -> bool:
    return any(block.block_type == kind for block in body or ())


@register.simple_tag(takes_context=True)
def facts_of(context: RequestContext, budget: Budget | None) -> dict[str, object]:
    """What a live block knows of its budget, or of the one that is running; empty for one that is not public.

    Asked for once in a request, however many blocks speak of it.
    """
    request: HttpRequest = context["request"]
    known = request.__dict__.setdefault("_facts_of_budgets", {})
    key = budget and budget.pk
    if key not in known:
        known[key] = public_facts(budget)
    return known[key]


def public_facts(budget: Budget | None) -> dict[str, object]:
    at = timezone.now()
    if budget is None:
        return home_facts(at)
    found = Budget.objects.public().with_texts().with_phases().filter(pk=budget.pk).first()
    return budget_facts(found, at) if found else {}


@register.simple_tag
def newest_proposals(budget: Budget) -> list[Proposal]:
    published = budget.proposals.filter(status=ProposalStatus.PUBLISHED).select_related("budget")
    found = list(
        published.annotate(first_photo=ProposalPhoto.first_of_each()).order_by("-published_at", "-pk")[
            :NEWEST_PROPOSALS
        ]
    )
    give_categories(found)
    return found


@register.simple_tag(takes_context=True)
def structured_data(context: RequestContext) -> SafeString:
    """What the page tells search engines. Data, not a program: no policy of scripts speaks of it."""
    data = context["page"].structured_data(context["request"])
    if not data:
        return SafeString("")
    words = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{words}</script>')
