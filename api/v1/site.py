"""What stands around all pages, search over everything, and drafts for those who have a signed link."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page, Site

from api.errors import InvalidQuery
from api.fields import language
from api.v1.page_bodies import picture, safe_html
from api.v1.pages import PageOutput
from api.views import EVERYWHERE, activate_locale, refuse_strangers
from cms_pages.drafts import draft_named
from cms_pages.menus import chosen_links, marked_links
from cms_pages.models import SiteFrame, SiteLook
from cms_pages.search import found_pages
from cms_pages.sites import look_of
from participation.locales import active_languages
from participation.models import Project
from participation.models.long_list import newest_with_words

MOST_FOUND = 20
LONGEST_QUERY = 100


class LinkOutput(serializers.Serializer):
    words = serializers.CharField()
    address = serializers.CharField(help_text="A path on the site, or a whole address.")


class LanguageOutput(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField(help_text="In that language.")
    is_source = serializers.BooleanField(help_text="Whether pages are written in it first.")


class ThemeOutput(serializers.Serializer):
    brand = serializers.CharField()
    accent = serializers.CharField()
    radius = serializers.ChoiceField(choices=SiteLook.Radius.choices)
    font = serializers.ChoiceField(choices=SiteLook.Font.choices)


class SiteOutput(serializers.Serializer):
    """What stands around every page."""

    name = serializers.CharField()
    languages = LanguageOutput(many=True)
    menu = LinkOutput(many=True)
    footer = LinkOutput(many=True)
    footer_text = serializers.CharField(help_text="Safe HTML; may be empty.")
    notice = serializers.CharField(help_text="What everybody is to read now, as safe HTML; mostly empty.")
    theme = ThemeOutput()
    pictures = serializers.DictField(help_text="By their use: logo, logo_dark, favicon, hero, social_image.")


class Read(APIView):
    """A public resource that is no list of rows."""

    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    known_parameters: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_strangers(request, EVERYWHERE | self.known_parameters)
        if (code := request.query_params.get("locale")) is not None:
            activate_locale(code)


class SiteView(Read):
    @extend_schema(responses=SiteOutput)
    def get(self, request: Request) -> Response:
        """The site's name, menu, footer, notice, languages and look."""
        return Response(site_facts(request, SiteFrame.objects.spoken()))


def site_facts(request: Request, frame: SiteFrame | None) -> dict[str, Any]:
    look, site = look_of(request), Site.find_for_request(request)
    menu = (chosen_links(frame.menu, request) if frame else []) or marked_links(request)
    uses = ("logo", "logo_dark", "favicon", "hero", "social_image")
    return {
        "name": look.name or (site and site.site_name) or settings.WAGTAIL_SITE_NAME,
        "languages": [language_facts(code) for code in active_languages()],
        "menu": [as_link(one) for one in menu],
        "footer": [as_link(one) for one in chosen_links(frame.footer, request)] if frame else [],
        "footer_text": safe_html(frame.footer_text, request) if frame else "",
        "notice": safe_html(frame.notice_at(timezone.now()), request) if frame else "",
        "theme": {name: getattr(look, name) for name in ("brand", "accent", "radius", "font")},
        "pictures": {use: picture(image, request) for use in uses if (image := getattr(look, use))},
    }


def as_link(link: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("words", "address"), link, strict=True))


def language_facts(code: str) -> dict[str, Any]:
    return {"code": code, "name": get_language_info(code)["name_local"], "is_source": code == settings.LANGUAGE_CODE}


class FoundOutput(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["page", "project", "proposal"])
    title = serializers.CharField()
    path = serializers.CharField(help_text="Its address on the site.")
    language = serializers.CharField(allow_null=True)


class SearchOutput(serializers.Serializer):
    """At most twenty of each kind: pages first, then projects, then proposals."""

    results = FoundOutput(many=True)


class SearchView(Read):
    known_parameters = frozenset({"q"})

    @extend_schema(
        parameters=[OpenApiParameter("q", str, required=True, description="Words, all of which must be there.")],
        responses=SearchOutput,
    )
    def get(self, request: Request) -> Response:
        """Public pages in the reader's language, projects and proposals."""
        query = query_of(request)
        return Response({"results": [*pages(query, request), *projects(query), *proposals(query)]})


def found(kind: str, title: str, path: str, spoken: str | None) -> dict[str, Any]:
    return {"kind": kind, "title": title, "path": path, "language": spoken}


def pages(query: str, request: Request) -> Iterator[dict[str, Any]]:
    for page in found_pages(query, MOST_FOUND):
        yield found("page", page.title, page.get_url(request), page.locale.language_code)


def projects(query: str) -> Iterator[dict[str, Any]]:
    rows = Project.objects.public().with_texts().select_related("budget").with_words(query)
    for project in rows.order_by("-budget_id", "public_number")[:MOST_FOUND]:
        path = reverse("project", args=[project.budget.slug, project.public_number])
        yield found("project", str(project), path, language(project))


def proposals(query: str) -> Iterator[dict[str, Any]]:
    for proposal in newest_with_words(query, MOST_FOUND):
        path = reverse("proposal", args=[proposal.budget.slug, proposal.public_number])
        yield found("proposal", proposal.title, path, proposal.language)


class DraftOutput(serializers.Serializer):
    """One of the two."""

    page = PageOutput(allow_null=True)
    site = SiteOutput(allow_null=True)


class DraftView(Read):
    known_parameters = frozenset({"token"})

    @extend_schema(
        parameters=[OpenApiParameter("token", str, required=True, description="From a link that staff gave you.")],
        responses=DraftOutput,
    )
    def get(self, request: Request) -> Response:
        """The latest draft of a page, or of what stands around pages, for a day from the making of its link."""
        draft = draft_named(request.query_params.get("token", ""))
        if draft is None:
            raise Http404
        answer: dict[str, Any] = {"page": None, "site": None}
        if isinstance(draft, Page):
            answer["page"] = PageOutput(draft, context={"request": request}).data
        else:
            answer["site"] = site_facts(request, draft)
        response = Response(answer)
        response["Cache-Control"] = "no-store"
        return response


def query_of(request: Request) -> str:
    query = request.query_params.get("q", "").replace("\0", "").strip()
    if not query:
        raise InvalidQuery("q", "required", "Say what to look for.")
    return query[:LONGEST_QUERY]
