from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms_pages.blocks import BODY_BLOCKS
from cms_pages.models.media import SiteImage

PAGE_SIZE = 12


class NewsIndexPage(Page):
    """The news of the town, the newest first."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "cms_pages/news_index.html"
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.NewsPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name, verbose_name_plural = _("news"), _("news")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | {"news": self.news(request.GET.get("page"))}

    def news(self, number: str | None) -> PaginatedPage:
        """One page of the list; a number that means nothing gives the first."""
        published = NewsPage.objects.child_of(self).live().public().select_related("picture", "locale")
        return Paginator(published.order_by("-date", "-pk").defer_streamfields(), PAGE_SIZE).get_page(number)


class NewsPage(Page):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)
    introduction = models.TextField(_("introduction"), max_length=400)
    picture = models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    template = "cms_pages/news.html"
    parent_page_types = ["cms_pages.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("introduction"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name, verbose_name_plural = _("piece of news"), _("pieces of news")
        indexes = [models.Index(fields=["-date"], name="news_newest_first")]
