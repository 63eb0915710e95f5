"""What all pages of text have: a few words to begin with, and a body made of blocks."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms_pages.fields import BlocksField


class ContentPage(Page):
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = BlocksField(verbose_name=_("body"), blank=True)

    # What programs are told beside title, introduction and body.
    public_fields: tuple[str, ...] = ()
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """What search engines are told about the page, in the words of schema.org; may be empty."""
        return {}


class FormPage(ContentPage):
    """A page of text under which people can write to the town."""

    recipient = models.EmailField(
        _("who is told of messages"), blank=True, help_text=_("With an address the page has a contact form.")
    )

    public_fields = ("has_form",)
    content_panels = [*ContentPage.content_panels, FieldPanel("recipient")]

    class Meta:
        abstract = True

    @property
    def has_form(self) -> bool:
        return bool(self.recipient)
