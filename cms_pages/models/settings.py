from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from cms_pages.models.media import SiteImage
from cms_pages.theme.colours import Colour
from cms_pages.theme.stylesheet import Theme


def check_colour(value: str) -> None:
    try:
        Colour.read(value)
    except ValueError as error:
        raise ValidationError(_("Write a colour as # and six digits from 0 to f, such as #0b5d56.")) from error


class PartnerBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=120)
    logo = ImageChooserBlock(label=_("logo"))
    address = blocks.URLBlock(label=_("web address"), required=False)

    class Meta:
        label = _("partner")
        icon = "group"


def picture(label: str, help_text: str = "") -> models.ForeignKey:
    return models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label, help_text=help_text
    )


@register_setting(icon="view")
class SiteLook(BaseSiteSetting):
    """How the town's site looks: its name, its marks, its two colours. Everything has a default that works."""

    class Radius(models.TextChoices):
        SQUARE = "square", _("Square")
        SOFT = "soft", _("Soft")
        ROUND = "round", _("Rounded")

    class Font(models.TextChoices):
        SERIF = "serif", _("Headings with serifs")
        SANS = "sans", _("The reader's own font")
        HUMANIST = "humanist", _("Warm, without serifs")

    name = models.CharField(_("name of the site"), max_length=80, blank=True)
    logo = picture(_("logo"), _("For light ground."))
    logo_dark = picture(_("logo for dark ground"), _("Without it the logo is shown on a light patch."))
    favicon = picture(_("icon"), _("A square picture, shown in the browser's tab."))
    brand = models.CharField(_("first colour"), max_length=7, default=Theme.brand, validators=[check_colour])
    accent = models.CharField(_("second colour"), max_length=7, default=Theme.accent, validators=[check_colour])
    radius = models.CharField(_("corners"), max_length=8, choices=Radius.choices, default=Theme.radius)
    font = models.CharField(_("font"), max_length=8, choices=Font.choices, default=Theme.font)
    hero = picture(_("picture of the first page"))
    social_image = picture(_("picture for social networks"), _("Shown where a link to the site is shared."))
    partners = StreamField([("partner", PartnerBlock())], verbose_name=_("partners"), blank=True)

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_dark"), FieldPanel("favicon")], heading=_("Marks")),
        MultiFieldPanel(
            [
                FieldPanel("brand"),
                FieldPanel("accent"),
                FieldPanel("radius"),
                FieldPanel("font"),
                HelpPanel(template="cms_pages/admin/theme_preview_panel.html"),
            ],
            heading=_("Colours and type"),
        ),
        MultiFieldPanel([FieldPanel("hero"), FieldPanel("social_image")], heading=_("Pictures")),
        FieldPanel("partners"),
    ]

    class Meta:
        verbose_name = _("look of the site")

    @property
    def theme(self) -> Theme:
        return Theme(brand=self.brand, accent=self.accent, radius=self.radius, font=self.font)
