"""Pages of text: standard pages, references, questions and answers, statements."""

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms_pages.models.content import ContentPage, FormPage
from cms_pages.models.media import SiteImage
from cms_pages.visibility import public


class StandardPage(FormPage):
    """A page of text: about the town, where to get help."""

    template = "cms_pages/standard.html"
    parent_page_types = ["cms_pages.HomePage", "cms_pages.StandardPage"]
    subpage_types = ["cms_pages.StandardPage"]

    class Meta:
        verbose_name, verbose_name_plural = _("standard page"), _("standard pages")


class OfferPage(FormPage):
    """How a town can be supported, and a form to ask for it."""

    template = "cms_pages/offer.html"
    subpage_types = ["cms_pages.ReferencePage"]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        references = public(ReferencePage.objects.child_of(self))
        newest = references.order_by("-date", "-pk").defer_streamfields()
        return super().get_context(request, *args, **kwargs) | {"references": newest}

    class Meta:
        verbose_name, verbose_name_plural = _("support offer"), _("support offers")


class ReferencePage(ContentPage):
    """A past budget that was accompanied: for whom, when, its figures."""

    client = models.CharField(_("client"), max_length=200)
    date = models.DateField(_("date"))
    picture = models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    address = models.URLField(_("web address"), blank=True)

    public_fields = ("client", "date", "address", "picture")
    template = "cms_pages/reference.html"
    parent_page_types = ["cms_pages.OfferPage"]
    content_panels = [
        *ContentPage.content_panels[:-1],
        MultiFieldPanel([FieldPanel("client"), FieldPanel("date"), FieldPanel("address")], heading=_("The budget")),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("reference"), _("references")


class FaqPage(ContentPage):
    """Questions and answers: an accordion, in parts under headings."""

    template = "cms_pages/standard.html"

    class Meta:
        verbose_name, verbose_name_plural = _("questions and answers"), _("questions and answers")

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        questions = [block.value for block in self.body if block.block_type == "accordion"]
        entries = [
            {
                "@type": "Question",
                "name": one["question"],
                "acceptedAnswer": {"@type": "Answer", "text": strip_tags(one["answer"].source)},
            }
            for one in questions
        ]
        return {"@type": "FAQPage", "mainEntity": entries} if entries else {}


class AccessibilityPage(FormPage):
    """The accessibility statement: how far the site is accessible, what is missing, whom to tell."""

    class Conformance(models.TextChoices):
        FULL = "full", _("fully conformant")
        PARTIAL = "partial", _("partially conformant")
        NONE = "none", _("not conformant")

    conformance = models.CharField(_("conformance with WCAG 2.2 AA"), max_length=8, choices=Conformance.choices)
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.CharField(_("assessed by"), max_length=200)

    public_fields = (*FormPage.public_fields, "conformance", "assessed_on", "assessed_by")
    template = "cms_pages/accessibility.html"
    content_panels = [
        *FormPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("conformance"), FieldPanel("assessed_on"), FieldPanel("assessed_by")], heading=_("Assessment")
        ),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("accessibility statement"), _("accessibility statements")


class LegalPage(ContentPage):
    """Who publishes the site, who hosts it, and what it keeps about people."""

    publisher = models.CharField(_("publisher"), max_length=300)
    host = models.CharField(_("host"), max_length=300, help_text=_("Who runs the machines: name and address."))

    public_fields = ("publisher", "host")
    template = "cms_pages/legal.html"
    content_panels = [*ContentPage.content_panels[:-1], FieldPanel("publisher"), FieldPanel("host"), FieldPanel("body")]

    class Meta:
        verbose_name, verbose_name_plural = _("legal page"), _("legal pages")
