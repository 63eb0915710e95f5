"""The one shared set of blocks. They stay flat, so that their text can be translated."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.TextBlock(label=_("text"))

    class Meta:
        label = _("step")
        icon = "order"
        template = "cms_pages/blocks/step.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("text"))
    source = blocks.CharBlock(label=_("who says so"), max_length=120, required=False)

    class Meta:
        label = _("quote")
        icon = "openquote"
        template = "cms_pages/blocks/quote.html"


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=200)
    link_text = blocks.CharBlock(label=_("words on the button"), max_length=80)
    page = blocks.PageChooserBlock(label=_("page"))

    class Meta:
        label = _("call to action")
        icon = "pick"
        template = "cms_pages/blocks/call_to_action.html"


BODY_BLOCKS = [
    ("heading", blocks.CharBlock(label=_("heading"), icon="title", template="cms_pages/blocks/heading.html")),
    ("text", blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES)),
    ("picture", ImageBlock(label=_("picture"), template="cms_pages/blocks/picture.html")),
    ("step", StepBlock()),
    ("quote", QuoteBlock()),
    ("call_to_action", CallToActionBlock()),
]
