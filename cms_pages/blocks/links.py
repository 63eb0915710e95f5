"""Blocks that lead elsewhere: calls to action, cards."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=200)
    link_text = blocks.CharBlock(label=_("words on the button"), max_length=80)
    page = blocks.PageChooserBlock(label=_("page"))

    class Meta:
        label = _("call to action")
        icon = "pick"
        template = "cms_pages/blocks/call_to_action.html"


class CardBlock(blocks.StructBlock):
    """One card: those that follow each other stand beside each other."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.TextBlock(label=_("text"), required=False)
    picture = ImageChooserBlock(label=_("picture"), required=False)
    page = blocks.PageChooserBlock(label=_("page"), required=False)

    class Meta:
        label = _("card")
        icon = "form"
        template = "cms_pages/blocks/card.html"
