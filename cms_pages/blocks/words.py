"""Blocks of words: headings, text, quotes, questions, steps, figures, tables."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms_pages.blocks.tables import TableOfWords

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


def heading() -> blocks.CharBlock:
    return blocks.CharBlock(label=_("heading"), max_length=120, icon="title", template="cms_pages/blocks/heading.html")


def rich_text() -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES)


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


class QuestionBlock(blocks.StructBlock):
    """One entry of an accordion: those that follow each other stand together."""

    question = blocks.CharBlock(label=_("question or title"), max_length=200)
    answer = blocks.RichTextBlock(label=_("answer"), features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("accordion")
        icon = "help"
        template = "cms_pages/blocks/accordion.html"


class FigureBlock(blocks.StructBlock):
    """One number that says something: those that follow each other stand in a row."""

    figure = blocks.CharBlock(label=_("figure"), max_length=30, help_text=_("As it is read, such as 1,200 or €90,000."))
    words = blocks.CharBlock(label=_("what it counts"), max_length=120)

    class Meta:
        label = _("figure")
        icon = "view"
        template = "cms_pages/blocks/figure.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("caption"), max_length=200, help_text=_("Says what the table is about."))
    table = TableOfWords(label=_("table"))

    class Meta:
        label = _("table")
        icon = "table"
        template = "cms_pages/blocks/table.html"
