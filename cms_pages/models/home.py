from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms_pages.blocks import BODY_BLOCKS
from cms_pages.models.news import NewsPage

LATEST_NEWS = 3


class HomePage(Page):
    """The first page of a locale. The budget it speaks of is the newest one that is published."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    template = "cms_pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | {"news": self.latest_news()}

    def latest_news(self) -> list[NewsPage]:
        news = NewsPage.objects.descendant_of(self).live().public().select_related("locale").order_by("-date", "-pk")
        return list(news.defer_streamfields()[:LATEST_NEWS])

    class Meta:
        verbose_name, verbose_name_plural = _("home page"), _("home pages")
