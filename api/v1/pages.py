from typing import Any

import django_filters
from django.http import Http404
from django.utils.translation import activate
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from api.errors import InvalidQuery
from api.v1.block_schema import BODY
from api.v1.page_bodies import body_of, detail
from api.views import PublicViewSet
from cms_pages.models import PAGE_TYPES
from cms_pages.routes import page_at, redirect_from
from cms_pages.visibility import public
from participation.locales import active_languages


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

    introduction = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    details = serializers.SerializerMethodField(help_text="What pages of this type have beside.")
    breadcrumbs = serializers.SerializerMethodField()
    translations = serializers.SerializerMethodField()

    class Meta(PageSummary.Meta):
        fields = (*PageSummary.Meta.fields, "introduction", "body", "details", "breadcrumbs", "translations")

    def get_introduction(self, page: Page) -> str:
        return getattr(page.specific, "introduction", "")

    @extend_schema_field(BODY)
    def get_body(self, page: Page) -> list[dict[str, Any]]:
        return body_of(getattr(page.specific, "body", ()), self.context["request"])

    def get_details(self, page: Page) -> dict[str, Any]:
        names = getattr(page.specific, "public_fields", ())
        return {name: detail(getattr(page.specific, name), self.context["request"]) for name in names}

    def get_breadcrumbs(self, page: Page) -> PageLink(many=True):
        above = page.get_ancestors().filter(depth__gt=1).live().select_related("locale")
        return PageLink(above, many=True).data

    def get_translations(self, page: Page) -> PageLink(many=True):
        return PageLink(public(page.get_translations()), many=True).data


class RedirectOutput(serializers.Serializer):
    """An address that leads to another. `to` is a path on the site or a whole address."""

    path = serializers.CharField(source="old_path")
    to = serializers.CharField(source="link", allow_null=True)
    is_permanent = serializers.BooleanField()


class RedirectViewSet(PublicViewSet):
    """Where pages have gone."""

    serializer_class = RedirectOutput
    lookup_field = "id"
    lookup_value_converter = "int"
    queryset = Redirect.objects.select_related("redirect_page__locale").order_by("old_path", "pk")


class PageFilter(django_filters.FilterSet):
    type = django_filters.ChoiceFilter(method="of_type", choices=[(name, name) for name in PAGE_TYPES])
    language = django_filters.CharFilter("locale__language_code", help_text="A locale's code.")

    def of_type(self, pages, name: str, value: str):
        return pages.type(PAGE_TYPES[value])


def public_pages():
    """Which pages are private is in the database, so this is asked anew for each request."""
    pages = Page.objects.live().public().type(*PAGE_TYPES.values())
    return pages.select_related("locale", "content_type")


class PageViewSet(PublicViewSet):
    """Public pages. One of them is found by its id, or by its path on the site."""

    filterset_class = PageFilter
    lookup_field = "id"
    lookup_value_converter = "int"
    queryset = Page.objects.none()

    def get_queryset(self):
        return public_pages().order_by("path")

    def get_serializer_class(self) -> type[serializers.Serializer]:
        return PageSummary if self.action == "list" else PageOutput

    def known_parameters(self) -> frozenset[str]:
        known = super().known_parameters()
        return known | {"path"} if self.action == "by_path" else known

    def get_object(self) -> Page:
        page = super().get_object()
        self.speak(page.locale.language_code)
        return page

    def speak(self, language: str) -> None:
        """What a page leads to is named in its own language, unless the reader asks for another."""
        if "locale" not in self.request.query_params and language in active_languages():
            activate(language)

    @extend_schema(
        parameters=[OpenApiParameter("path", str, required=True, description="Such as /en/how-it-works/.")],
        responses=PolymorphicProxySerializer(
            component_name="PageOrRedirect",
            serializers=[PageOutput, RedirectOutput],
            resource_type_field_name=None,
        ),
    )
    def by_path(self, request: Request) -> Response:
        """A page by its path, or where it has gone. What is not translated comes in the language of its source."""
        path = request.query_params.get("path")
        if not path:
            raise InvalidQuery("path", "required", "Say which path.")
        self.speak(path.strip("/").partition("/")[0])
        if page := page_at(request, path):
            page = self.get_queryset().filter(pk=page.pk).first()
        elif redirect := redirect_from(request, path):
            return Response(RedirectOutput(redirect).data)
        if page is None:
            raise Http404
        return Response(self.get_serializer(page).data)
