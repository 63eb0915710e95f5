from typing import Self

from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page, PageManager, PageQuerySet

from cms_pages.feeds import news_feed
from cms_pages.models.content import ContentPage
from cms_pages.models.media import SiteImage
from cms_pages.visibility import public

PAGE_SIZE = 12
FEED_SIZE = 30


class NewsQuerySet(PageQuerySet):
    def with_pictures(self) -> Self:
        return self.select_related("picture").prefetch_related("picture__renditions")


class NewsIndexPage(RoutablePageMixin, Page):
    """The news of the town, the newest first; also as a feed."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "cms_pages/news_index.html"
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.NewsPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name, verbose_name_plural = _("news"), _("news")

    @path("")
    def whole(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, context_overrides={"news": self.news(request.GET.get("page"))})

    @path("feed.rss")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return news_feed(self, self.published()[:FEED_SIZE], request)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict:
        return super().get_preview_context(request, mode_name) | {"news": self.news(None)}

    def news(self, number: str | None) -> PaginatedPage:
        """One page of the list; a number that means nothing gives the first."""
        return Paginator(self.published(), PAGE_SIZE).get_page(number)

    def published(self) -> models.QuerySet:
        published = public(NewsPage.objects.child_of(self)).with_pictures()
        return published.order_by("-date", "-pk").defer_streamfields()


class NewsForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Django would look for a hidden twin that the CMS does not show, and take the day as changed by whoever saves.
        self.fields["date"].show_hidden_initial = False


class NewsPage(ContentPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)
    picture = models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    base_form_class = NewsForm
    public_fields = ("date", "picture")
    template = "cms_pages/news.html"
    parent_page_types = ["cms_pages.NewsIndexPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("introduction"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("piece of news"), _("pieces of news")
        indexes = [models.Index(fields=["-date"], name="news_newest_first")]

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        return {
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.introduction,
            "datePublished": self.date.isoformat(),
            "inLanguage": self.locale.language_code,
            "url": self.get_full_url(request),
        }
