"""All public addresses of the site, for front ends that build their pages ahead or tell search engines of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page, Site

from api.errors import InvalidQuery
from api.views import PublicViewSet
from cms_pages.models import BudgetPage
from cms_pages.visibility import public
from participation.locales import active_languages
from participation.models import Budget, Project, Proposal

Address = dict[str, Any]


class AlternateOutput(serializers.Serializer):
    language = serializers.CharField()
    path = serializers.CharField()


class AddressOutput(AlternateOutput):
    """One address of the site."""

    changed_at = serializers.DateTimeField(allow_null=True, help_text="Null where nothing keeps the moment.")
    alternates = AlternateOutput(many=True, help_text="The same in each of its languages, this one among them.")


def alternates_by_reverse(name: str, *words: object, languages: Iterable[str]) -> list[dict[str, str]]:
    found = []
    for language in languages:
        with override(language):
            found.append({"language": language, "path": reverse(name, args=words)})
    return found


def address(alternates: list[dict[str, str]], changed_at: datetime | None = None) -> Address:
    return {**alternates[0], "changed_at": changed_at, "alternates": alternates}


def pages(request: Request) -> QuerySet:
    """Pages of the CMS, each in each of its languages. Those of budgets stand at the budgets' addresses."""
    site = Site.find_for_request(request)
    below = Q(pk=None)
    for root in site.root_page.get_translations(inclusive=True) if site else ():
        below |= Q(path__startswith=root.path)
    return public(Page.objects.filter(below)).not_type(BudgetPage).order_by("path")


def addresses_of_pages(rows: list[Page], request: Request) -> list[Address]:
    families = defaultdict(list)
    for page in pages(request).filter(translation_key__in={row.translation_key for row in rows}).order_by("pk"):
        said = {"language": page.locale.language_code, "path": page.get_url(request)}
        families[page.translation_key].append(said)
    return [
        {
            "language": row.locale.language_code,
            "path": row.get_url(request),
            "changed_at": row.last_published_at,
            "alternates": families[row.translation_key],
        }
        for row in rows
    ]


def budgets(request: Request) -> QuerySet:
    return Budget.objects.public().order_by("pk")


def addresses_of_budgets(rows: list[Budget], request: Request) -> list[Address]:
    languages = active_languages()
    return [address(alternates_by_reverse("budget", row.slug, languages=languages)) for row in rows]


def projects(request: Request) -> QuerySet:
    return Project.objects.public().select_related("budget").order_by("pk")


def addresses_of_projects(rows: list[Project], request: Request) -> list[Address]:
    languages = active_languages()
    named = (("project", row.budget.slug, row.public_number) for row in rows)
    return [address(alternates_by_reverse(*words, languages=languages)) for words in named]


def proposals(request: Request) -> QuerySet:
    return Proposal.objects.public().select_related("budget").order_by("pk")


def addresses_of_proposals(rows: list[Proposal], request: Request) -> list[Address]:
    """Each in the language it was written in, where the town has that one."""
    offered = active_languages()
    found = []
    for row in rows:
        language = row.language if row.language in offered else offered[0]
        words = (row.budget.slug, row.public_number)
        found.append(address(alternates_by_reverse("proposal", *words, languages=[language]), row.saved_at))
    return found


KINDS: dict[str, tuple[Callable[[Request], QuerySet], Callable[[list, Request], list[Address]]]] = {
    "pages": (pages, addresses_of_pages),
    "budgets": (budgets, addresses_of_budgets),
    "projects": (projects, addresses_of_projects),
    "proposals": (proposals, addresses_of_proposals),
}


class SitemapViewSet(PublicViewSet):
    serializer_class = AddressOutput
    extra_parameters = frozenset({"kind"})
    queryset = Page.objects.none()

    @extend_schema(parameters=[OpenApiParameter("kind", str, enum=list(KINDS), required=True)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The public addresses of one kind, in the order in which they came to be; pages in that of the tree."""
        kind = request.query_params.get("kind")
        if kind not in KINDS:
            raise InvalidQuery("kind", "invalid", f"Say which kind: {', '.join(KINDS)}.")
        of_kind, addresses = KINDS[kind]
        rows = addresses(self.paginate_queryset(of_kind(request)), request)
        return self.get_paginated_response(AddressOutput(rows, many=True).data)
