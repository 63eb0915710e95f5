from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms_pages.models.content import ContentPage
from cms_pages.models.event import EventPage
from cms_pages.models.news import NewsPage
from cms_pages.visibility import public

LATEST_NEWS = NEXT_EVENTS = 3


class HomePage(ContentPage):
    """The first page of a locale. The budget it speaks of is the newest one that is published."""

    template = "cms_pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = None

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        more = {"news": self.latest_news(), "events": self.next_events()}
        return super().get_context(request, *args, **kwargs) | more

    def latest_news(self) -> list[NewsPage]:
        news = public(NewsPage.objects.descendant_of(self)).with_pictures().order_by("-date", "-pk")
        return list(news.defer_streamfields()[:LATEST_NEWS])

    def next_events(self) -> list[EventPage]:
        return list(EventPage.objects.descendant_of(self).to_come()[:NEXT_EVENTS])

    class Meta:
        verbose_name, verbose_name_plural = _("home page"), _("home pages")
