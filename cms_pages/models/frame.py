from datetime import datetime

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.snippets.models import register_snippet

from cms_pages.fields import BlocksField


class PageLinkBlock(blocks.StructBlock):
    """Without words of its own it is called as the page is."""

    page = blocks.PageChooserBlock(label=_("page"))
    words = blocks.CharBlock(label=_("words"), max_length=60, required=False)

    class Meta:
        label = _("page")
        icon = "doc-empty"


class AddressLinkBlock(blocks.StructBlock):
    address = blocks.URLBlock(label=_("web address"))
    words = blocks.CharBlock(label=_("words"), max_length=60)

    class Meta:
        label = _("web address")
        icon = "link"


LINKS = [("page", PageLinkBlock()), ("address", AddressLinkBlock())]


class SiteFrameQuerySet(models.QuerySet):
    def spoken(self, language: str | None = None) -> "SiteFrame | None":
        """The frame in the reader's language, else in the one it was written in first."""
        frames = list(self.filter(live=True).select_related("locale").order_by("pk"))
        language = language or get_language()
        return next((one for one in frames if one.locale.language_code == language), frames[0] if frames else None)


@register_snippet
class SiteFrame(DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin):
    """What stands around every page, once in each language: the menu, the footer, and a notice when there is one."""

    menu = BlocksField(
        LINKS, verbose_name=_("menu"), blank=True, help_text=_("Empty: the pages that are marked to show in menus.")
    )
    footer = BlocksField(LINKS, verbose_name=_("links in the footer"), blank=True)
    footer_text = RichTextField(_("text in the footer"), features=["bold", "link"], blank=True)
    notice = RichTextField(
        _("notice on every page"), features=["bold", "link"], blank=True, help_text=_("Short: one sentence or two.")
    )
    notice_from = models.DateTimeField(_("from"), null=True, blank=True)
    notice_until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = SiteFrameQuerySet.as_manager()

    panels = [
        FieldPanel("menu"),
        MultiFieldPanel([FieldPanel("footer_text"), FieldPanel("footer")], heading=_("Footer")),
        MultiFieldPanel(
            [FieldPanel("notice"), FieldRowPanel([FieldPanel("notice_from"), FieldPanel("notice_until")])],
            heading=_("Notice"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("menu, footer and notice"), _("menus, footers and notices")
        constraints = [
            models.UniqueConstraint(fields=["locale"], name="site_frame_once_per_locale"),
            models.CheckConstraint(
                condition=Q(notice_from__isnull=True)
                | Q(notice_until__isnull=True)
                | Q(notice_until__gt=models.F("notice_from")),
                name="site_notice_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.locale)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        request.frame_in_preview = self
        return super().get_preview_context(request, mode_name)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cms_pages/frame_preview.html"

    def notice_at(self, at: datetime) -> str:
        is_early = self.notice_from is not None and at < self.notice_from
        is_late = self.notice_until is not None and at >= self.notice_until
        return "" if is_early or is_late else self.notice
