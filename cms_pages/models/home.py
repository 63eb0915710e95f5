from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms_pages.blocks import BODY_BLOCKS


class HomePage(Page):
    """The first page of a locale. The budget it speaks of is the newest one that is published."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)

    template = "cms_pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name, verbose_name_plural = _("home page"), _("home pages")
