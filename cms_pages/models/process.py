from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms_pages.blocks import EASY_BLOCKS
from cms_pages.fields import BlocksField
from cms_pages.models.content import ContentPage


class ProcessPage(RoutablePageMixin, ContentPage):
    """Explains participatory budgeting: what it is, its steps, how people are accompanied; also in easy words."""

    easy_body = BlocksField(
        EASY_BLOCKS,
        verbose_name=_("the same in easy words"),
        blank=True,
        help_text=_("Short sentences, one idea each, no foreign words. Shown at an address of its own."),
    )

    public_fields = ("easy_body",)
    template = "cms_pages/process.html"
    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel([FieldPanel("easy_body")], heading=_("Easy to read")),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("easy_body")]

    class Meta:
        verbose_name, verbose_name_plural = _("process explanation"), _("process explanations")

    @path("")
    def whole(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path("easy/")
    def easy(self, request: HttpRequest) -> HttpResponse:
        template = "cms_pages/process_easy.html" if self.easy_body else self.template
        return self.render(request, template=template)
