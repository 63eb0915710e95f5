from typing import Any

import django_filters
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page, Site

from api.errors import InvalidQuery
from api.v1.page_bodies import body_of
from api.views import PublicViewSet
from cms_pages.models import HomePage, NewsIndexPage, NewsPage, ProcessPage, StandardPage

PAGE_TYPES = {
    "home": HomePage,
    "process": ProcessPage,
    "news_index": NewsIndexPage,
    "news": NewsPage,
    "standard": StandardPage,
}


class PageSummary(serializers.ModelSerializer):
    """A public page, without its body."""

    type = serializers.SerializerMethodField()
    path = serializers.SerializerMethodField(help_text="Its address on the site.")
    language = serializers.CharField(source="locale.language_code")
    seo = serializers.SerializerMethodField(help_text="What a page in a browser says in its head.")

    class Meta:
        model = Page
        fields = ("id", "type", "path", "title", "language", "seo", "first_published_at", "last_published_at")

    def get_type(self, page: Page) -> serializers.ChoiceField(choices=sorted(PAGE_TYPES)):
        return next(name for name, model in PAGE_TYPES.items() if page.cached_content_type.model_class() is model)

    def get_path(self, page: Page) -> str:
        return page.get_url(self.context["request"])

    def get_seo(self, page: Page) -> dict[str, str]:
        return {"title": page.seo_title or page.title, "description": page.search_description}


class PageLink(serializers.Serializer):
    title = serializers.CharField()
    path = serializers.CharField(source="url")
    language = serializers.CharField(source="locale.language_code")


class PageOutput(PageSummary):
    """A whole page in one answer."""

    introduction = serializers.CharField(source="specific.introduction")
    body = serializers.SerializerMethodField()
    breadcrumbs = serializers.SerializerMethodField()
    translations = serializers.SerializerMethodField()

    class Meta(PageSummary.Meta):
        fields = (*PageSummary.Meta.fields, "introduction", "body", "breadcrumbs", "translations")

    def get_body(self, page: Page) -> serializers.ListField(child=serializers.DictField()):
        return body_of(getattr(page.specific, "body", ()), self.context["request"])

    def get_breadcrumbs(self, page: Page) -> PageLink(many=True):
        above = page.get_ancestors().filter(depth__gt=1).live().select_related("locale")
        return PageLink(above, many=True).data

    def get_translations(self, page: Page) -> PageLink(many=True):
        return PageLink(page.get_translations().live().public().select_related("locale"), many=True).data


class PageFilter(django_filters.FilterSet):
    type = django_filters.ChoiceFilter(method="of_type", choices=[(name, name) for name in PAGE_TYPES])
    language = django_filters.CharFilter("locale__language_code", help_text="A locale's code.")

    def of_type(self, pages, name: str, value: str):
        return pages.type(PAGE_TYPES[value])


class PageViewSet(PublicViewSet):
    """Public pages. One of them is found by its id, or by its path on the site."""

    filterset_class = PageFilter
    lookup_field = "id"
    lookup_value_converter = "int"
    queryset = Page.objects.none()

    def get_queryset(self):
        """Which pages are private is in the database, so this is asked anew for each request."""
        pages = Page.objects.live().public().type(*PAGE_TYPES.values())
        return pages.select_related("locale", "content_type").order_by("path")

    def get_serializer_class(self) -> type[serializers.Serializer]:
        return PageSummary if self.action == "list" else PageOutput

    def known_parameters(self) -> frozenset[str]:
        known = super().known_parameters()
        return known | {"path"} if self.action == "by_path" else known

    @extend_schema(
        parameters=[OpenApiParameter("path", str, required=True, description="Such as /en/how-it-works/.")],
        responses=PageOutput,
    )
    def by_path(self, request: Request) -> Response:
        """A page by its path."""
        path = request.query_params.get("path")
        if not path:
            raise InvalidQuery("path", "required", "Say which path.")
        page = page_at(request, path)
        return Response(self.get_serializer(self.get_queryset().filter(pk=page.pk).first() or not_found()).data)


def page_at(request: Request, path: str) -> Page:
    """The page that the site shows at a path. Raises Http404."""
    site = Site.find_for_request(request)
    language, _, rest = path.strip("/").partition("/")
    home = site and site.root_page.get_translations(inclusive=True).filter(locale__language_code=language).first()
    if not home:
        raise Http404
    page = home
    for slug in filter(None, rest.split("/")):
        page = page.get_children().filter(slug=slug).first() or not_found()
    return page


def not_found() -> Any:
    raise Http404
